package dev.parley.kit.base;

import java.time.Duration;
import java.time.Instant;

/**
 * The only source of time and timers. Every expiry, window, retention and retry asks this clock, so
 * that a test (and a user's own test, through the test clock) can move all of them by hand.
 */
public interface Clock {
  /** The current wall time, to the microsecond at best. */
  Instant now();

  /** A monotonic reading in nanoseconds, for measuring durations; its zero means nothing. */
  long nanoTime();

  /**
   * Runs {@code task} once, on a virtual thread, when {@link #now()} has reached {@code when} (at
   * once when that is past).
   */
  Timer at(Instant when, Runnable task);

  /** Runs {@code task} once after {@code delay} of this clock's time. */
  default Timer after(Duration delay, Runnable task) {
    return at(now().plus(delay), task);
  }

  /** Blocks the calling virtual thread for {@code duration} of this clock's time. */
  void sleep(Duration duration) throws InterruptedException;

  /** A task that is still to run. */
  interface Timer {
    /** Keeps the task from running; without effect once it started. */
    void cancel();
  }
}
