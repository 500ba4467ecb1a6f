package dev.parley.bench.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU time and memory of a process, from {@code /proc}. */
final class ProcessMeter {
  private ProcessMeter() {}

  /** Nanoseconds on a CPU, of all threads. */
  static long cpuNanos(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.mapToLong(ProcessMeter::threadNanos).sum();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static long threadNanos(Path thread) {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Resident memory in kilobytes. */
  static long residentKilobytes(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      return lines.stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
