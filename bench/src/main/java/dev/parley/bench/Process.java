package dev.parley.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server under measure: its process, what it has used, and how to reach it. */
public final class Process implements AutoCloseable {
  private static final long TICKS_PER_SECOND = 100;
  private final java.lang.Process process;
  private final Path connection;
  private final double readySeconds;

  private Process(java.lang.Process process, Path connection, double readySeconds) {
    this.process = process;
    this.connection = connection;
    this.readySeconds = readySeconds;
  }

  /** Starts a command that writes {@code connection} when it is ready, and waits for that. */
  public static Process start(List<String> command, Path connection, Path log) {
    try {
      Files.deleteIfExists(connection);
      long began = System.nanoTime();
      java.lang.Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
              .start();
      while (!Files.exists(connection)) {
        if (!process.isAlive() || System.nanoTime() - began > 60_000_000_000L) {
          throw new IllegalStateException("did not start; see " + log);
        }
        LockSupport.parkNanos(5_000_000);
      }
      return new Process(process, connection, (System.nanoTime() - began) * 1e-9);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** From the start of the command to its being ready. */
  double readySeconds() {
    return readySeconds;
  }

  /** What the process said of itself: {@code KEY='value'} lines. */
  public Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    for (String line : lines(connection)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1).replace("'", ""));
      }
    }
    return values;
  }

  /** The number of the process. */
  public long pid() {
    return process.pid();
  }

  /** User and system time of the process so far. */
  double cpuSeconds() {
    String stat = lines(Path.of("/proc/" + process.pid() + "/stat")).getFirst();
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
  }

  /** Memory that is resident now, in MB. */
  long residentMegabytes() {
    return lines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static List<String> lines(Path path) {
    try {
      return new ArrayList<>(Files.readAllLines(path));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    stop(process);
  }

  /** Asks a program to end, and ends it when it has not within 20 s. */
  public static void stop(java.lang.Process process) {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
