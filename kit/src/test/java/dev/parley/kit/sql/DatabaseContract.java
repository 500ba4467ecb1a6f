package dev.parley.kit.sql;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.StoreObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store keeps, whatever is below it. The clock stands still unless a test moves it. */
@Timeout(60)
abstract class DatabaseContract {
  static final Migrations CONTRACT =
      Migrations.of("dev/parley/kit/test/migrations", "V900_001__contract.sql");
  private static final Executor CALLERS = task -> Thread.ofVirtual().start(task);
  private static final String ENDLESS =
      "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c";

  final FakeClock clock = new FakeClock();
  final StoreObserver observer = new StoreObserver();
  private final List<Database> opened = new ArrayList<>();

  /** Opens the store of this test; again the same store when called again. */
  abstract Database openStore(StoreOptions options);

  StoreOptions options() {
    return StoreOptions.with(clock, CONTRACT).listener(observer);
  }

  Database open(StoreOptions options) {
    Database database = openStore(options);
    opened.add(database);
    return database;
  }

  Database open() {
    return open(options());
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Database::close);
  }

  @Test
  void everyTypeComesBackAsItWent() {
    Database database = open();
    byte[] bytes = {0, 1, -1};
    UUID id = new UUID(5, 6);
    Instant instant = Instant.parse("2026-01-02T03:04:05.678Z");
    String insert = "insert into every_type values (?, ?, ?, ?, ?, ?)";
    database.write("t", tx -> tx.update(insert, "üñí '\"", 1L << 60, true, bytes, id, instant));
    database.write("t", tx -> tx.update(insert, null, null, false, null, new ResourceId(id), null));
    List<String> rows =
        database.read(
            "t",
            reading ->
                reading.list(
                    "select * from every_type order by a_flag desc",
                    row ->
                        row.textOrNull(1)
                            + row.numberOrNull(2)
                            + row.flag(3)
                            + (row.bytesOrNull(4) == null ? "none" : row.bytes(4).length)
                            + row.uuid(5)
                            + row.instantOrNull(6)));
    assertThat(rows)
        .containsExactly(
            "üñí '\"" + (1L << 60) + "true3" + id + instant, "nullnullfalsenone" + id + "null");
    assertThatThrownBy(() ->
            database.read(
                "t",
                reading ->
                    reading.list(
                        "select a_text from every_type where a_text is null", row -> row.text(1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() throws Exception {
    Database first = open();
    int writers = 32;
    int each = 20;
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int start = writer * each;
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int id = start; id < start + each; id++) {
                  insert(first, id);
                }
              },
              CALLERS));
    }
    for (CompletableFuture<Void> caller : callers) {
      caller.get(30, SECONDS);
    }
    first.close();
    assertThat(notes(open())).hasSize(writers * each);
  }

  @Test
  void throwingCallerUndoesOnlyItself() throws Exception {
    Database database = open();
    var blocked = new Blocked(database);
    CompletableFuture<Integer> before = insertLater(database, 1);
    observer.awaitQueued(2);
    CompletableFuture<Integer> throwing =
        writeLater(
            database,
            tx -> {
              tx.update("insert into note(id) values (2)");
              throw new IllegalArgumentException("mine");
            });
    observer.awaitQueued(3);
    CompletableFuture<Integer> after = insertLater(database, 3);
    observer.awaitQueued(4);
    blocked.release();
    before.get(10, SECONDS);
    after.get(10, SECONDS);
    assertThatThrownBy(() -> throwing.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(notes(database)).containsExactly(0L, 1L, 3L);
    assertThat(observer.committed()).containsExactly(3);
  }

  @Test
  void callerThatBreaksAKeyIsUndoneEvenWhenItCatchesTheFailure() {
    Database database = open();
    insert(database, 1);
    assertThatThrownBy(() ->
            database.write(
                "t",
                tx -> {
                  tx.update("insert into note(id) values (2)");
                  try {
                    return tx.update("insert into note(id) values (1)");
                  } catch (StatementFailed swallowed) {
                    return 0;
                  }
                }))
        .isInstanceOfSatisfying(
            StatementFailed.class, failure -> assertThat(failure.constraint()).isTrue());
    assertThatThrownBy(() -> database.write("t", tx -> tx.update("no such word")))
        .isInstanceOfSatisfying(
            StatementFailed.class, failure -> assertThat(failure.constraint()).isFalse());
    assertThat(notes(database)).containsExactly(1L);
    assertThat(database.health().writable()).isTrue();
  }

  @Test
  void neighboursRunAgainOnlyWhenSomebodyHadWrittenBeforeFailing() throws Exception {
    Database database = open();
    assertThat(runsOfANeighbour(database, 10, tx -> 0)).isEqualTo(1);
    assertThat(runsOfANeighbour(database, 20, tx -> tx.update("delete from note where id = 99")))
        .isEqualTo(1);
    assertThat(runsOfANeighbour(database, 30, tx -> tx.update("insert into note(id) values (99)")))
        .isEqualTo(2);
    assertThat(runsOfANeighbour(database, 40, tx -> tx.update("insert into note(id) values (99)")))
        .as("there are savepoints for a while")
        .isEqualTo(1);
    assertThat(notes(database)).containsExactly(10L, 11L, 20L, 21L, 30L, 31L, 40L, 41L);
  }

  /** How often a work ran after which, in the same batch, another does something and throws. */
  private int runsOfANeighbour(Database database, long id, Database.TxWork<Integer> something)
      throws Exception {
    var blocked = new Blocked(database, id);
    int queued = observer.queued();
    var runs = new AtomicInteger();
    CompletableFuture<Integer> neighbour =
        writeLater(
            database,
            tx -> {
              runs.incrementAndGet();
              return tx.update("insert into note(id) values (?)", id + 1);
            });
    observer.awaitQueued(queued + 1);
    CompletableFuture<Integer> throwing =
        writeLater(
            database,
            tx -> {
              int unused = something.run(tx);
              throw new IllegalArgumentException("mine");
            });
    observer.awaitQueued(queued + 2);
    blocked.release();
    assertThat(neighbour.get(10, SECONDS)).isEqualTo(1);
    assertThatThrownBy(() -> throwing.get(10, SECONDS))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
    return runs.get();
  }

  @Test
  void statementsThatMayWaitRunInOrderAndBeforeAllThatFollows() {
    Database database = open();
    List<Integer> counts =
        database.write(
            "t",
            tx -> {
              tx.soon("insert into note(id, words) values (?, ?)", 1, "one");
              tx.soon("insert into note(id, words) values (?, ?)", 2, "two");
              int read = count(tx);
              tx.soon("update note set words = ? where id = ?", "changed", 2);
              int changed = tx.update("update note set words = 'new' where words = 'changed'");
              tx.soon("insert into note(id) values (3)");
              return List.of(read, changed);
            });
    assertThat(counts).containsExactly(2, 1);
    assertThat(notes(database)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void waitingStatementThatFailsUndoesItsCallerAlone() throws Exception {
    Database database = open();
    var blocked = new Blocked(database);
    CompletableFuture<Integer> before = insertLater(database, 1);
    observer.awaitQueued(2);
    CompletableFuture<Integer> failing =
        writeLater(
            database,
            tx -> {
              tx.soon("insert into note(id) values (2)");
              tx.soon("insert into note(id) values (1)");
              return 1;
            });
    observer.awaitQueued(3);
    CompletableFuture<Integer> after = insertLater(database, 3);
    observer.awaitQueued(4);
    blocked.release();
    before.get(10, SECONDS);
    after.get(10, SECONDS);
    assertThatThrownBy(() -> failing.get(10, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            StatementFailed.class, failure -> assertThat(failure.constraint()).isTrue());
    assertThat(notes(database)).containsExactly(0L, 1L, 3L);
  }

  @Test
  void slowCallerIsEndedAndItsNeighboursAreKept() throws Exception {
    Database database = open();
    var blocked = new Blocked(database);
    var runs = new AtomicInteger();
    CompletableFuture<Integer> before =
        writeLater(
            database,
            tx -> {
              runs.incrementAndGet();
              return tx.update("insert into note(id) values (1)");
            });
    observer.awaitQueued(2);
    var slowStarted = new CountDownLatch(1);
    CompletableFuture<Integer> slow =
        writeLater(
            database,
            tx -> {
              int rows = tx.update("insert into note(id) values (2)");
              slowStarted.countDown();
              waitForInterrupt();
              return rows;
            });
    observer.awaitQueued(3);
    CompletableFuture<Integer> after = insertLater(database, 3);
    observer.awaitQueued(4);
    blocked.release();
    slowStarted.await();
    clock.advance(StoreLimits.DEFAULTS.workLimit());
    assertThatThrownBy(() -> slow.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailable.class);
    before.get(10, SECONDS);
    after.get(10, SECONDS);
    assertThat(notes(database)).containsExactly(0L, 1L, 3L);
    assertThat(runs).hasValue(2);
    assertThat(database.health().writable()).isTrue();
  }

  @Test
  void slowStatementIsInterrupted() throws Exception {
    Database database = open();
    var started = new CountDownLatch(1);
    CompletableFuture<Integer> slow =
        writeLater(
            database,
            tx -> {
              started.countDown();
              return tx.list(ENDLESS, row -> row.number(1)).size();
            });
    started.await();
    advanceUntilDone(slow);
    assertThatThrownBy(() -> slow.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailable.class);
    insert(database, 1);
    assertThat(notes(database)).containsExactly(1L);
  }

  @Test
  void failedCommitFailsItsBatchAndTheNextOneWorks() throws Exception {
    Database database = open();
    var blocked = new Blocked(database);
    CompletableFuture<Integer> innocent = insertLater(database, 1);
    observer.awaitQueued(2);
    CompletableFuture<Integer> breaking =
        writeLater(database, tx -> tx.update("insert into reply(id, note) values (1, 99)"));
    observer.awaitQueued(3);
    blocked.release();
    assertThatThrownBy(() -> innocent.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> breaking.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(blocked::get).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(observer.failed()).containsExactly(3);
    assertThat(database.health().writable()).isFalse();
    insert(database, 4);
    assertThat(notes(database)).containsExactly(4L);
    assertThat(database.health().writable()).isTrue();
  }

  @Test
  void redStoreTurnsGreenByItsOwnProbe() {
    Database database = open();
    assertThatThrownBy(() ->
            database.write("t", tx -> tx.update("insert into reply(id, note) values (1, 99)")))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(database.health().writable()).isFalse();
    clock.advance(StoreLimits.DEFAULTS.probeEvery());
    observer.awaitWritable(true);
    assertThat(database.health().writable()).isTrue();
  }

  @Test
  void fullQueueRefusesAtOnce() throws Exception {
    Database database = open(options().limits(StoreLimits.DEFAULTS.withWriteQueue(2)));
    var blocked = new Blocked(database);
    CompletableFuture<Integer> first = insertLater(database, 1);
    CompletableFuture<Integer> second = insertLater(database, 2);
    observer.awaitQueued(3);
    assertThatThrownBy(() -> insert(database, 3)).isInstanceOf(StoreUnavailable.class);
    assertThat(observer.turnedAway()).hasSize(1);
    blocked.release();
    first.get(10, SECONDS);
    second.get(10, SECONDS);
    assertThat(notes(database)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void callerThatWaitedTooLongIsTurnedAwayAndNeverRuns() throws Exception {
    Duration wait = Duration.ofSeconds(2);
    Database database = open(options().limits(StoreLimits.DEFAULTS.withWaitLimit(wait)));
    var blocked = new Blocked(database);
    CompletableFuture<Integer> late = insertLater(database, 1);
    observer.awaitQueued(2);
    clock.advance(wait);
    assertThatThrownBy(() -> late.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailable.class);
    blocked.release();
    assertThat(blocked.get()).isEqualTo(1);
    assertThat(notes(database)).containsExactly(0L);
  }

  @Test
  void effectsRunAfterTheCommitAndOnlyThen() {
    Database database = open();
    var seen = new AtomicReference<List<Integer>>(List.of());
    database.write(
        "t",
        tx -> {
          tx.afterCommit(() -> seen.set(observer.committed()));
          return tx.update("insert into note(id) values (1)");
        });
    assertThat(seen.get()).containsExactly(1);
    seen.set(List.of(-1));
    assertThatThrownBy(() ->
            database.write(
                "t",
                tx -> {
                  tx.afterCommit(() -> seen.set(List.of()));
                  throw new IllegalArgumentException("no");
                }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(seen.get()).containsExactly(-1);
  }

  @Test
  void transactionsAreNeitherNestedNorKept() {
    Database database = open();
    assertThatThrownBy(() -> database.write("t", tx -> database.write("u", inner -> 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> database.write("t", tx -> database.read("u", inner -> 1)))
        .isInstanceOf(IllegalStateException.class);
    Tx kept = database.write("t", tx -> tx);
    assertThatThrownBy(() -> kept.update("delete from note"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readersSeeOneSnapshotAndCannotWrite() {
    Database database = open();
    insert(database, 1);
    List<Integer> counts =
        database.read(
            "t",
            reading -> {
              int before = count(reading);
              insertOnOtherThread(database, 2);
              return List.of(before, count(reading));
            });
    assertThat(counts).containsExactly(1, 1);
    assertThat(notes(database)).containsExactly(1L, 2L);
    assertThatThrownBy(() ->
            database.read(
                "t",
                reading ->
                    reading.list(
                        "insert into note(id) values (9) returning id", row -> row.number(1))))
        .isInstanceOf(RuntimeException.class);
    assertThat(notes(database)).containsExactly(1L, 2L);
  }

  @Test
  void closedStoreRefuses() {
    Database database = open();
    database.close();
    assertThatThrownBy(() -> insert(database, 1)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> notes(database)).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void closingFinishesWhatWasAccepted() throws Exception {
    Database database = open();
    var blocked = new Blocked(database);
    CompletableFuture<Integer> accepted = insertLater(database, 1);
    observer.awaitQueued(2);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(database::close, CALLERS);
    blocked.release();
    closing.get(10, SECONDS);
    accepted.get(10, SECONDS);
    assertThat(notes(open())).containsExactly(0L, 1L);
  }

  @Test
  void schemaOfANewerProgramIsRefused() {
    open().close();
    assertThatThrownBy(() -> open(StoreOptions.with(clock)))
        .isInstanceOf(SchemaTooNew.class)
        .hasMessageContaining("V900_001__contract.sql");
  }

  @Test
  void featureAddedLaterIsMigratedInPlace() {
    open(StoreOptions.with(clock)).close();
    Database database = open();
    insert(database, 1);
    assertThat(notes(database)).containsExactly(1L);
  }

  @Test
  void editedMigrationIsNoticed() {
    open(StoreOptions.with(clock)).close();
    Database database = open();
    database.write("t", tx -> tx.update("update schema_history set checksum = 'other'"));
    database.close();
    assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writersOfTwoProcessesAreOrdered() throws Exception {
    Database one = open();
    Database two = open(StoreOptions.with(clock, CONTRACT));
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    insert(one, 0);
    for (Database database : List.of(one, two, one, two)) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int turn = 0; turn < 25; turn++) {
                  addOneToTheNumberRead(database);
                }
              },
              CALLERS));
    }
    for (CompletableFuture<Void> caller : callers) {
      caller.get(30, SECONDS);
    }
    assertThat(words(two)).isEqualTo("100");
  }

  void insert(Database database, long id) {
    int rows =
        database.write("test.insert", tx -> tx.update("insert into note(id) values (?)", id));
    assertThat(rows).isEqualTo(1);
  }

  CompletableFuture<Integer> insertLater(Database database, long id) {
    return writeLater(database, tx -> tx.update("insert into note(id) values (?)", id));
  }

  <T> CompletableFuture<T> writeLater(Database database, Database.TxWork<T> work) {
    return CompletableFuture.supplyAsync(() -> database.write("test.later", work), CALLERS);
  }

  List<Long> notes(Database database) {
    return database.read(
        "test.notes",
        reading -> reading.list("select id from note order by id", row -> row.number(1)));
  }

  private void insertOnOtherThread(Database database, long id) {
    assertThat(insertLater(database, id).join()).isEqualTo(1);
  }

  private static int count(Reading reading) {
    return reading.list("select id from note", row -> row.number(1)).size();
  }

  private static void addOneToTheNumberRead(Database database) {
    database.write(
        "test.count",
        tx -> {
          String words =
              tx.first("select words from note where id = 0", row -> row.text(1)).orElseThrow();
          long next = words.startsWith("it") ? 1 : Long.parseLong(words) + 1;
          return tx.update("update note set words = ? where id = 0", String.valueOf(next));
        });
  }

  private static String words(Database database) {
    return database.read(
        "test.words",
        reading ->
            reading.first("select words from note where id = 0", row -> row.text(1)).orElseThrow());
  }

  private static void waitForInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException("interrupted", ended);
    }
  }

  /** The statement may begin just after the watch first looked. */
  private void advanceUntilDone(CompletableFuture<?> slow) {
    clock.advance(StoreLimits.DEFAULTS.workLimit());
    while (!slow.isDone()) {
      clock.advance(Duration.ofMillis(100));
      Thread.yield();
    }
  }

  /**
   * Inserts a note, number 0 by default, and holds the writer until released, so that a test can
   * fill a batch.
   */
  final class Blocked {
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<Integer> work;

    Blocked(Database database) throws InterruptedException {
      this(database, 0);
    }

    Blocked(Database database, long id) throws InterruptedException {
      var running = new CountDownLatch(1);
      work =
          writeLater(
              database,
              tx -> {
                running.countDown();
                await(release);
                return tx.update("insert into note(id) values (?)", id);
              });
      running.await();
    }

    void release() {
      release.countDown();
    }

    int get() throws Exception {
      return work.get(10, SECONDS);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException ended) {
        throw new IllegalStateException(ended);
      }
    }
  }
}
