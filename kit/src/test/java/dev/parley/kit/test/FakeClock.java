package dev.parley.kit.test;

import dev.parley.kit.base.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until {@link #advance}. Due timers run on virtual threads, in the order
 * of their times and then of their making; each ends before the next starts and before {@code
 * advance} returns, and sees the time it was set for.
 */
public final class FakeClock implements Clock {
  /** A test that waits longer for other threads has failed; this never decides a passing test. */
  private static final long GIVE_UP_SECONDS = 20;

  private final TreeSet<Pending> pending =
      new TreeSet<>(Comparator.comparing(Pending::when).thenComparing(Pending::order));
  private Instant now;
  private long nanos;
  private long orders;

  public FakeClock() {
    this(Instant.parse("2027-01-01T00:00:00Z"));
  }

  public FakeClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public Timer at(Instant when, Runnable task) {
    Pending timer;
    synchronized (this) {
      timer = new Pending(when, orders++, task);
      if (when.isAfter(now)) {
        pending.add(timer);
        notifyAll();
        return () -> cancel(timer);
      }
    }
    Thread.ofVirtual().name("timer").start(task);
    return () -> {};
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    var over = new CountDownLatch(1);
    Timer timer = after(duration, over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
  }

  /** Moves the time forward and runs all that becomes due on the way. */
  public void advance(Duration by) {
    Instant end = now().plus(by);
    for (List<Pending> due = takeNext(end); !due.isEmpty(); due = takeNext(end)) {
      due.forEach(FakeClock::runToItsEnd);
    }
    moveTo(end);
  }

  /** Timers (and sleepers) that wait now. */
  public synchronized int timers() {
    return pending.size();
  }

  /** Waits until at least {@code count} timers or sleepers wait, set by other threads. */
  public synchronized void awaitTimers(int count) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    try {
      while (pending.size() < count) {
        long left = giveUp - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("only " + pending.size() + " of " + count + " timers were set");
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }

  private synchronized void cancel(Pending timer) {
    pending.remove(timer);
  }

  private synchronized List<Pending> takeNext(Instant end) {
    List<Pending> due = new ArrayList<>();
    if (!pending.isEmpty() && !pending.first().when().isAfter(end)) {
      Pending next = pending.removeFirst();
      moveTo(next.when());
      due.add(next);
    }
    return due;
  }

  private synchronized void moveTo(Instant time) {
    if (time.isAfter(now)) {
      nanos += Duration.between(now, time).toNanos();
      now = time;
    }
  }

  private static void runToItsEnd(Pending timer) {
    Thread thread = Thread.ofVirtual().name("timer").start(timer.task());
    try {
      if (!thread.join(Duration.ofSeconds(GIVE_UP_SECONDS))) {
        throw new AssertionError("a timer's task blocks; it must hand its work to another thread");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stopped);
    }
  }

  private record Pending(Instant when, long order, Runnable task) {}
}
