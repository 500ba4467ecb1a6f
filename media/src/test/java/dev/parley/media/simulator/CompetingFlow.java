package dev.parley.media.simulator;

/**
 * A bulk transfer over the same bottleneck, as TCP Reno would do it: slow start, one packet more a
 * round trip, half on loss.
 */
public final class CompetingFlow {
  private static final int BYTES = 1500;
  private static final long RETURN_MICROS = 30_000;

  private final SimulatedTime time;
  private final SimulatedLink link;
  private final long untilMicros;
  private double window = 10;
  private double threshold = 64;
  private int flying;
  private long halvedAt;
  private long arrivedBytes;

  /** A flow that starts and ends at the given times. */
  public CompetingFlow(SimulatedTime time, SimulatedLink link, long fromMicros, long untilMicros) {
    this.time = time;
    this.link = link;
    this.untilMicros = untilMicros;
    time.at(fromMicros, this::fill);
  }

  /** Bytes that have arrived so far. */
  public long arrivedBytes() {
    return arrivedBytes;
  }

  private void fill() {
    while (flying < (int) window && time.nowMicros() < untilMicros) {
      flying++;
      if (!link.send(BYTES, this::arrived)) {
        time.in(RETURN_MICROS + link.queueMicros(), this::lost);
      }
    }
  }

  private void arrived() {
    arrivedBytes += BYTES;
    time.in(
        RETURN_MICROS,
        () -> {
          flying--;
          window += window < threshold ? 1 : 1 / window;
          fill();
        });
  }

  private void lost() {
    flying--;
    if (time.nowMicros() - halvedAt > 2 * RETURN_MICROS + link.queueMicros()) {
      halvedAt = time.nowMicros();
      threshold = Math.max(2, window / 2);
      window = threshold;
    }
    fill();
  }
}
