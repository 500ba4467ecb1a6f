package dev.parley.bench.chat;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Durations in nanoseconds, added by many threads; what comes after {@code most} is counted only.
 */
final class Latencies {
  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int most) {
    this.nanos = new long[most];
  }

  void add(long duration) {
    int at = count.getAndIncrement();
    if (at < nanos.length) {
      nanos[at] = duration;
    }
  }

  int count() {
    return count.get();
  }

  /** Milliseconds that the given share of all durations does not exceed; 0 without any. */
  double millis(double share) {
    int kept = Math.min(count.get(), nanos.length);
    if (kept == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, kept);
    Arrays.sort(sorted);
    return sorted[Math.min(kept - 1, (int) (share * kept))] * 1e-6;
  }

  /** {@code p50 / p99 / most}, in milliseconds. */
  String summary() {
    return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", millis(0.5), millis(0.99), millis(1));
  }
}
