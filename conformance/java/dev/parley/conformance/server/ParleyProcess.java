package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One Parley, started by {@code ./parley up} with its own data folder and a free port, stopped by
 * SIGTERM. The log stays in the build folder; its end is part of every failure to start or stop.
 * Killing and restarting is for the one thread that owns it.
 */
public final class ParleyProcess implements AutoCloseable {

  /** Long enough for the launcher to build Parley first on a slow machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(8);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final int LOG_LINES_SHOWN = 40;
  private static final int HTTP_OK = 200;

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);

  private final Path launcher;
  private final List<String> options;
  private final Map<String, String> environment;
  private final Path folder;
  private final Path log;
  private Process process;

  private ParleyProcess(
      Path launcher, List<String> options, Map<String, String> environment, Path folder)
      throws IOException {
    this.launcher = launcher;
    this.options = options;
    this.environment = environment;
    this.folder = folder;
    this.log = folder.resolve("server.log");
    this.process = up();
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param conformanceFolder the folder of this module; the launcher stands beside it
   * @param options more options of {@code up}, for example {@code --test-clock}
   * @throws IllegalStateException when the server ends before it is ready, or is not ready in time
   */
  public static ParleyProcess start(Path conformanceFolder, List<String> options)
      throws IOException, InterruptedException {
    return start(conformanceFolder, options, Map.of());
  }

  /**
   * As {@link #start(Path, List)}, with variables for the launcher, for example {@code
   * PARLEY_JAVA_OPTIONS}.
   */
  public static ParleyProcess start(
      Path conformanceFolder, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path target = Files.createDirectories(conformanceFolder.resolve("target/servers"));
    Path folder = Files.createTempDirectory(target, "parley-");
    Path launcher = conformanceFolder.resolveSibling("parley");
    ParleyProcess parley = new ParleyProcess(launcher, options, environment, folder);
    parley.awaitReady();
    return parley;
  }

  private Process up() throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "up", "--port", "0"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Ends the server by SIGKILL: it gets no chance to write or to say goodbye. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Starts a killed server again on the same data and waits until it is ready; its port is another.
   */
  public void restart() throws IOException, InterruptedException {
    Files.delete(connectionFile());
    process = up();
    awaitReady();
  }

  /** The folder that holds what the server keeps; by default {@code .parley} of a user. */
  public Path dataFolder() {
    return folder.resolve("data");
  }

  /** How to reach the server. */
  public Connection connection() {
    try {
      return Connection.read(connectionFile());
    } catch (IOException unreadable) {
      throw new IllegalStateException("connection.env cannot be read", unreadable);
    }
  }

  /**
   * Runs another command of the launcher on this server, for example {@code keys show}.
   *
   * @return what it printed
   * @throws IllegalStateException when it fails or takes longer than a minute
   */
  public String command(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", dataFolder().toString()));
    Path output = Files.createTempFile(folder, "command-", ".out");
    Process running =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = running.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      running.destroyForcibly();
    }
    String printed = Files.readString(output);
    Files.delete(output);
    if (!ended || running.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", words) + " failed: " + printed);
    }
    return printed;
  }

  /**
   * Stops the server by SIGTERM and deletes its data; the log stays.
   *
   * @throws IllegalStateException when it does not end in time; it is then killed
   */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failure("Parley did not stop within " + STOP_LIMIT.toSeconds() + " s of SIGTERM");
      }
      deleteData();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void deleteData() {
    try (Stream<Path> files = Files.walk(dataFolder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException busy) {
      throw new UncheckedIOException("The data folder cannot be deleted", busy);
    }
  }

  private void awaitReady() throws InterruptedException {
    long rounds = START_LIMIT.dividedBy(LOOK_EVERY);
    for (long round = 0; round < rounds; round++) {
      if (endedWithin(LOOK_EVERY)) {
        throw failure("Parley ended with " + process.exitValue() + " before it was ready");
      }
      if (Files.exists(connectionFile()) && answersReady()) {
        return;
      }
    }
    process.destroyForcibly();
    throw failure("Parley was not ready within " + START_LIMIT.toMinutes() + " minutes");
  }

  /** Waiting for the end of the process is also the pause between two looks at the file. */
  private boolean endedWithin(Duration pause) throws InterruptedException {
    try {
      process.onExit().get(pause.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean answersReady() throws InterruptedException {
    try (RawClient client = new RawClient(connection())) {
      return client.get("/health/ready").statusCode() == HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path connectionFile() {
    return dataFolder().resolve("connection.env");
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(what + ". The end of " + log + ":\n" + endOfLog());
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
