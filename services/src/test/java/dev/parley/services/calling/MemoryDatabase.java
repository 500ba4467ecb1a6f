package dev.parley.services.calling;

import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreUnavailable;
import dev.parley.kit.sql.Tx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Transactions without SQL: what a store or journal made for it changes, it changes after the
 * commit. A test can let the next commit be the last one, with or without its effect.
 */
final class MemoryDatabase implements Database {
  /** When the process is killed in the next transaction. */
  enum Kill {
    NEVER,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private Kill kill = Kill.NEVER;
  private boolean dead;

  /** Lets the next transaction be the last one. */
  void kill(Kill when) {
    kill = when;
  }

  /** Whether it was killed; it lives again from now on. */
  boolean revive() {
    boolean was = dead;
    dead = false;
    kill = Kill.NEVER;
    return was;
  }

  @Override
  public <T extends @Nullable Object> T write(String name, TxWork<T> work) {
    if (dead) {
      throw new StoreUnavailable("killed");
    }
    MemoryTx tx = new MemoryTx();
    T result = work.run(tx);
    if (kill == Kill.BEFORE_COMMIT) {
      dead = true;
      throw new StoreUnavailable("killed");
    }
    tx.effects.forEach(Runnable::run);
    if (kill == Kill.AFTER_COMMIT) {
      dead = true;
      throw new StoreUnavailable("killed");
    }
    return result;
  }

  @Override
  public <T extends @Nullable Object> T read(String name, ReadWork<T> work) {
    return work.run(new MemoryTx());
  }

  @Override
  public Health health() {
    return new Health(!dead, "");
  }

  @Override
  public void backup(Path target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static final class MemoryTx implements Tx {
    private final List<Runnable> effects = new ArrayList<>();

    @Override
    public int update(String sql, @Nullable Object... parameters) {
      throw new UnsupportedOperationException(sql);
    }

    @Override
    public void soon(String sql, @Nullable Object... parameters) {
      throw new UnsupportedOperationException(sql);
    }

    @Override
    public void afterCommit(Runnable effect) {
      effects.add(effect);
    }

    @Override
    public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
      throw new UnsupportedOperationException(sql);
    }

    @Override
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
      throw new UnsupportedOperationException(sql);
    }
  }
}
