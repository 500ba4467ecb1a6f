package dev.parley.kit.sql;

/**
 * A transaction that may change the store. It lives on the writer's thread, inside one {@code
 * write}.
 */
public interface Tx extends Reading {
  /** Runs an insert, update or delete and gives the number of rows it touched. */
  int update(String sql, @org.jspecify.annotations.Nullable Object... parameters);

  /**
   * Runs an insert, update or delete whose number of rows nobody asks for. Where the store is
   * another process it waits for the next statement, at the latest for the work's end, and both
   * travel together; what fails then fails the work as if it had failed here.
   */
  void soon(String sql, @org.jspecify.annotations.Nullable Object... parameters);

  /**
   * Runs {@code effect} after this transaction became durable, before {@code write} returns; never
   * when it was undone. Effects must be short: they wake readers, they do no work.
   */
  void afterCommit(Runnable effect);
}
