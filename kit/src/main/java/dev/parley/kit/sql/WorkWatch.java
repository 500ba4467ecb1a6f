package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.time.Duration;

/**
 * Bounds how long one work may hold its thread. One timer is armed while works run, not one per
 * work; it looks at the work that runs when it fires.
 */
final class WorkWatch {
  /** A statement may start just after the interrupt: try again this soon. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Clock clock;
  private final Duration limit;
  private final Runnable interrupt;
  private boolean running;
  private boolean overran;
  private boolean armed;
  private long since;

  /**
   * @param interrupt ends what the work does now; it is only called while the work runs
   */
  WorkWatch(Clock clock, Duration limit, Runnable interrupt) {
    this.clock = clock;
    this.limit = limit;
    this.interrupt = interrupt;
  }

  synchronized void started() {
    running = true;
    overran = false;
    since = clock.nanoTime();
    arm(limit);
  }

  /** Gives the nanoseconds that the work ran. */
  synchronized long finished() {
    running = false;
    return clock.nanoTime() - since;
  }

  /** Whether the work that runs, or ran last, was interrupted. */
  synchronized boolean overran() {
    return overran;
  }

  StoreUnavailable tooSlow(String name) {
    return new StoreUnavailable(name + " ran longer than " + limit.toMillis() + " ms");
  }

  private void arm(Duration delay) {
    if (!armed) {
      armed = true;
      var unused = clock.after(delay, this::look);
    }
  }

  private synchronized void look() {
    armed = false;
    if (!running) {
      return;
    }
    long left = limit.toNanos() - (clock.nanoTime() - since);
    if (left > 0) {
      arm(Duration.ofNanos(left));
      return;
    }
    overran = true;
    interrupt.run();
    arm(AGAIN);
  }
}
