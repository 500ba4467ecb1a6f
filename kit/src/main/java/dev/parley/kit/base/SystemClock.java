package dev.parley.kit.base;

import java.time.Duration;
import java.time.Instant;

/** The machine's own time. One instance per process: it owns one timer thread. */
public final class SystemClock implements Clock {
  private final TimerLoop timers = new TimerLoop(Instant::now);

  @Override
  public Instant now() {
    return Instant.now();
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
