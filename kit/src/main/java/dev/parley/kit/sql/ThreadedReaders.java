package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readers on platform threads, each with its own connection: SQLite runs in native code, which
 * would hold a virtual thread's carrier and starve all others.
 */
final class ThreadedReaders implements Readers {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadedReaders.class);

  private final SqliteDialect dialect;
  private final StoreListener listener;
  private final CallQueue queue;
  private final List<Reader> readers = new ArrayList<>();

  ThreadedReaders(SqliteDialect dialect, StoreOptions options) {
    this.dialect = dialect;
    this.listener = options.listener();
    StoreLimits limits = options.limits();
    this.queue =
        new CallQueue(
            StoreListener.Lane.READERS,
            limits.readQueue(),
            limits.waitLimit(),
            options.clock(),
            listener);
    for (int number = 1; number <= limits.readers(); number++) {
      readers.add(new Reader(number, options.clock(), limits));
    }
  }

  void start() {
    readers.forEach(reader -> reader.thread.start());
  }

  @Override
  public <T extends @Nullable Object> T read(String name, Database.ReadWork<T> work) {
    if (readers.stream().anyMatch(reader -> reader.thread == Thread.currentThread())) {
      throw new IllegalStateException(name + " would wait for the read it is called from");
    }
    return queue.<T>submit(name, work::run).await();
  }

  @Override
  public void close() {
    queue.close();
    try {
      for (Reader reader : readers) {
        reader.thread.join();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** One thread and its connection, opened with its first read. */
  private final class Reader {
    private final WorkWatch watch;
    private final Thread thread;
    private volatile @Nullable Session session;

    Reader(int number, Clock clock, StoreLimits limits) {
      this.watch = new WorkWatch(clock, limits.workLimit(), this::interrupt);
      this.thread =
          Thread.ofPlatform().daemon().name("parley-store-reader-" + number).unstarted(this::run);
    }

    private void run() {
      for (Call<?> call = queue.take(); call != null; call = queue.take()) {
        answer(call);
      }
      discard();
    }

    private void answer(Call<?> call) {
      try {
        Session open = session();
        open.execute("begin");
        Throwable failure = attempt(call, open);
        open.execute("rollback");
        if (failure == null) {
          call.succeed();
        } else {
          call.fail(failure);
        }
        if (watch.overran()) {
          discard();
        }
      } catch (SQLException failure) {
        discard();
        call.fail(new StoreUnavailable(call.name() + ": reading failed", failure));
      }
    }

    private @Nullable Throwable attempt(Call<?> call, Session open) {
      var reading = new SqlTx(call.name(), open, dialect, watch);
      Throwable failure = null;
      watch.started();
      try {
        call.run(reading);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
      long nanos = watch.finished();
      reading.end();
      if (watch.overran()) {
        boolean interrupted = Thread.interrupted();
        LOG.warn(
            "{} was ended after {} ms (interrupted: {})",
            call.name(),
            nanos / 1_000_000,
            interrupted);
        failure = watch.tooSlow(call.name());
      }
      listener.workEnded(StoreListener.Lane.READERS, call.name(), nanos, failure == null);
      return failure;
    }

    private Session session() throws SQLException {
      Session open = session;
      if (open == null) {
        open = new Session(dialect.openReader());
        session = open;
      }
      return open;
    }

    private void discard() {
      Session open = session;
      session = null;
      if (open != null) {
        open.close();
      }
    }

    private void interrupt() {
      Session open = session;
      if (open != null) {
        try {
          dialect.interrupt(open.connection());
        } catch (SQLException failure) {
          LOG.warn("a slow read could not be interrupted", failure);
        }
      }
      thread.interrupt();
    }
  }
}
