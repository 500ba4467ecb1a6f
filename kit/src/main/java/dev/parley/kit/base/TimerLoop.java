package dev.parley.kit.base;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Timers ordered by wall time, watched by one daemon thread that starts with the first timer; each
 * due task gets its own virtual thread. The set is guarded by the lock.
 */
final class TimerLoop {
  /** Wall time may be stepped from outside; no wait is longer, so a step is noticed this soon. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Supplier<Instant> now;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Pending> pending =
      new TreeSet<>(Comparator.comparing(Pending::when).thenComparing(Pending::order));
  private long orders;
  private @Nullable Thread thread;

  TimerLoop(Supplier<Instant> now) {
    this.now = now;
  }

  Clock.Timer at(Instant when, Runnable task) {
    lock.lock();
    try {
      var timer = new Pending(when, orders++, task);
      pending.add(timer);
      startOnce();
      changed.signal();
      return () -> cancel(timer);
    } finally {
      lock.unlock();
    }
  }

  void sleepUntil(Instant when) throws InterruptedException {
    var due = new CountDownLatch(1);
    Clock.Timer timer = at(when, due::countDown);
    try {
      due.await();
    } finally {
      timer.cancel();
    }
  }

  /** Looks again at once, because the time moved. */
  void timeMoved() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Pending timer) {
    lock.lock();
    try {
      pending.remove(timer);
    } finally {
      lock.unlock();
    }
  }

  private void startOnce() {
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("parley-timers").start(this::watch);
    }
  }

  private void watch() {
    try {
      while (true) {
        awaitDue().forEach(timer -> Thread.ofVirtual().name("timer").start(timer.task()));
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Pending> awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        List<Pending> due = takeDue(now.get());
        if (!due.isEmpty()) {
          return due;
        }
        if (pending.isEmpty()) {
          changed.await();
        } else {
          changed.awaitNanos(nanosUntil(pending.first().when()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Pending> takeDue(Instant time) {
    List<Pending> due = new ArrayList<>();
    while (!pending.isEmpty() && !pending.first().when().isAfter(time)) {
      due.add(pending.removeFirst());
    }
    return due;
  }

  private long nanosUntil(Instant when) {
    Duration wait = Duration.between(now.get(), when);
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT.toNanos() : Math.max(1, wait.toNanos());
  }

  private record Pending(Instant when, long order, Runnable task) {}
}
