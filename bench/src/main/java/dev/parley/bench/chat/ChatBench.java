package dev.parley.bench.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Runs the scenes and the peers, and writes {@code docs/benchmarks-chat.md}. */
public final class ChatBench {
  private static final Path REPORT = Path.of("docs/benchmarks-chat.md");
  private static final int MEMBERS = 20;
  private static final int SENDERS = 8;
  private static final double AIM = 2;

  private final int seconds;
  private final Path folder;
  private final Path log;
  private final Path synapse;
  private final Scenes scenes;
  private final List<String> report = new ArrayList<>();
  private final List<String> explained = new ArrayList<>();

  private ChatBench(int seconds, Path folder, Path synapse) {
    this.seconds = seconds;
    this.folder = folder;
    this.log = folder.resolve("servers.log");
    this.synapse = synapse;
    this.scenes = new Scenes(folder, log);
  }

  /**
   * Takes the seconds of each measured window, the Python of Synapse's environment, and the names
   * of the parts to run: {@code latency}, {@code sockets}, {@code peers}; none are all. Only a run
   * of all parts is written to the report.
   */
  public static void main(String[] arguments) throws IOException {
    int seconds = Integer.parseInt(arguments[0]);
    Set<String> parts = Set.of(List.of(arguments).subList(2, arguments.length).toArray(String[]::new));
    ChatBench bench =
        new ChatBench(
            seconds, Files.createTempDirectory("parley-bench"), Path.of(arguments[1]));
    if (parts.isEmpty() || parts.contains("peers")) {
      bench.peers();
    }
    if (parts.isEmpty() || parts.contains("latency")) {
      bench.latency();
    }
    if (parts.isEmpty() || parts.contains("sockets")) {
      bench.sockets();
    }
    if (parts.isEmpty()) {
      bench.write();
    }
  }

  private void latency() {
    say("## Push latency");
    say("Milliseconds, 50 % / 99 % / longest, from the moment a message was due to be sent.");
    say("");
    say(
        "| groups × members online | messages/s | deliveries/s | to the answer | to a member's"
            + " socket | delivered | server CPU µs per delivery |");
    say("|---|---|---|---|---|---|---|");
    say(scenes.steady(100, 2, 1_000, seconds));
    say(scenes.steady(1, 1_000, 20, seconds));
    say("");
  }

  private void sockets() {
    say("## Idle sockets");
    say("TLS 1.3, registered, from loopback addresses; memory after a collection.");
    say("");
    say("| sockets | opened/s | live heap each | resident memory each |");
    say("|---|---|---|---|");
    say(scenes.idle(10_000));
    say("");
    say("## Reconnect storm");
    say("All sockets of a thread are cut, a message is sent, and 64 clients at a time come back.");
    say("");
    say("| sockets | all back after | all told the message after | sockets/s | server CPU each |");
    say("|---|---|---|---|---|");
    say(scenes.storm(2_000));
    say("");
  }

  private void peers() {
    say("## Beside ejabberd and Synapse");
    say(
        String.format(
            Locale.ROOT,
            "%d members of one group, all online over TLS; %d of them send 200 characters each,"
                + " the next as soon as the last is acknowledged. CPU is that of the server with"
                + " its database, until every member has every message.",
            MEMBERS,
            SENDERS));
    say("");
    say(
        "| server | messages/s | durable messages per CPU-second | deliveries per CPU-second |"
            + " delivered |");
    say("|---|---|---|---|---|");
    double best = 0;
    double parley = measured("Parley", () -> new ParleyGroup(folder.resolve("parley"), log, null, MEMBERS));
    Path certificate = Certificates.pem(folder);
    if (EjabberdGroup.installed().isPresent()) {
      best = measured("ejabberd", () -> new EjabberdGroup(folder.resolve("mnesia"), certificate, null, MEMBERS));
    } else {
      leftOut("ejabberd", "the Debian package ejabberd is not installed");
    }
    if (!Postgres.isInstalled()) {
      leftOut("everything on PostgreSQL", "PostgreSQL is not installed");
    } else {
      best = Math.max(best, onPostgres(certificate));
    }
    say("");
    explained.forEach(this::say);
    if (best > 0) {
      say(
          String.format(
              Locale.ROOT,
              "- Parley makes %.2f × as many messages durable per CPU-second as the better of the"
                  + " others (aim: %.0f ×).",
              parley / best,
              AIM));
    }
    say("");
  }

  /** What the best of the others does per CPU-second. */
  private double onPostgres(Path certificate) {
    double best = 0;
    try (Postgres postgres = Postgres.start(folder.resolve("postgres-parley"))) {
      measured("Parley on PostgreSQL", () -> new ParleyGroup(folder.resolve("parley-pg"), log, postgres, MEMBERS));
    }
    if (EjabberdGroup.installed().isPresent() && EjabberdGroup.hasPostgresDriver()) {
      try (Postgres postgres = Postgres.start(folder.resolve("postgres-ejabberd"))) {
        best = measured("ejabberd on PostgreSQL", () -> new EjabberdGroup(folder.resolve("sql"), certificate, postgres, MEMBERS));
      }
    } else {
      leftOut("ejabberd on PostgreSQL", "ejabberd or erlang-p1-pgsql is not installed");
    }
    if (Files.isExecutable(synapse)) {
      try (Postgres postgres = Postgres.start(folder.resolve("postgres-synapse"))) {
        Path data = folder.resolve("synapse");
        best =
            Math.max(
                best,
                measured("Synapse", () -> new SynapseGroup(data, synapse, certificate, postgres, MEMBERS)));
      }
    } else {
      leftOut("Synapse", "there is no " + synapse + "; bench/chat/install-peers makes it");
    }
    return best;
  }

  /** Runs the load on one server; one that fails is left out by name. */
  private double measured(String what, Supplier<Group> server) {
    try (Group group = server.get()) {
      SideBySide load = new SideBySide(MEMBERS, SENDERS, seconds);
      SideBySide.Figures figures = load.run(group);
      say(load.row(group, figures));
      explained.add("- " + group.name() + ": per message it " + group.perMessage());
      return figures.perCpuSecond();
    } catch (IllegalStateException | UncheckedIOException failed) {
      leftOut(what, "it failed: " + failed.getMessage());
      return 0;
    }
  }

  private void leftOut(String what, String why) {
    explained.add("- Left out: " + what + " (" + why + ").");
  }

  private void say(String line) {
    System.out.println(line);
    report.add(line);
  }

  private void write() throws IOException {
    List<String> whole = new ArrayList<>();
    whole.add("# Chat and push benchmarks");
    whole.add("");
    whole.add("Written by `bench/chat/run " + seconds + "` on " + machine() + ".");
    whole.add(
        "Load and servers share the processors, so rates are below what a server alone would do;"
            + " processor time per message and ratios within this run are what counts.");
    whole.add("");
    whole.addAll(report);
    Files.write(REPORT, whole);
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors() + " cores, " + cpu() + ", Java "
        + Runtime.version() + ", load average " + load();
  }

  private static String cpu() {
    return line(Path.of("/proc/cpuinfo"), "model name").replaceAll(".*: *", "");
  }

  private static String load() {
    return line(Path.of("/proc/loadavg"), "").replaceAll(" .*", "");
  }

  private static String line(Path path, String start) {
    try {
      return Files.readAllLines(path).stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .orElse("unknown");
    } catch (IOException elsewhere) {
      throw new UncheckedIOException(elsewhere);
    }
  }
}
