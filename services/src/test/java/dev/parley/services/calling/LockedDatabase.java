package dev.parley.services.calling;

import dev.parley.kit.sql.Database;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One transaction at a time, as the real store does it. */
final class LockedDatabase implements Database {
  private final Database inner;
  private final ReentrantLock lock = new ReentrantLock();

  LockedDatabase(Database inner) {
    this.inner = inner;
  }

  @Override
  public <T extends @Nullable Object> T write(String name, TxWork<T> work) {
    lock.lock();
    try {
      return inner.write(name, work);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T extends @Nullable Object> T read(String name, ReadWork<T> work) {
    lock.lock();
    try {
      return inner.read(name, work);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Health health() {
    return inner.health();
  }

  @Override
  public void backup(Path target) {
    inner.backup(target);
  }

  @Override
  public void close() {
    inner.close();
  }
}
