package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;

/** Runs every bench once, side by side, and writes {@code docs/benchmarks.md}. */
public final class Bench {
  private static final int STARTS = 5;
  private static final Path REPORT = Path.of("docs/benchmarks.md");
  private static final String VERSION = "?api-version=2023-10-01";

  private final double seconds;
  private final Path folder;
  private final Path log;
  private final List<String> report = new ArrayList<>();

  private Bench(double seconds, Path folder) {
    this.seconds = seconds;
    this.folder = folder;
    this.log = folder.resolve("servers.log");
  }

  /** Takes the seconds of each measured window. */
  public static void main(String[] arguments) throws IOException {
    double seconds = Double.parseDouble(arguments[0]);
    Bench bench = new Bench(seconds, Files.createTempDirectory("parley-bench"));
    bench.starts();
    bench.requests();
    bench.write();
  }

  private Process parley(String name) {
    return parley(name, "");
  }

  private Process parley(String name, String javaOptions) {
    Path data = folder.resolve(name);
    return Process.start(
        List.of(
            "env",
            "PARLEY_NO_BUILD=1",
            "PARLEY_JAVA_OPTIONS=" + javaOptions,
            "./parley",
            "up",
            "--port",
            "0",
            "--data",
            data.toString(),
            "--set",
            "limits.requests-per-second=1000000",
            "--set",
            "limits.request-burst=1000000"),
        data.resolve("connection.env"),
        log);
  }

  private void starts() {
    say("## Start and memory");
    say("Seconds from the command to the ready line; later starts: median and best of " + STARTS);
    say("");
    say("| start | first of a data folder | later | best | resident memory, idle |");
    say("|---|---|---|---|---|");
    starts("without the AOT cache", "-XX:AOTMode=off");
    starts("with the AOT cache", "");
  }

  /** The first start makes keys and schema; the later ones are what a developer sees each day. */
  private void starts(String what, String javaOptions) {
    String data = "starts" + javaOptions.length();
    double first;
    try (Process server = parley(data, javaOptions)) {
      first = server.readySeconds();
    }
    List<Double> again = new ArrayList<>();
    long resident = 0;
    for (int at = 0; at < STARTS; at++) {
      try (Process server = parley(data, javaOptions)) {
        again.add(server.readySeconds());
        resident = server.residentMegabytes();
      }
    }
    again.sort(null);
    say(
        String.format(
            Locale.ROOT,
            "| %s | %.2f s | %.2f s | %.2f s | %d MB |",
            what,
            first,
            again.get(STARTS / 2),
            again.getFirst(),
            resident));
  }

  private void requests() {
    say("");
    say("## Requests");
    say(
        "| what | callers | per second | server CPU µs each | ratio to bare Jetty | ratio to raw store |");
    say("|---|---|---|---|---|---|");
    for (int callers : new int[] {1, 32}) {
      Load.Figures jetty = bareJetty(callers, "answer");
      Load.Figures signing = bareJetty(callers, "sign");
      Load.Figures store = RawStore.run(folder, callers, seconds);
      row("bare Jetty handler, TLS", callers, jetty, jetty, store);
      row("bare Jetty handler that signs a token", callers, signing, jetty, store);
      row("raw store, one row per transaction", callers, store, jetty, store);
      try (Process server = parley("requests-" + callers)) {
        row("identity: issue a token", callers, tokens(server, callers), jetty, store);
        row("chat: send a message, durable", callers, sends(server, callers), jetty, store);
      }
    }
  }

  private Load.Figures bareJetty(int callers, String what) {
    Path data = folder.resolve("jetty-" + what + "-" + callers);
    try {
      Files.createDirectories(data);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.parley.bench.BareJetty",
            data.toString(),
            what);
    try (Process server = Process.start(command, data.resolve("connection.env"), log)) {
      String endpoint = server.values().get("PARLEY_ENDPOINT");
      String body = "{\"scopes\":[\"chat\",\"voip\"]}";
      return measured(
          server,
          callers,
          caller -> {
            Client client = new Client(String.valueOf(endpoint));
            Mac mac = Client.key("a2V5");
            return () -> client.signed("POST", "/identities/x/:issueAccessToken", mac, body);
          });
    }
  }

  private Load.Figures tokens(Process server, int callers) {
    Map<String, String> values = server.values();
    String endpoint = String.valueOf(values.get("PARLEY_ENDPOINT"));
    String key = key(values);
    String body = "{\"scopes\":[\"chat\",\"voip\"]}";
    return measured(
        server,
        callers,
        caller -> {
          Client client = new Client(endpoint);
          Mac mac = Client.key(key);
          String user = field(client.signed("POST", "/identities" + VERSION, mac, "{}"), "id");
          String path = "/identities/" + user + "/:issueAccessToken" + VERSION;
          return () -> client.signed("POST", path, mac, body);
        });
  }

  /** Every caller is a user of its own in one thread that all share. */
  private Load.Figures sends(Process server, int callers) {
    Map<String, String> values = server.values();
    String endpoint = String.valueOf(values.get("PARLEY_ENDPOINT"));
    Mac mac = Client.key(key(values));
    Client setup = new Client(endpoint);
    List<String> users = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (int at = 0; at < callers; at++) {
      String made =
          setup.signed(
              "POST", "/identities" + VERSION, mac, "{\"createTokenWithScopes\":[\"chat\"]}");
      users.add("{\"communicationIdentifier\":{\"rawId\":\"" + field(made, "id") + "\"}}");
      tokens.add(field(made, "token"));
    }
    String thread =
        setup.bearer(
            "POST",
            "/chat/threads" + VERSION,
            tokens.getFirst(),
            "{\"topic\":\"bench\",\"participants\":[" + String.join(",", users) + "]}");
    String path = "/chat/threads/" + field(thread, "id") + "/messages" + VERSION;
    String body = "{\"content\":\"" + "x".repeat(200) + "\",\"type\":\"text\"}";
    return measured(
        server,
        callers,
        caller -> {
          Client client = new Client(endpoint);
          return () -> client.bearer("POST", path, tokens.get(caller), body);
        });
  }

  private Load.Figures measured(
      Process server, int callers, java.util.function.IntFunction<Runnable> caller) {
    return Load.run(callers, seconds, server::cpuSeconds, caller);
  }

  private static String key(Map<String, String> values) {
    String connection = String.valueOf(values.get("PARLEY_CONNECTION_STRING"));
    return connection.substring(connection.indexOf("accesskey=") + "accesskey=".length());
  }

  /** The first string of this name; enough for answers of a known shape. */
  private static String field(String json, String name) {
    int at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return json.substring(at, json.indexOf('"', at));
  }

  private void row(
      String what, int callers, Load.Figures one, Load.Figures jetty, Load.Figures store) {
    say(
        String.format(
            Locale.ROOT,
            "| %s | %d | %,.0f | %.0f | %.2f | %.2f |",
            what,
            callers,
            one.perSecond(),
            one.cpuMicros(),
            one.perSecond() / jetty.perSecond(),
            one.perSecond() / store.perSecond()));
  }

  private void say(String line) {
    System.out.println(line);
    report.add(line);
  }

  private void write() throws IOException {
    List<String> kept = new ArrayList<>();
    String begin = "<!-- bench/run writes from here -->";
    String end = "<!-- to here -->";
    List<String> old = Files.exists(REPORT) ? Files.readAllLines(REPORT) : List.of(begin, end);
    kept.addAll(old.subList(0, old.indexOf(begin) + 1));
    kept.add("Command: `bench/run " + String.format(Locale.ROOT, "%.0f", seconds) + "`");
    kept.add("on " + Runtime.getRuntime().availableProcessors() + " cores, " + cpu() + ".");
    kept.add("");
    kept.addAll(report);
    kept.addAll(old.subList(old.indexOf(end), old.size()));
    Files.write(REPORT, kept);
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException elsewhere) {
      return Arrays.toString(new String[] {System.getProperty("os.arch")});
    }
  }
}
