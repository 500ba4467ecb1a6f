package dev.parley.media.api;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Real time whose monotonic reading a test moves forward too, for what a media loop waits for. */
final class JumpingClock implements Clock {
  private final SystemClock real = new SystemClock();
  private final AtomicLong offset = new AtomicLong();

  void advance(Duration by) {
    offset.addAndGet(by.toNanos());
  }

  @Override
  public Instant now() {
    return real.now();
  }

  @Override
  public long nanoTime() {
    return real.nanoTime() + offset.get();
  }

  @Override
  public Timer at(Instant when, Runnable task) {
    return real.at(when, task);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    real.sleep(duration);
  }
}
