package dev.parley.bench.chat;

import dev.parley.bench.Client;
import dev.parley.bench.Process;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;

/** A started Parley, and the people and threads that a scene needs. */
final class Parley implements AutoCloseable {
  static final String VERSION = "?api-version=2023-10-01";
  private final Process process;
  private final String endpoint;
  private final Mac key;

  private Parley(Process process) {
    this.process = process;
    Map<String, String> values = process.values();
    this.endpoint = String.valueOf(values.get("PARLEY_ENDPOINT"));
    String connection = String.valueOf(values.get("PARLEY_CONNECTION_STRING"));
    this.key =
        Client.key(connection.substring(connection.indexOf("accesskey=") + "accesskey=".length()));
  }

  /**
   * Starts one with an empty data folder.
   *
   * @param options more words of {@code ./parley up}
   */
  static Parley start(Path data, Path log, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "PARLEY_NO_BUILD=1",
                "./parley",
                "up",
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(options);
    Process process = Process.start(command, data.resolve("connection.env"), log);
    Runtime.getRuntime().addShutdownHook(new Thread(process::close));
    return new Parley(process);
  }

  String endpoint() {
    return endpoint;
  }

  ProcessTree tree() {
    return ProcessTree.of(process.pid());
  }

  /** A user and a token of theirs for chat. */
  record User(String id, String token) {
    /** As the wire names someone who is to be in a thread. */
    String asParticipant() {
      return "{\"communicationIdentifier\":{\"rawId\":\"" + id + "\"}}";
    }
  }

  List<User> users(int count) {
    List<User> users = new ArrayList<>(count);
    try (Client client = new Client(endpoint)) {
      for (int at = 0; at < count; at++) {
        String made =
            client.signed(
                "POST", "/identities" + VERSION, key, "{\"createTokenWithScopes\":[\"chat\"]}");
        users.add(new User(field(made, "id"), field(made, "token")));
      }
    }
    return users;
  }

  /** A thread of them all, made by the first; gives its id. */
  String thread(List<User> members) {
    String participants = String.join(",", members.stream().map(User::asParticipant).toList());
    try (Client client = new Client(endpoint)) {
      String made =
          client.bearer(
              "POST",
              "/chat/threads" + VERSION,
              members.getFirst().token(),
              "{\"topic\":\"bench\",\"participants\":[" + participants + "]}");
      return field(made, "id");
    }
  }

  /** The first string of this name; enough for answers of a known shape. */
  static String field(String json, String name) {
    int at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return json.substring(at, json.indexOf('"', at));
  }

  /** Bytes of the heap that live objects take, after a collection that the JDK's tool asks for. */
  long liveHeapBytes() {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String histogram = run(tool.toString(), Long.toString(process.pid()), "GC.class_histogram");
    String total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElse("Total 0 0");
    return Long.parseLong(total.trim().split("\\s+")[2]);
  }

  private static String run(String... command) {
    try {
      java.lang.Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (InputStream out = tool.getInputStream()) {
        return new String(out.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException missing) {
      throw new java.io.UncheckedIOException(missing);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
