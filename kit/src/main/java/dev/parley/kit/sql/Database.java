package dev.parley.kit.sql;

/**
 * The store. Writers of one process run one after the other on a single connection and are made
 * durable together (group commit, one savepoint per caller), so a decision that loads, decides and
 * saves in one {@link #write} can never interleave with another. On PostgreSQL a row lock taken at
 * the start of each batch gives the same order across processes.
 */
public interface Database extends AutoCloseable {
  /**
   * Runs {@code work} in a transaction and returns its result once that transaction is durable.
   * Called from virtual threads, which wait; the work itself runs on the writer's platform thread:
   * it must not touch the network, sleep or do cryptography. It may run more than once: when a
   * neighbour in its batch made the store give up the whole transaction, it runs again in a new
   * one. So it changes nothing but through its {@link Tx}, and effects go to {@link
   * Tx#afterCommit}. After a statement that failed no other statement runs, and the work is undone
   * even when it catches the failure. Calling {@code write} or {@code read} inside is a bug and
   * throws {@link IllegalStateException}.
   *
   * @param name names the use case in metrics, logs and timeouts, for example {@code
   *     identity.create}
   * @throws RuntimeException what the work itself threw; its changes, and only its, are undone
   * @throws StoreUnavailable when the store could not make it durable (disk full, read-only,
   *     closed, COMMIT failed, queue full, work slower than its limit); nothing of it is kept
   */
  <T extends @org.jspecify.annotations.Nullable Object> T write(String name, TxWork<T> work);

  /** Runs a read on a consistent snapshot, on one of the bounded reader connections. */
  <T extends @org.jspecify.annotations.Nullable Object> T read(String name, ReadWork<T> work);

  /** Whether the last attempt to write was durable, and the last probe too; for readiness. */
  Health health();

  /**
   * Writes a consistent copy of the store to the new file {@code target}, durable when this
   * returns, while writers go on.
   *
   * @throws BackupRefused when the file exists or cannot be written, or when the store is
   *     PostgreSQL, which has its own tools
   */
  void backup(java.nio.file.Path target);

  /** Waits for the writers already accepted, then closes every connection. */
  @Override
  void close();

  /** What the readiness check shows. */
  record Health(boolean writable, String detail) {}

  /** A unit of work that may change the store. */
  @FunctionalInterface
  interface TxWork<T extends @org.jspecify.annotations.Nullable Object> {
    T run(Tx tx);
  }

  /** A unit of work that only reads. */
  @FunctionalInterface
  interface ReadWork<T extends @org.jspecify.annotations.Nullable Object> {
    T run(Reading reading);
  }
}
