package dev.parley.services.audit;

import dev.parley.kit.base.Ids;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends and lists audit lines: changes of keys, roles and sign-ins, and what the operator does in
 * the name of others. A line holds ids and words, never a key, a token or a message. Lines outlive
 * their resource.
 */
public final class AuditLog {
  /** Stands where a line is of the installation itself, such as of the keys that sign tokens. */
  public static final ResourceId INSTALLATION = new ResourceId(new UUID(0, 0));

  private static final Logger LOG = LoggerFactory.getLogger("audit");
  private final Database database;
  private final Ids ids;

  public AuditLog(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /**
   * One line.
   *
   * @param resource whose it is, or {@link #INSTALLATION}
   * @param actor who did it: {@code operator}, {@code key}, {@code timer}, or a user id
   * @param action what was done, in the words of the journal
   * @param subject to what
   */
  public record Line(
      ResourceId resource, Instant at, String actor, String action, String subject) {}

  /** Appends a line with the change it tells of. */
  public void append(Tx tx, Line line) {
    tx.update(
        "insert into audit_log (resource_id, at_ms, id, actor, action, subject)"
            + " values (?, ?, ?, ?, ?, ?)",
        line.resource(),
        line.at(),
        ids.uuid(),
        line.actor(),
        line.action(),
        line.subject());
    tx.afterCommit(() ->
        LOG.info(
            "audit resource={} actor={} action={} subject={}",
            line.resource(),
            line.actor(),
            line.action(),
            line.subject()));
  }

  /** The newest lines of a resource, at most {@code limit}. */
  public List<Line> newest(ResourceId resource, int limit) {
    return database.read(
        "audit.newest",
        reading ->
            reading.list(
                "select at_ms, actor, action, subject from audit_log where resource_id = ?"
                    + " order by at_ms desc, id desc limit ?",
                row -> new Line(resource, row.instant(1), row.text(2), row.text(3), row.text(4)),
                resource,
                limit));
  }

  /** The newest lines of all resources, gone ones too, and of the installation. */
  public List<Line> newest(int limit) {
    // Index audit_log_by_time.
    return database.read(
        "audit.newestOfAll",
        reading ->
            reading.list(
                "select resource_id, at_ms, actor, action, subject from audit_log"
                    + " order by at_ms desc, id desc limit ?",
                row ->
                    new Line(
                        ResourceId.parse(row.text(1)),
                        row.instant(2),
                        row.text(3),
                        row.text(4),
                        row.text(5)),
                limit));
  }
}
