package dev.parley.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code ./parley} as its users run it: a process with a working directory. */
final class ParleyProcess implements AutoCloseable {
  private static final long SECONDS_MAX = 60;
  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;
  private final List<String> lines = new ArrayList<>();

  /** Ends a process that its test waits for in vain, so that the wait ends too. */
  private final CompletableFuture<Void> watchdog;

  private ParleyProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.watchdog =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(SECONDS_MAX, TimeUnit.SECONDS));
  }

  /** What a finished command left. */
  record Finished(int exitCode, String output) {}

  /** Starts {@code ./parley} with output and complaints in one stream; it never builds. */
  static ParleyProcess start(Path workingDirectory, String... words) throws IOException {
    return start(launcher(), workingDirectory, words);
  }

  static ParleyProcess start(Path program, Path workingDirectory, String... words)
      throws IOException {
    return start(List.of(program.toString()), workingDirectory, words);
  }

  /** Starts {@code ./parley} by a program that becomes it, such as {@code nsenter}. */
  static ParleyProcess startBy(List<String> program, Path workingDirectory, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.add(launcher().toString());
    return start(command, workingDirectory, words);
  }

  private static ParleyProcess start(List<String> program, Path workingDirectory, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.environment().put("PARLEY_NO_BUILD", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return new ParleyProcess(builder.redirectErrorStream(true).start());
  }

  /** Runs a command to its end. */
  static Finished run(Path workingDirectory, String... words) throws Exception {
    try (ParleyProcess process = start(workingDirectory, words)) {
      return process.finished();
    }
  }

  /** Reads output until a line has {@code text} in it. */
  ParleyProcess until(String text) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return this;
      }
    }
    throw new AssertionError("ended without saying '" + text + "':\n" + String.join("\n", lines));
  }

  long pid() {
    return process.pid();
  }

  /** Types a line, as a person does. */
  void say(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** Ends the input, as Ctrl-D does. */
  void endInput() throws IOException {
    input.close();
  }

  /** Waits for the end. */
  Finished finished() throws Exception {
    output.lines().forEach(lines::add);
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + SECONDS_MAX + " s");
    }
    return new Finished(process.exitValue(), String.join("\n", lines));
  }

  /** Asks it to stop, as a service supervisor does (SIGTERM on Unix). */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would close the output as well
  }

  /** Ends it without a chance to clean up (SIGKILL on Unix). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    watchdog.cancel(false);
    process.destroyForcibly();
  }

  /** What {@code connection.env} says, as a shell would read it. */
  static Map<String, String> connection(Path data) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("connection.env"))) {
      int equals = line.indexOf("='");
      values.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
    }
    return values;
  }

  private static Path launcher() {
    return Path.of("..", "parley").toAbsolutePath().normalize();
  }
}
