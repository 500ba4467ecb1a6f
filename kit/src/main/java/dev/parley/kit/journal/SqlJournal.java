package dev.parley.kit.journal;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The journal in SQL. A position is the one after the newest entry's, or after the newest that was
 * trimmed; writers of all processes take turns, so a position is never visible before a lower one,
 * on SQLite and on PostgreSQL alike.
 */
public final class SqlJournal implements Journal {
  /** After each commit a signal without payload is published to this and the fact's type. */
  static final String SUBJECT = "journal.";

  /** Entries that one look for some types passes at most. */
  private static final int SPAN = 4096;

  private static final byte[] NO_PAYLOAD = {};

  /** The newest position ever given: one look at the end of the index, and one row. */
  static final String HEAD =
      "(select max(position) from (select max(position) as position from journal"
          + " union all select position from journal_trimmed where stream = 'main') as heads)";

  private final Database database;
  private final Bus bus;
  private final RecentEntries recent = new RecentEntries();

  public SqlJournal(Database database, Bus bus) {
    this.database = database;
    this.bus = bus;
  }

  @Override
  public long append(Tx tx, Fact fact) {
    long position =
        tx.first(
                "insert into journal (position, resource_id, type, subject, happened_at, body)"
                    + " values ("
                    + HEAD
                    + " + 1, ?, ?, ?, ?, ?) returning position",
                row -> row.number(1),
                fact.resource(),
                fact.type(),
                fact.subject(),
                fact.at(),
                fact.body())
            .orElseThrow();
    tx.afterCommit(() -> {
      recent.add(new Entry(position, fact));
      bus.publish(SUBJECT + fact.type(), NO_PAYLOAD);
    });
    return position;
  }

  @Override
  public List<Entry> after(long position, int limit) {
    List<Entry> remembered = recent.after(position, limit);
    return remembered.isEmpty() ? stored(position, limit) : remembered;
  }

  private List<Entry> stored(long position, int limit) {
    return database.read(
        "journal.after",
        reading ->
            reading.list(
                "select position, resource_id, type, subject, happened_at, body from journal"
                    + " where position > ? order by position limit ?",
                SqlJournal::entry,
                position,
                limit));
  }

  /** Other entries than the wanted ones do not leave the store. */
  @Override
  public Page after(long position, Set<String> types, int limit) {
    List<Entry> all = recent.after(position, limit);
    if (all.isEmpty() && types.isEmpty()) {
      all = stored(position, limit);
    }
    if (!all.isEmpty() || types.isEmpty()) {
      return Page.of(position, all, types, all.size() == limit);
    }
    return database.read("journal.select", reading -> select(reading, position, types, limit));
  }

  private static Page select(Reading reading, long position, Set<String> types, int limit) {
    Optional<Long> first =
        reading.first(
            "select position from journal where position > ? order by position limit 1",
            row -> row.number(1),
            position);
    if (first.isEmpty()) {
      return new Page(0, List.of(), position, false);
    }
    long end = first.get() + SPAN;
    long last =
        reading
            .first(
                "select max(position) from journal where position < ?", row -> row.number(1), end)
            .orElseThrow();
    List<Object> parameters = new ArrayList<>(List.of(position, end));
    parameters.addAll(types);
    parameters.add(limit);
    List<Entry> entries =
        reading.list(
            "select position, resource_id, type, subject, happened_at, body from journal"
                + " where position > ? and position < ? and type in ("
                + String.join(", ", Collections.nCopies(types.size(), "?"))
                + ") order by position limit ?",
            SqlJournal::entry,
            parameters.toArray());
    boolean full = entries.size() == limit;
    return new Page(
        first.get() - position - 1,
        entries,
        full ? entries.getLast().position() : last,
        full || last == end - 1);
  }

  /** Entries of some types, or of all when it is empty, that are durable after a position. */
  long count(long position, Set<String> types) {
    if (types.isEmpty()) {
      return Math.max(0, head() - position);
    }
    List<Object> parameters = new ArrayList<>(List.of(position));
    parameters.addAll(types);
    return database.read(
        "journal.count",
        reading ->
            reading
                .first(
                    "select count(*) from journal where position > ? and type in ("
                        + String.join(", ", Collections.nCopies(types.size(), "?"))
                        + ")",
                    row -> row.number(1),
                    parameters.toArray())
                .orElseThrow());
  }

  @Override
  public int eraseSubject(Tx tx, ResourceId resource, String subject) {
    tx.afterCommit(recent::clear);
    return tx.update(
        "update journal set body = '{}' where resource_id = ? and subject = ?", resource, subject);
  }

  /** Removes the entries up to {@code position}; gives their number. */
  int trim(Tx tx, long position) {
    tx.afterCommit(recent::clear);
    tx.soon(
        "update journal_trimmed set position = ? where stream = 'main' and position < ?",
        position,
        position);
    return tx.update("delete from journal where position <= ?", position);
  }

  @Override
  public long head() {
    return database.read(
        "journal.head",
        reading -> reading.first("select " + HEAD, row -> row.number(1)).orElseThrow());
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.number(1),
        new Fact(
            new ResourceId(row.uuid(2)), row.text(3), row.text(4), row.instant(5), row.text(6)));
  }
}
