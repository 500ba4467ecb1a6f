package dev.parley.bench.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the parts that the command names; each writes its own place in the report. */
public final class ChatBench {
  private static final List<String> ALL = List.of("peers", "latency", "sockets");

  private final int seconds;
  private final Path folder;
  private final Path log;
  private final Path synapse;
  private final Scenes scenes;

  private ChatBench(int seconds, Path folder, Path synapse) {
    this.seconds = seconds;
    this.folder = folder;
    this.log = folder.resolve("servers.log");
    this.synapse = synapse;
    this.scenes = new Scenes(folder, log);
  }

  /**
   * Takes the seconds of each measured window, the Python of Synapse's environment, and the names
   * of the parts to run: {@code peers}, {@code latency}, {@code sockets}; none are all. {@code
   * peers:Parley} measures only servers whose names begin so, and is not written.
   */
  public static void main(String[] arguments) throws IOException {
    int seconds = Integer.parseInt(arguments[0]);
    List<String> named = List.of(arguments).subList(2, arguments.length);
    ChatBench bench =
        new ChatBench(seconds, Files.createTempDirectory("parley-bench"), Path.of(arguments[1]));
    for (String part : named.isEmpty() ? ALL : named) {
      Report report = new Report(part, seconds);
      int colon = part.indexOf(':');
      if (colon < 0) {
        bench.run(part, "", report);
        report.write();
      } else {
        bench.run(part.substring(0, colon), part.substring(colon + 1), report);
      }
    }
  }

  private void run(String part, String only, Report report) {
    switch (part) {
      case "peers" -> new Peers(seconds, folder, log, synapse, only, report).run();
      case "latency" -> latency(report);
      case "sockets" -> sockets(report);
      default -> throw new IllegalArgumentException("no part " + part + "; there are " + ALL);
    }
  }

  private void latency(Report report) {
    report.say(
        "| groups × members online | messages/s | deliveries/s | to the answer, ms | to a member's"
            + " socket, ms | delivered | server CPU µs per delivery | machine busy elsewhere |");
    report.say("|---|---|---|---|---|---|---|---|");
    report.say(scenes.steady(new Scenes.Steady(100, 2, 1_000, seconds)));
    report.say(scenes.steady(new Scenes.Steady(1, 1_000, 20, seconds)));
  }

  private void sockets(Report report) {
    report.say("| idle sockets | opened/s | live heap each | resident memory each |");
    report.say("|---|---|---|---|");
    report.say(scenes.idle(10_000));
    report.say("");
    report.say(
        "| sockets of the storm | all back after | all told the message after | sockets/s | server"
            + " CPU each |");
    report.say("|---|---|---|---|---|");
    report.say(scenes.storm(2_000));
  }
}
