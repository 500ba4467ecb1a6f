package dev.parley.media.simulator;

import java.util.List;

/**
 * How a link behaves.
 *
 * @param steps bandwidth from a time on, in order of time; the first at 0
 * @param delayMicros fixed part of the delay
 * @param jitterMicros most that is added to it at random, per packet
 * @param reorders whether jitter may let packets overtake
 * @param loss share of packets lost at random, 0 to 1
 * @param queueMicros most that a packet waits in the queue before it is dropped, at the current
 *     rate
 */
public record LinkProfile(
    List<Step> steps,
    long delayMicros,
    long jitterMicros,
    boolean reorders,
    double loss,
    long queueMicros) {
  /** Bandwidth from a time on. */
  public record Step(long fromMicros, long bps) {}

  /** A constant link with 30 ms delay, no jitter, no loss and a queue of 300 ms. */
  public static LinkProfile constant(long bps) {
    return new LinkProfile(List.of(new Step(0, bps)), 30_000, 0, false, 0, 300_000);
  }

  /** The same with other bandwidth from {@code second} on. */
  public LinkProfile then(int second, long bps) {
    List<Step> more = new java.util.ArrayList<>(steps);
    more.add(new Step(second * 1_000_000L, bps));
    return new LinkProfile(
        List.copyOf(more), delayMicros, jitterMicros, reorders, loss, queueMicros);
  }

  /** The same with random loss. */
  public LinkProfile losing(double share) {
    return new LinkProfile(steps, delayMicros, jitterMicros, reorders, share, queueMicros);
  }

  /** The same with jitter. */
  public LinkProfile jittering(int millis, boolean overtaking) {
    return new LinkProfile(steps, delayMicros, millis * 1000L, overtaking, loss, queueMicros);
  }

  /** The same with another queue limit. */
  public LinkProfile queueing(int millis) {
    return new LinkProfile(steps, delayMicros, jitterMicros, reorders, loss, millis * 1000L);
  }

  /** Bandwidth at a time. */
  public long bpsAt(long micros) {
    long bps = steps.getFirst().bps();
    for (Step step : steps) {
      if (step.fromMicros() <= micros) {
        bps = step.bps();
      }
    }
    return bps;
  }
}
