package dev.parley.services.push;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all sessions together have sent without an answer. */
final class Budget {
  private final long max;
  private final AtomicLong taken = new AtomicLong();

  Budget(long max) {
    this.max = max;
  }

  boolean has(long bytes) {
    return taken.get() + bytes <= max;
  }

  void take(long bytes) {
    taken.addAndGet(bytes);
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
