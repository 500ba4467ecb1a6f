package dev.parley.conformance.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process with a log file and an end: at its time limit it is killed with its children. */
final class BoundedProcess {

  private static final int LOG_LINES_SHOWN = 40;

  private final String name;
  private final Process process;
  private final Path log;
  private final Duration limit;

  private BoundedProcess(String name, Process process, Path log, Duration limit) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.limit = limit;
  }

  /**
   * Starts a command; everything that it prints goes to the log.
   *
   * @param limit how long it may take, from now
   */
  static BoundedProcess start(
      List<String> command, Path folder, Map<String, String> environment, Path log, Duration limit)
      throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    BoundedProcess bounded = new BoundedProcess(command.getFirst(), builder.start(), log, limit);
    bounded.endAtLimit();
    return bounded;
  }

  /** Runs a command to its end and fails when it fails. */
  static void run(
      List<String> command, Path folder, Map<String, String> environment, Path log, Duration limit)
      throws IOException, InterruptedException {
    start(command, folder, environment, log, limit).requireSuccess();
  }

  /** Waits at most {@code pause}; true when the process has ended. */
  boolean endedWithin(Duration pause) throws InterruptedException {
    try {
      process.onExit().get(pause.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Waits for the end; an exit status other than 0 is an error with the end of the log. */
  void requireSuccess() throws InterruptedException {
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError(
          "%s ended with %d (limit %d s). The end of %s:%n%s"
              .formatted(name, status, limit.toSeconds(), log, endOfLog()));
    }
  }

  private void endAtLimit() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            }
          } catch (InterruptedException buildEnds) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      int from = Math.max(0, lines.size() - LOG_LINES_SHOWN);
      return String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException unreadable) {
      return "(the log cannot be read: " + unreadable.getMessage() + ")";
    }
  }
}
