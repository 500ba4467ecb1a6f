package dev.parley.kit.journal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A signal that is remembered once, so that none is lost between looking and waiting. All fields
 * are guarded by the lock.
 */
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private boolean signalled;
  private boolean closed;
  private @Nullable Wakeup alsoClosed;

  void signal() {
    lock.lock();
    try {
      signalled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      signalled = false;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when signalled since the last {@link #clear}, or closed. */
  void await() {
    lock.lock();
    try {
      while (!signalled && !closed) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closing this closes {@code other} too. Lock order: this, then the other. */
  void closes(Wakeup other) {
    lock.lock();
    try {
      alsoClosed = other;
      if (closed) {
        other.close();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (alsoClosed != null) {
        alsoClosed.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
