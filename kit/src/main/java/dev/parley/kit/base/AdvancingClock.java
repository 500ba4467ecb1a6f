package dev.parley.kit.base;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Real time plus an offset that a test moves forward ({@code --test-clock}, development only). A
 * jump makes every timer due that it passes. {@link #nanoTime()} does not jump: work that is under
 * way when time is advanced did not become slow by it.
 */
public final class AdvancingClock implements Clock {
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final TimerLoop timers = new TimerLoop(this::now);

  /**
   * Moves the time forward and gives the new time.
   *
   * @throws IllegalArgumentException when {@code by} is negative: time never goes back
   */
  public Instant advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time cannot be moved back by " + by.abs());
    }
    offset.updateAndGet(old -> old.plus(by));
    timers.timeMoved();
    return now();
  }

  @Override
  public Instant now() {
    return Instant.now().plus(offset.get());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer at(Instant when, Runnable task) {
    return timers.at(when, task);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    timers.sleepUntil(now().plus(duration));
  }
}
