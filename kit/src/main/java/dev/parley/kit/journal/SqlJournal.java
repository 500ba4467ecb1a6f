package dev.parley.kit.journal;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import java.util.List;

/**
 * The journal in SQL. A position is taken from the head row inside the caller's transaction, and
 * that row stays locked until its commit: so a position is never visible before a lower one, on
 * SQLite and on PostgreSQL alike, whichever process writes.
 */
public final class SqlJournal implements Journal {
  /** Published, without a payload, after each commit that appended. */
  public static final String SUBJECT = "journal";

  private static final byte[] NO_PAYLOAD = {};

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
                "update journal_head set position = position + 1 where stream = 'main'"
                    + " returning position",
                row -> row.number(1))
            .orElseThrow();
    tx.update(
        "insert into journal (position, resource_id, type, subject, happened_at, body)"
            + " values (?, ?, ?, ?, ?, ?)",
        position,
        fact.resource(),
        fact.type(),
        fact.subject(),
        fact.at(),
        fact.body());
    tx.afterCommit(() -> {
      recent.add(new Entry(position, fact));
      bus.publish(SUBJECT, NO_PAYLOAD);
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

  @Override
  public int eraseSubject(Tx tx, ResourceId resource, String subject) {
    tx.afterCommit(recent::clear);
    return tx.update(
        "update journal set body = '{}' where resource_id = ? and subject = ?", resource, subject);
  }

  /** Removes the entries up to {@code position}; gives their number. */
  int trim(Tx tx, long position) {
    tx.afterCommit(recent::clear);
    return tx.update("delete from journal where position <= ?", position);
  }

  @Override
  public long head() {
    return database.read(
        "journal.head",
        reading ->
            reading
                .first(
                    "select position from journal_head where stream = 'main'", row -> row.number(1))
                .orElseThrow());
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.number(1),
        new Fact(
            new ResourceId(row.uuid(2)), row.text(3), row.text(4), row.instant(5), row.text(6)));
  }
}
