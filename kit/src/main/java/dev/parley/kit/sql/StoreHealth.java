package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store says of itself, and the timer that tries a failed store again. */
final class StoreHealth {
  private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

  private final Clock clock;
  private final Duration probeEvery;
  private final StoreListener listener;
  private final Runnable probe;
  private volatile Database.Health health = new Database.Health(true, "writable");
  private boolean probing;
  private boolean closed;

  /**
   * @param probe submits a write whose outcome is told to {@link #wrote} or {@link #failed}
   */
  StoreHealth(Clock clock, Duration probeEvery, StoreListener listener, Runnable probe) {
    this.clock = clock;
    this.probeEvery = probeEvery;
    this.listener = listener;
    this.probe = probe;
  }

  Database.Health now() {
    return health;
  }

  /** A change became durable. */
  void wrote() {
    if (!health.writable()) {
      change(new Database.Health(true, "writable"));
    }
  }

  synchronized void failed(String detail) {
    if (health.writable()) {
      change(new Database.Health(false, detail));
    }
    if (!probing && !closed) {
      probing = true;
      var unused = clock.after(probeEvery, this::probeNow);
    }
  }

  synchronized void close() {
    closed = true;
  }

  private void probeNow() {
    synchronized (this) {
      probing = false;
      if (closed || health.writable()) {
        return;
      }
    }
    probe.run();
  }

  private synchronized void change(Database.Health next) {
    health = next;
    if (next.writable()) {
      LOG.info("the store is writable again");
    } else {
      LOG.error("the store cannot be written: {}", next.detail());
    }
    listener.healthChanged(next);
  }
}
