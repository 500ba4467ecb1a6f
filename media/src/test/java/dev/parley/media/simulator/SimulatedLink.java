package dev.parley.media.simulator;

import java.util.Random;

/** One direction of a network path: a bottleneck with a tail-drop queue, then delay and loss. */
public final class SimulatedLink {
  private final SimulatedTime time;
  private final LinkProfile profile;
  private final Random random;
  private long freeAt;
  private long lastDelivery;
  private long dropped;

  /** A link that is idle. */
  public SimulatedLink(SimulatedTime time, LinkProfile profile, long seed) {
    this.time = time;
    this.profile = profile;
    this.random = new Random(seed);
  }

  /**
   * Sends a packet; {@code delivery} runs when it arrives, and never when it is lost.
   *
   * @return false when the queue was full, which a real sender would not learn
   */
  public boolean send(int bytes, Runnable delivery) {
    long now = time.nowMicros();
    long start = Math.max(now, freeAt);
    if (start - now > profile.queueMicros()) {
      dropped++;
      return false;
    }
    freeAt = start + bytes * 8L * 1_000_000 / profile.bpsAt(now);
    if (random.nextDouble() < profile.loss()) {
      return true;
    }
    long jitter = profile.jitterMicros() == 0 ? 0 : random.nextLong(profile.jitterMicros());
    long arrival = freeAt + profile.delayMicros() + jitter;
    if (!profile.reorders()) {
      arrival = Math.max(arrival, lastDelivery);
      lastDelivery = arrival;
    }
    time.at(arrival, delivery);
    return true;
  }

  /** How long a packet sent now would wait. */
  public long queueMicros() {
    return Math.max(0, freeAt - time.nowMicros());
  }

  /** Bandwidth now. */
  public long bps() {
    return profile.bpsAt(time.nowMicros());
  }

  /** Packets dropped by the full queue so far. */
  public long dropped() {
    return dropped;
  }
}
