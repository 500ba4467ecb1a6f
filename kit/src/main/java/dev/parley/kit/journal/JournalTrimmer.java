package dev.parley.kit.journal;

import dev.parley.kit.base.Clock;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Removes old entries from the journal's beginning: those older than the retention that every live
 * reader has passed. A reader that was not seen for {@code readerGone} is taken for stopped for
 * good and holds nothing back any more.
 */
public final class JournalTrimmer {
  /** Entries per transaction, so that writers wait only shortly. */
  private static final int PAGE = 500;

  private final SqlJournal journal;
  private final Database database;
  private final Clock clock;
  private final Duration retention;
  private final Duration readerGone;

  public JournalTrimmer(
      SqlJournal journal, Database database, Clock clock, Duration retention, Duration readerGone) {
    this.journal = journal;
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.readerGone = readerGone;
  }

  /** Removes what may go now and gives the number of entries removed. */
  public long trim() {
    long removed = 0;
    int page = PAGE;
    while (page == PAGE) {
      page = database.write("journal.trim", this::trimPage);
      removed += page;
    }
    return removed;
  }

  private int trimPage(Tx tx) {
    Instant cutoff = clock.now().minus(retention);
    long through = oldestRun(tx, slowestReader(tx), cutoff);
    return through == 0 ? 0 : journal.trim(tx, through);
  }

  /** The position that every live reader has passed; without readers, the head. */
  private long slowestReader(Reading reading) {
    return reading
        .first(
            "select coalesce((select min(position) from journal_cursor where seen_at > ?),"
                + " "
                + SqlJournal.HEAD
                + ")",
            row -> row.number(1),
            clock.now().minus(readerGone))
        .orElseThrow();
  }

  /** Where the run of old entries at the beginning ends, or 0; entries never leave a hole. */
  private static long oldestRun(Reading reading, long upTo, Instant cutoff) {
    List<Aged> oldest =
        reading.list(
            "select position, happened_at from journal where position <= ?"
                + " order by position limit ?",
            row -> new Aged(row.number(1), row.instant(2)),
            upTo,
            PAGE);
    return oldest.stream()
        .takeWhile(entry -> entry.at().isBefore(cutoff))
        .mapToLong(Aged::position)
        .max()
        .orElse(0);
  }

  private record Aged(long position, Instant at) {}
}
