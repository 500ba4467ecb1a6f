package dev.parley.bench.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Processor time and memory of a process with all that it started. */
record ProcessTree(ProcessHandle root) {
  static final double TICKS_PER_SECOND = 100;
  private static final int USER_TIME = 11;
  private static final int OWN_TIMES = 2;
  private static final int TIMES = 4;

  static ProcessTree of(long pid) {
    return new ProcessTree(ProcessHandle.of(pid).orElseThrow());
  }

  /** User and system time so far, of the living and of those that ended. */
  double cpuSeconds() {
    return Stream.concat(Stream.of(root), root.descendants())
            .mapToLong(process -> ticks(process.pid(), TIMES))
            .sum()
        / TICKS_PER_SECOND;
  }

  /** User and system time so far of the root alone. */
  double rootCpuSeconds() {
    return ticks(root.pid(), OWN_TIMES) / TICKS_PER_SECOND;
  }

  /** Own time, then that of children which ended; 0 for one that is gone meanwhile. */
  private static long ticks(long pid, int times) {
    Optional<String> stat = read(Path.of("/proc/" + pid + "/stat"));
    if (stat.isEmpty()) {
      return 0;
    }
    String text = stat.get();
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    long sum = 0;
    for (int at = USER_TIME; at < USER_TIME + times; at++) {
      sum += Long.parseLong(fields[at]);
    }
    return sum;
  }

  /** Resident memory of the root alone, in bytes. */
  long residentBytes() {
    return read(Path.of("/proc/" + root.pid() + "/status")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  private static Optional<String> read(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
