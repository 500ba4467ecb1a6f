package dev.parley.kit.journal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.kit.test.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal and its readers keep on every store. */
@Timeout(60)
abstract class JournalContract {
  private static final Executor CALLERS = task -> Thread.ofVirtual().start(task);
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 2));
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  final FakeClock clock = new FakeClock();
  private final InMemoryBus bus = new InMemoryBus();
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Opens the store of this test; again the same store when called again. */
  abstract Database openStore(StoreOptions options);

  Database open() {
    Database database = openStore(StoreOptions.with(clock));
    opened.add(database);
    return database;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    bus.close();
  }

  @Test
  void positionsRiseByOneAndFactsComeBackWhole() {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    assertThat(journal.head()).isZero();
    var fact = new Fact(RESOURCE, "test.fact", "sub'ject", clock.now(), "{\"ü\":1}");
    assertThat(append(database, journal, fact)).isEqualTo(1);
    assertThat(append(database, journal, fact)).isEqualTo(2);
    assertThat(journal.after(0, 10)).containsExactly(new Entry(1, fact), new Entry(2, fact));
    assertThat(journal.after(1, 10)).containsExactly(new Entry(2, fact));
    assertThat(journal.after(0, 1)).hasSize(1);
    assertThat(journal.head()).isEqualTo(2);
  }

  @Test
  void undoneFactLeavesNoHole() {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    assertThatThrownBy(() ->
            database.write(
                "t",
                tx -> {
                  long unused = journal.append(tx, fact("a"));
                  throw new IllegalArgumentException("no");
                }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(append(database, journal, fact("b"))).isEqualTo(1);
  }

  @Test
  void overlappingTransactionsOfTwoProcessesNeverLetAReaderSkip() throws Exception {
    Database one = open();
    Database two = open();
    var journal = new SqlJournal(one, bus);
    var appended = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    CompletableFuture<Long> first =
        CompletableFuture.supplyAsync(
            () ->
                one.write(
                    "t",
                    tx -> {
                      long position = journal.append(tx, fact("first"));
                      appended.countDown();
                      await(release);
                      return position;
                    }),
            CALLERS);
    appended.await();
    CompletableFuture<Long> second =
        CompletableFuture.supplyAsync(() -> append(two, journal, fact("second")), CALLERS);
    assertThat(journal.after(0, 10)).isEmpty();
    assertThat(second).isNotDone();
    release.countDown();
    assertThat(first.get(20, SECONDS)).isEqualTo(1);
    assertThat(second.get(20, SECONDS)).isEqualTo(2);
    assertThat(journal.after(0, 10)).extracting(Entry::position).containsExactly(1L, 2L);
  }

  @Test
  void readerThatFollowsTwoProcessesSeesEveryPositionOnce() throws Exception {
    Database one = open();
    Database two = open();
    var journal = new SqlJournal(one, bus);
    int each = 40;
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (Database database : List.of(one, two, one, two)) {
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int turn = 0; turn < each; turn++) {
                  long unused = append(database, journal, fact("s"));
                }
              },
              CALLERS));
    }
    List<Long> seen = new ArrayList<>();
    while (seen.size() < 4 * each) {
      long from = seen.isEmpty() ? 0 : seen.getLast();
      journal.after(from, 7).forEach(entry -> seen.add(entry.position()));
      writers.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
    }
    assertThat(seen)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 4 * each).boxed().toList());
  }

  @Test
  void readerIsWokenInOrderAndGoesOnWhereItStopped() throws Exception {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    append(database, journal, fact("1"));
    var seen = new LinkedBlockingQueue<Long>();
    try (JournalReader reader = reader(database, journal, "r", page -> note(seen, page))) {
      assertThat(seen.poll(20, SECONDS)).isEqualTo(1);
      append(database, journal, fact("2"));
      assertThat(seen.poll(20, SECONDS)).isEqualTo(2);
      assertThat(reader.skipped()).isZero();
    }
    append(database, journal, fact("3"));
    try (JournalReader again = reader(database, journal, "r", page -> note(seen, page))) {
      assertThat(seen.poll(20, SECONDS)).isEqualTo(3);
      assertThat(again.lag()).isLessThanOrEqualTo(1);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void readerFindsByPollingWhatNoWakeUpToldIt() throws Exception {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    var mute = new SqlJournal(database, new InMemoryBus());
    var seen = new LinkedBlockingQueue<Long>();
    try (JournalReader reader = reader(database, journal, "r", page -> note(seen, page))) {
      append(database, journal, fact("1"));
      assertThat(seen.poll(20, SECONDS)).isEqualTo(1);
      append(database, mute, fact("2"));
      Long next = null;
      while (next == null) {
        clock.advance(JournalReader.Settings.DEFAULTS.poll());
        next = seen.poll(10, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
      assertThat(next).isEqualTo(2);
      assertThat(reader.position()).isBetween(1L, 2L);
    }
  }

  @Test
  void handlerThatThrowsGetsTheSamePageAgainAfterAPause() throws Exception {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    append(database, journal, fact("1"));
    var attempts = new AtomicInteger();
    var failed = new CountDownLatch(1);
    var seen = new LinkedBlockingQueue<Long>();
    JournalReader.Handler handler =
        page -> {
          if (attempts.incrementAndGet() == 1) {
            failed.countDown();
            throw new IllegalStateException("not now");
          }
          note(seen, page);
        };
    try (JournalReader reader = reader(database, journal, "r", handler)) {
      failed.await();
      Long next = null;
      while (next == null) {
        clock.advance(JournalReader.Settings.DEFAULTS.firstPause());
        next = seen.poll(10, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
      assertThat(next).isEqualTo(1);
      assertThat(attempts).hasValue(2);
      assertThat(reader.name()).isEqualTo("r");
    }
  }

  @Test
  void readerOfSomeTypesIsWokenAndHandedOnlyThose() throws Exception {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    append(database, journal, fact("1"));
    append(database, journal, typed("test.wanted", "2"));
    var pages = new LinkedBlockingQueue<List<Long>>();
    try (JournalReader reader = readerOf(database, journal, Set.of("test.wanted"), pages)) {
      assertThat(pages.poll(20, SECONDS)).containsExactly(2L);
      append(database, journal, fact("3"));
      assertThat(reader.lag()).isZero();
      append(database, journal, typed("test.wanted", "4"));
      assertThat(pages.poll(20, SECONDS)).containsExactly(4L);
      append(database, journal, fact("5"));
      assertThat(reader.skipped()).isZero();
    }
    append(database, journal, fact("6"));
    try (JournalReader again = readerOf(database, journal, Set.of("test.wanted"), pages)) {
      append(database, journal, typed("test.wanted", "7"));
      assertThat(pages.poll(20, SECONDS)).containsExactly(7L);
      assertThat(again.skipped()).isZero();
    }
    assertThat(pages).isEmpty();
  }

  private JournalReader readerOf(
      Database database,
      SqlJournal journal,
      Set<String> types,
      LinkedBlockingQueue<List<Long>> pages) {
    var around = new JournalReader.Surroundings(database, bus, clock);
    return new JournalReader(
        "some",
        journal,
        around,
        JournalReader.Settings.DEFAULTS.types(types),
        page -> pages.add(page.stream().map(Entry::position).toList()));
  }

  /** From memory and, after a change that empties it, from the store. */
  @ParameterizedTest(name = "forgotten: {0}")
  @ValueSource(booleans = {false, true})
  void lookForSomeTypesPassesTheOthersAndSaysHowFar(boolean forgotten) {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    for (int number = 1; number <= 9; number++) {
      append(database, journal, typed(number % 3 == 0 ? "test.wanted" : "test.other", "s"));
    }
    if (forgotten) {
      int unused = database.write("t", tx -> journal.eraseSubject(tx, RESOURCE, "nobody"));
      int trimmed = database.write("t", tx -> journal.trim(tx, 2));
      assertThat(trimmed).isEqualTo(2);
    }
    Set<String> wanted = Set.of("test.wanted", "test.never");
    Journal.Page all = journal.after(0, wanted, 100);
    assertThat(all.entries()).extracting(Entry::position).containsExactly(3L, 6L, 9L);
    assertThat(all.through()).isEqualTo(9);
    assertThat(all.more()).isFalse();
    assertThat(all.missing()).isEqualTo(forgotten ? 2 : 0);
    List<Long> seen = new ArrayList<>();
    Journal.Page page = journal.after(0, wanted, 2);
    while (page.through() < 9) {
      page.entries().forEach(entry -> seen.add(entry.position()));
      page = journal.after(page.through(), wanted, 2);
    }
    page.entries().forEach(entry -> seen.add(entry.position()));
    assertThat(seen).containsExactly(3L, 6L, 9L);
    assertThat(journal.after(9, wanted, 2)).isEqualTo(new Journal.Page(0, List.of(), 9, false));
    assertThat(journal.count(0, wanted)).isEqualTo(3);
    assertThat(journal.count(3, Set.of())).isEqualTo(6);
  }

  @Test
  void newReaderMayStartAtTheEnd() throws Exception {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    append(database, journal, fact("1"));
    var seen = new LinkedBlockingQueue<Long>();
    var settings = JournalReader.Settings.DEFAULTS.start(JournalReader.Start.NEWEST);
    var around = new JournalReader.Surroundings(database, bus, clock);
    try (var reader = new JournalReader("r", journal, around, settings, page -> note(seen, page))) {
      append(database, journal, fact("2"));
      assertThat(seen.poll(20, SECONDS)).isEqualTo(2);
      assertThat(reader.skipped()).isZero();
    }
  }

  @Test
  void trimmingWaitsForLiveReadersAndNotForThoseThatAreGone() {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    var cursors = new JournalCursors(database, clock);
    var trimmer = new JournalTrimmer(journal, database, clock, DAY, WEEK);
    for (int number = 0; number < 10; number++) {
      append(database, journal, fact("s"));
    }
    long unused = cursors.open("slow", JournalReader.Start.OLDEST);
    long alsoUnused = cursors.open("fast", JournalReader.Start.OLDEST);
    cursors.save("slow", 4);
    cursors.save("fast", 10);
    assertThat(trimmer.trim()).isZero();
    clock.advance(DAY.plusMillis(1));
    assertThat(trimmer.trim()).isEqualTo(4);
    assertThat(journal.after(0, 100)).hasSize(6);
    clock.advance(WEEK);
    cursors.save("fast", 9);
    append(database, journal, fact("young"));
    assertThat(trimmer.trim()).isEqualTo(6);
    assertThat(journal.after(0, 100)).extracting(Entry::position).containsExactly(11L);
    assertThat(append(database, journal, fact("s"))).isEqualTo(12);
  }

  @Test
  void erasingASubjectEmptiesItsBodiesOnly() {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    append(database, journal, fact("alice"));
    append(database, journal, fact("bob"));
    var foreign = new ResourceId(new UUID(3, 4));
    append(database, journal, new Fact(foreign, "test.fact", "alice", clock.now(), "{\"a\":1}"));
    int erased = database.write("t", tx -> journal.eraseSubject(tx, RESOURCE, "alice"));
    assertThat(erased).isEqualTo(1);
    assertThat(journal.after(0, 10))
        .extracting(entry -> entry.fact().body())
        .containsExactly("{}", "{\"a\":1}", "{\"a\":1}");
  }

  /** Appends, reads, saves, ages and trims in any order: no reader ever misses or repeats one. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void liveReadersSeeEveryEntryOnceWhateverIsTrimmed(long seed) {
    Database database = open();
    var journal = new SqlJournal(database, bus);
    var cursors = new JournalCursors(database, clock);
    var trimmer = new JournalTrimmer(journal, database, clock, DAY, WEEK.multipliedBy(1000));
    var random = new Random(seed);
    long[] reached = {
      cursors.open("a", JournalReader.Start.OLDEST), cursors.open("b", JournalReader.Start.OLDEST)
    };
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> append(database, journal, fact("s" + step));
        case 2 -> clock.advance(Duration.ofHours(random.nextInt(20)));
        case 3 -> trimmer.trim();
        default -> {
          int who = random.nextInt(2);
          List<Entry> page = journal.after(reached[who], 1 + random.nextInt(4));
          for (Entry entry : page) {
            assertThat(entry.position())
                .as("seed %s step %s", seed, step)
                .isEqualTo(++reached[who]);
          }
          cursors.save(who == 0 ? "a" : "b", reached[who]);
        }
      }
    }
    List<Entry> left = journal.after(0, 1000);
    if (!left.isEmpty()) {
      assertThat(left.getLast().position()).as("seed %s", seed).isEqualTo(journal.head());
    }
  }

  private JournalReader reader(
      Database database, SqlJournal journal, String name, JournalReader.Handler handler) {
    var around = new JournalReader.Surroundings(database, bus, clock);
    return new JournalReader(name, journal, around, JournalReader.Settings.DEFAULTS, handler);
  }

  private static void note(LinkedBlockingQueue<Long> seen, List<Entry> page) {
    page.forEach(entry -> seen.add(entry.position()));
  }

  private Fact fact(String subject) {
    return typed("test.fact", subject);
  }

  private Fact typed(String type, String subject) {
    return new Fact(RESOURCE, type, subject, clock.now(), "{\"a\":1}");
  }

  private static long append(Database database, Journal journal, Fact fact) {
    return database.write("test.append", tx -> journal.append(tx, fact));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
