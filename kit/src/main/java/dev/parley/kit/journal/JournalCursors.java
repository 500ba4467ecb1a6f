package dev.parley.kit.journal;

import dev.parley.kit.base.Clock;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Tx;

/** How far each named reader has come, kept in the store. */
final class JournalCursors {
  private final Database database;
  private final Clock clock;

  JournalCursors(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The reader's position; a reader that is new starts where {@code start} says. */
  long open(String reader, JournalReader.Start start) {
    return database.write("journal.openCursor", tx -> openIn(tx, reader, start));
  }

  private long openIn(Tx tx, String reader, JournalReader.Start start) {
    long first =
        switch (start) {
          case OLDEST -> 0;
          case NEWEST -> tx.first("select " + SqlJournal.HEAD, row -> row.number(1)).orElseThrow();
        };
    tx.update(
        "insert into journal_cursor (reader, position, seen_at) values (?, ?, ?)"
            + " on conflict (reader) do update set seen_at = excluded.seen_at",
        reader,
        first,
        clock.now());
    return tx.first(
            "select position from journal_cursor where reader = ?", row -> row.number(1), reader)
        .orElseThrow();
  }

  /** Moves the cursor forward, never back, and says that the reader lives. */
  void save(String reader, long position) {
    database.write(
        "journal.saveCursor",
        tx ->
            tx.update(
                "update journal_cursor set seen_at = ?,"
                    + " position = case when position < ? then ? else position end"
                    + " where reader = ?",
                clock.now(),
                position,
                position,
                reader));
  }
}
