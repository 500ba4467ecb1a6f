package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one platform thread that writes. It takes the works that wait, runs them in one transaction
 * and answers all of them after one COMMIT. Owns its session; everything here but the queue, the
 * watch and the health runs on its thread.
 *
 * <p>A work that fails is undone alone. One that had written nothing leaves nothing to undo. One
 * that had takes the transaction with it: the works before it in the batch run again, and for a
 * while every work gets a savepoint, to which it alone is undone. So those who fail seldom, as
 * nearly all do, pay for no savepoint. When the store itself took the transaction away (SQLite does
 * when it is interrupted or full, PostgreSQL when the connection is lost), even during that second
 * run, each runs in a transaction of its own.
 */
final class GroupCommitWriter {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

  /** From how many callers on a batch is held open for more, and how long after the last came. */
  private static final int CROWD = 4;

  private static final Duration GATHERING = Duration.ofNanos(300_000);

  /** For how many batches works have savepoints after one had to be undone. */
  private static final int CAREFUL_BATCHES = 64;

  private static final byte[] PROBE_FILLING = new byte[64 * 1024];

  private final Dialect dialect;
  private final Clock clock;
  private final StoreLimits limits;
  private final StoreListener listener;
  private final CallQueue queue;
  private final StoreHealth health;
  private final WorkWatch watch;
  private final Thread thread;

  private volatile @Nullable Session session;
  private boolean inTransaction;

  /** About how many callers the last batches served. */
  private int crowd;

  /** Batches that still get savepoints. */
  private int careful;

  private String token = "";

  GroupCommitWriter(Dialect dialect, StoreOptions options) {
    this.dialect = dialect;
    this.clock = options.clock();
    this.limits = options.limits();
    this.listener = options.listener();
    this.queue =
        new CallQueue(
            StoreListener.Lane.WRITER, limits.writeQueue(), limits.waitLimit(), clock, listener);
    this.health = new StoreHealth(clock, limits.probeEvery(), listener, this::probe);
    this.watch = new WorkWatch(clock, limits.workLimit(), this::interrupt);
    this.thread = Thread.ofPlatform().daemon().name("parley-store-writer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  <T extends @Nullable Object> T write(String name, Database.TxWork<T> work) {
    refuseNested(name);
    return queue.submit(name, work).await();
  }

  /** A work that waits for another work would wait for itself. */
  void refuseNested(String name) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(name + " is called from inside a transaction");
    }
  }

  Database.Health health() {
    return health.now();
  }

  /** Finishes what was accepted, then ends the thread. */
  void close() {
    health.close();
    queue.close();
    try {
      thread.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (Call<?> first = queue.take(); first != null; first = queue.take()) {
      runBatch(first);
    }
    discard();
  }

  private void runBatch(Call<?> first) {
    List<Call<?>> kept = new ArrayList<>();
    long since = clock.nanoTime();
    for (Call<?> call = first; call != null; call = room(kept, since) ? next(kept) : null) {
      switch (runOne(call)) {
        case KEPT -> kept.add(call);
        case UNDONE -> {}
        case TRANSACTION_LOST -> kept = runAgain(kept);
      }
    }
    careful = Math.max(0, careful - 1);
    crowd = Math.max(kept.size(), crowd - 1 - crowd / 8);
    if (inTransaction) {
      commit(kept);
    }
  }

  /**
   * Callers that were answered by the last COMMIT are about to come again: when there were many,
   * waiting a moment for them saves a COMMIT. A few callers wait for nobody.
   */
  private @Nullable Call<?> next(List<Call<?>> kept) {
    Call<?> waiting = queue.poll();
    boolean alone = crowd < CROWD || kept.size() >= crowd;
    return waiting != null || alone ? waiting : queue.poll(GATHERING);
  }

  private boolean room(List<Call<?>> kept, long since) {
    return kept.size() < limits.batchWorks()
        && clock.nanoTime() - since < limits.batchTime().toNanos();
  }

  /** Runs works together once more, with savepoints; gives those that are kept. */
  private List<Call<?>> runAgain(List<Call<?>> neighbours) {
    careful = CAREFUL_BATCHES;
    List<Call<?>> kept = new ArrayList<>();
    for (Call<?> call : neighbours) {
      switch (runOne(call)) {
        case KEPT -> kept.add(call);
        case UNDONE -> {}
        case TRANSACTION_LOST -> {
          List<Call<?>> lost = List.copyOf(kept);
          kept.clear();
          lost.forEach(this::runAlone);
        }
      }
    }
    return kept;
  }

  private void runAlone(Call<?> call) {
    if (runOne(call) == Outcome.KEPT) {
      commit(List.of(call));
    }
  }

  /** The first work of a transaction needs no savepoint: undoing it is undoing all. */
  private Outcome runOne(Call<?> call) {
    boolean first = !inTransaction;
    boolean savepoint = !first && careful > 0;
    Session writer;
    try {
      writer = begun();
      if (savepoint) {
        writer.execute("savepoint work");
      }
    } catch (SQLException failure) {
      boolean lost = inTransaction;
      discard();
      call.fail(unavailable(call.name() + ": no transaction could be begun", failure));
      return lost ? Outcome.TRANSACTION_LOST : Outcome.UNDONE;
    }
    var tx = new SqlTx(call.name(), writer, dialect, watch);
    Throwable failure = attempt(call, tx);
    if (failure == null) {
      failure = release(call, writer, savepoint);
    }
    if (failure == null) {
      return Outcome.KEPT;
    }
    call.fail(failure);
    if (!first && !savepoint && !tx.wrote() && !watch.overran()) {
      return Outcome.UNDONE;
    }
    return undo(writer, first, savepoint);
  }

  private @Nullable Throwable attempt(Call<?> call, SqlTx tx) {
    Throwable failure = null;
    watch.started();
    try {
      call.run(tx);
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    }
    long nanos = watch.finished();
    tx.end();
    if (watch.overran()) {
      boolean interrupted = Thread.interrupted();
      LOG.warn(
          "{} was ended after {} ms (interrupted: {})",
          call.name(),
          nanos / 1_000_000,
          interrupted);
      failure = watch.tooSlow(call.name());
    } else if (tx.failure() != null) {
      failure = tx.failure();
      if (failure instanceof StoreUnavailable) {
        health.failed(String.valueOf(failure.getMessage()));
      }
    }
    listener.workEnded(StoreListener.Lane.WRITER, call.name(), nanos, failure == null);
    return failure;
  }

  private @Nullable Throwable release(Call<?> call, Session writer, boolean savepoint) {
    if (!savepoint) {
      return null;
    }
    try {
      writer.execute("release savepoint work");
      return null;
    } catch (SQLException failure) {
      return unavailable(call.name() + ": its savepoint was lost", failure);
    }
  }

  /**
   * An interrupt may still be on its way to the server, so that an overrun work's session is not
   * used again.
   */
  private Outcome undo(Session writer, boolean first, boolean savepoint) {
    if (watch.overran()) {
      discard();
      return Outcome.TRANSACTION_LOST;
    }
    try {
      if (savepoint) {
        writer.execute("rollback to savepoint work");
        writer.execute("release savepoint work");
      } else {
        writer.execute("rollback");
        inTransaction = false;
      }
      return first || savepoint ? Outcome.UNDONE : Outcome.TRANSACTION_LOST;
    } catch (SQLException failure) {
      if (dialect.alreadyRolledBack(failure)) {
        inTransaction = false;
      } else {
        discard();
      }
      return Outcome.TRANSACTION_LOST;
    }
  }

  private void commit(List<Call<?>> calls) {
    long since = clock.nanoTime();
    try {
      session().execute("commit");
      inTransaction = false;
    } catch (SQLException failure) {
      if (!committedAfterAll(failure)) {
        rollBackAfter(failure, calls);
        return;
      }
    }
    listener.batchCommitted(calls.size(), clock.nanoTime() - since);
    if (calls.stream().anyMatch(call -> call.changes() > 0)) {
      health.wrote();
    }
    calls.forEach(this::answer);
  }

  private void answer(Call<?> call) {
    for (Runnable effect : call.effects()) {
      try {
        effect.run();
      } catch (RuntimeException failure) {
        LOG.error("{}: an effect after the commit failed", call.name(), failure);
      }
    }
    call.succeed();
  }

  /** A connection lost during COMMIT leaves open whether it was done: ask. */
  private boolean committedAfterAll(SQLException failure) {
    if (!dialect.connectionLost(failure)) {
      return false;
    }
    discard();
    try {
      Optional<Boolean> committed = dialect.committed(session(), token);
      if (committed.isEmpty()) {
        LOG.error("a COMMIT gave no answer and its outcome cannot be known", failure);
      }
      return committed.orElse(false);
    } catch (SQLException again) {
      LOG.error("a COMMIT gave no answer and its outcome cannot be asked for", again);
      discard();
      return false;
    }
  }

  private void rollBackAfter(SQLException failure, List<Call<?>> calls) {
    listener.batchFailed(calls.size());
    StoreUnavailable unavailable = unavailable("COMMIT failed", failure);
    if (inTransaction) {
      try {
        session().execute("rollback");
        inTransaction = false;
      } catch (SQLException again) {
        if (dialect.alreadyRolledBack(again)) {
          inTransaction = false;
        } else {
          discard();
        }
      }
    }
    calls.forEach(call -> call.fail(unavailable));
  }

  private StoreUnavailable unavailable(String what, SQLException failure) {
    health.failed(what + ": " + failure.getMessage());
    return new StoreUnavailable(what + ": " + failure.getMessage(), failure);
  }

  /** The session inside a transaction; a connection that died while it was idle is made anew. */
  private Session begun() throws SQLException {
    if (inTransaction) {
      return session();
    }
    boolean fresh = session == null;
    try {
      token = dialect.begin(session());
    } catch (SQLException failure) {
      discard();
      if (fresh || !dialect.connectionLost(failure)) {
        throw failure;
      }
      token = dialect.begin(session());
    }
    inTransaction = true;
    return session();
  }

  private Session session() throws SQLException {
    Session open = session;
    if (open == null) {
      open = new Session(dialect.openWriter());
      session = open;
    }
    return open;
  }

  private void discard() {
    Session open = session;
    session = null;
    inTransaction = false;
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
        LOG.warn("a slow statement could not be interrupted", failure);
      }
    }
    thread.interrupt();
  }

  /** Needs new pages, so that it fails on a full disk as any write would. */
  private void probe() {
    try {
      var unused =
          queue.submit(
              "store.probe",
              tx -> {
                tx.update("delete from store_probe");
                return tx.update(
                    "insert into store_probe(id, filling) values (1, ?)", PROBE_FILLING);
              });
    } catch (StoreUnavailable full) {
      health.failed(String.valueOf(full.getMessage()));
    }
  }

  private enum Outcome {
    KEPT,
    UNDONE,
    TRANSACTION_LOST
  }
}
