package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Works that wait for a thread: bounded, first come first served, and none waits longer than the
 * limit. Guarded by its lock.
 */
final class CallQueue {
  private final StoreListener.Lane lane;
  private final int capacity;
  private final Duration waitLimit;
  private final Clock clock;
  private final StoreListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Call<?>> calls = new ArrayDeque<>();
  private boolean closed;
  private boolean armed;

  CallQueue(
      StoreListener.Lane lane,
      int capacity,
      Duration waitLimit,
      Clock clock,
      StoreListener listener) {
    this.lane = lane;
    this.capacity = capacity;
    this.waitLimit = waitLimit;
    this.clock = clock;
    this.listener = listener;
  }

  <T extends @Nullable Object> Call<T> submit(String name, Database.TxWork<T> work) {
    var call = new Call<T>(name, work, clock.nanoTime());
    int depth;
    lock.lock();
    try {
      refuseWhenFull(name);
      calls.add(call);
      depth = calls.size();
      arm(waitLimit);
      filled.signal();
    } finally {
      lock.unlock();
    }
    listener.queued(lane, depth);
    return call;
  }

  /** The next call, waiting for one; null when the queue is closed and empty. */
  @Nullable Call<?> take() {
    lock.lock();
    try {
      while (calls.isEmpty() && !closed) {
        filled.awaitUninterruptibly();
      }
      return calls.poll();
    } finally {
      lock.unlock();
    }
  }

  /** The next call if one waits. */
  @Nullable Call<?> poll() {
    lock.lock();
    try {
      return calls.poll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next call, waiting for one at most so long; null when none came, or the queue is closed.
   */
  @Nullable Call<?> poll(Duration atMost) {
    lock.lock();
    try {
      for (long left = atMost.toNanos(); calls.isEmpty() && !closed && left > 0; ) {
        left = filled.awaitNanos(left);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return poll();
  }

  /** Takes no more calls; those that wait are still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void refuseWhenFull(String name) {
    if (closed) {
      throw new StoreUnavailable(name + ": the store is closed");
    }
    if (calls.size() >= capacity) {
      listener.turnedAway(lane, name);
      throw new StoreUnavailable(name + ": " + capacity + " works wait already");
    }
  }

  private void arm(Duration delay) {
    if (!armed) {
      armed = true;
      var unused = clock.after(delay, this::failOverdue);
    }
  }

  private void failOverdue() {
    for (Call<?> late : takeOverdue()) {
      listener.turnedAway(lane, late.name());
      late.fail(
          new StoreUnavailable(
              late.name() + " waited longer than " + waitLimit.toMillis() + " ms"));
    }
  }

  private List<Call<?>> takeOverdue() {
    List<Call<?>> late = new ArrayList<>();
    lock.lock();
    try {
      armed = false;
      long now = clock.nanoTime();
      for (Call<?> oldest = calls.peek(); oldest != null; oldest = calls.peek()) {
        long left = waitLimit.toNanos() - (now - oldest.queuedAt());
        if (left > 0) {
          arm(Duration.ofNanos(left));
          break;
        }
        late.add(calls.remove());
      }
    } finally {
      lock.unlock();
    }
    return late;
  }
}
