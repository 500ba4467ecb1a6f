package dev.parley.kit.sql;

/**
 * Watches the store, for metrics. Called on the store's own threads: an implementation counts and
 * returns, and never throws.
 */
public interface StoreListener {
  /** Watches nothing. */
  StoreListener NONE = new StoreListener() {};

  /** Who waits in which queue. */
  enum Lane {
    WRITER,
    READERS
  }

  /** One COMMIT made {@code works} durable and took {@code commitNanos}. */
  default void batchCommitted(int works, long commitNanos) {}

  /** One COMMIT failed, and with it {@code works}. */
  default void batchFailed(int works) {}

  /** A work ended after {@code nanos} on its thread; {@code kept} is false when it was undone. */
  default void workEnded(Lane lane, String name, long nanos, boolean kept) {}

  /** A work joined a queue that now holds {@code depth}. */
  default void queued(Lane lane, int depth) {}

  /** A work was turned away: the queue was full, or it waited too long. */
  default void turnedAway(Lane lane, String name) {}

  /** The store became writable or stopped being so. */
  default void healthChanged(Database.Health health) {}
}
