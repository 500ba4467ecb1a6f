package dev.parley.kit.journal;

import dev.parley.kit.base.Clock;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named reader of the journal with its own durable cursor and its own virtual thread. It hands
 * pages to its handler in order, and saves the cursor some time after the handler returned: each
 * entry is delivered at least once, and again only after a crash or when the handler threw. One
 * process at a time may run the reader of one name.
 */
public final class JournalReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

  private final String name;
  private final SqlJournal journal;
  private final JournalCursors cursors;
  private final Clock clock;
  private final Settings settings;
  private final Handler handler;
  private final Wakeup wakeup = new Wakeup();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Bus.Subscription> subscriptions;

  private volatile long position;
  private volatile long skipped;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;
  private long saved;
  private Instant savedAt = Instant.MIN;
  private int failures;

  /** Makes the reader and starts it. */
  public JournalReader(
      String name, SqlJournal journal, Surroundings around, Settings settings, Handler handler) {
    this.name = name;
    this.journal = journal;
    this.cursors = new JournalCursors(around.database(), around.clock());
    this.clock = around.clock();
    this.settings = settings;
    this.handler = handler;
    this.position = cursors.open(name, settings.start());
    this.saved = position;
    this.subscriptions =
        (settings.types().isEmpty() ? Set.of(">") : settings.types())
            .stream()
                .map(type ->
                    around.bus().subscribe(SqlJournal.SUBJECT + type, message -> wakeup.signal()))
                .toList();
    this.thread = Thread.ofVirtual().name("journal-" + name).start(this::run);
  }

  public String name() {
    return name;
  }

  /** The last position whose page was handled. */
  public long position() {
    return position;
  }

  /** Entries that it wants, are durable and not handled yet. */
  public long lag() {
    return journal.count(position, settings.types());
  }

  /** Entries that were trimmed before this reader came to them, since it started. */
  public long skipped() {
    return skipped;
  }

  /** Lets the page that is being handled finish, saves the cursor and ends. */
  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(Bus.Subscription::close);
    wakeup.close();
    if (Thread.currentThread() != thread) {
      try {
        ended.await();
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!closed) {
        step();
      }
      saveLast();
    } finally {
      ended.countDown();
    }
  }

  private void step() {
    try {
      if (!deliverPage()) {
        sayAlive();
        await();
      }
      failures = 0;
    } catch (RuntimeException failure) {
      failures++;
      Duration pause = settings.pauseAfter(failures);
      LOG.warn(
          "journal reader {} failed {} times at {}, again in {} ms",
          name,
          failures,
          position,
          pause.toMillis(),
          failure);
      waitOut(pause);
    }
  }

  /** Whether more waits: the page was full. What comes later wakes the reader. */
  private boolean deliverPage() {
    wakeup.clear();
    Journal.Page page = journal.after(position, settings.types(), settings.page());
    if (page.through() == position) {
      return false;
    }
    noteGap(page.missing());
    if (!page.entries().isEmpty()) {
      handler.on(page.entries());
    }
    position = page.through();
    saveWhenDue();
    return page.more();
  }

  private void noteGap(long missing) {
    if (missing > 0 && position > 0) {
      skipped += missing;
      LOG.warn("journal reader {}: {} entries were trimmed before it came to them", name, missing);
    }
  }

  /** A busy reader does not write a cursor for each page. */
  private void saveWhenDue() {
    if (saved != position && !savedAt.plus(settings.saveEvery()).isAfter(clock.now())) {
      save();
    }
  }

  /** A reader without work must not look as if it were gone. */
  private void sayAlive() {
    if (savedAt.plus(settings.sayAliveEvery()).isBefore(clock.now())) {
      save();
    }
  }

  private void saveLast() {
    try {
      if (saved != position) {
        save();
      }
    } catch (RuntimeException failure) {
      LOG.warn("journal reader {} ends without its cursor saved at {}", name, position, failure);
    }
  }

  private void save() {
    long reached = position;
    cursors.save(name, reached);
    saved = reached;
    savedAt = clock.now();
  }

  /** Waits for a fact, for the next look, or for the time to save what was handled. */
  private void await() {
    boolean behind = saved != position;
    Clock.Timer poll = clock.after(behind ? settings.saveEvery() : settings.poll(), wakeup::signal);
    wakeup.await();
    poll.cancel();
    saveWhenDue();
  }

  /** Unlike {@link #wait}, new facts do not cut this short. */
  private void waitOut(Duration pause) {
    var over = new Wakeup();
    wakeup.closes(over);
    Clock.Timer timer = clock.after(pause, over::signal);
    over.await();
    timer.cancel();
  }

  /** Where a reader whose name is new begins. */
  public enum Start {
    OLDEST,
    NEWEST
  }

  /** What a reader needs from its process. */
  public record Surroundings(Database database, Bus bus, Clock clock) {}

  /**
   * @param types of the facts it is woken for and handed; empty for all
   * @param page entries handed to the handler at once, at most
   * @param poll how long to wait when no wake-up comes; the bus may lose one
   * @param firstPause wait after the first failure in a row; doubles up to {@code longestPause}
   * @param saveEvery how long a cursor may lag behind what was handled: after a crash that much is
   *     delivered again
   * @param sayAliveEvery how often a reader without work says that it lives
   */
  public record Settings(
      Start start,
      Set<String> types,
      int page,
      Duration poll,
      Duration firstPause,
      Duration longestPause,
      Duration saveEvery,
      Duration sayAliveEvery) {
    /**
     * From the oldest entry, of all types, 256 at a time, a look every 5 s, 100 ms to 30 s between
     * failures, cursors saved each second.
     */
    public static final Settings DEFAULTS =
        new Settings(
            Start.OLDEST,
            Set.of(),
            256,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofHours(1));

    public Settings start(Start other) {
      return new Settings(
          other, types, page, poll, firstPause, longestPause, saveEvery, sayAliveEvery);
    }

    public Settings types(Set<String> wanted) {
      return new Settings(
          start, wanted, page, poll, firstPause, longestPause, saveEvery, sayAliveEvery);
    }

    public Settings page(int entries) {
      return new Settings(
          start, types, entries, poll, firstPause, longestPause, saveEvery, sayAliveEvery);
    }

    Duration pauseAfter(int failures) {
      Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
      return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
  }

  /** Takes pages of entries in order. */
  @FunctionalInterface
  public interface Handler {
    /** Handles {@code page}; when it throws, the same page comes again after a pause. */
    void on(List<Entry> page);
  }
}
