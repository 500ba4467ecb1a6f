package dev.parley.bench.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * How much of the machine is at work for others during a window: what the kernel counts as busy
 * (proc(5), {@code /proc/stat}), less this process and the server that is measured.
 */
final class Elsewhere {
  private static final Path STAT = Path.of("/proc/stat");

  /** Idle, waiting for a disk, and guests, who are counted as users already. */
  private static final Set<Integer> NOT_BUSY = Set.of(4, 5, 9, 10);

  private final long began = System.nanoTime();
  private final double busy = busySeconds();
  private final double own = ownSeconds();

  /**
   * The share of all processors, 0 to 1, since this was made.
   *
   * @param serverSeconds processor time of the server since then
   */
  double share(double serverSeconds) {
    double others = busySeconds() - busy - (ownSeconds() - own) - serverSeconds;
    double all = (System.nanoTime() - began) * 1e-9 * Runtime.getRuntime().availableProcessors();
    return Math.max(0, others) / all;
  }

  private static double ownSeconds() {
    return new ProcessTree(ProcessHandle.current()).rootCpuSeconds();
  }

  private static double busySeconds() {
    try {
      String[] fields = Files.readAllLines(STAT).getFirst().trim().split(" +", -1);
      long ticks = 0;
      for (int at = 1; at < fields.length; at++) {
        ticks += NOT_BUSY.contains(at) ? 0 : Long.parseLong(fields[at]);
      }
      return ticks / ProcessTree.TICKS_PER_SECOND;
    } catch (IOException elsewhere) {
      throw new UncheckedIOException(elsewhere);
    }
  }
}
