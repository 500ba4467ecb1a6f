package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a store's schema to what the program needs: every script that the store has not had runs
 * once, with its entry in {@code schema_history}, in one transaction that all processes take turns
 * in. On a current schema this is one query.
 */
final class SchemaUpgrade {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaUpgrade.class);

  private final List<SqlScript> scripts;
  private final Clock clock;

  SchemaUpgrade(List<Migrations> migrations, Clock clock) {
    this.scripts =
        migrations.stream()
            .flatMap(module ->
                module.scripts().stream().map(script -> SqlScript.load(module.folder(), script)))
            .toList();
    this.clock = clock;
  }

  /**
   * @throws SchemaTooNew when the store has had a script that this program does not know
   * @throws IllegalStateException when a script was edited after the store had it
   */
  void run(Session session, Dialect dialect) throws SQLException {
    if (missing(applied(session)).isEmpty()) {
      return;
    }
    dialect.beginUpgrade(session);
    session.execute(
        "create table if not exists schema_history (script varchar(200) not null primary key,"
            + " checksum varchar(64) not null, applied_at bigint not null)");
    for (SqlScript script : missing(applied(session))) {
      apply(session, script);
    }
    session.execute("commit");
  }

  /**
   * What of this program's schema the store lacks; refuses a store that this program must not
   * touch.
   */
  List<SqlScript> missing(Map<String, String> applied) {
    Map<String, String> unknown = new HashMap<>(applied);
    scripts.forEach(script -> unknown.remove(script.name()));
    if (!unknown.isEmpty()) {
      throw new SchemaTooNew(
          "the store was written by a newer version of Parley (it has had "
              + unknown.keySet().stream().sorted().toList()
              + "); start that version, or restore a backup made before it");
    }
    scripts.forEach(script -> refuseEdited(script, applied.get(script.name())));
    return scripts.stream().filter(script -> !applied.containsKey(script.name())).toList();
  }

  /** Checksums by script that the store has had; empty for a new store. */
  static Map<String, String> applied(Session session) throws SQLException {
    Map<String, String> applied = new HashMap<>();
    if (!hasHistory(session)) {
      return applied;
    }
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery("select script, checksum from schema_history")) {
      while (rows.next()) {
        applied.put(rows.getString(1), rows.getString(2));
      }
    }
    return applied;
  }

  private static boolean hasHistory(Session session) throws SQLException {
    var metadata = session.connection().getMetaData();
    String schema = session.connection().getSchema();
    try (ResultSet tables =
        metadata.getTables(null, schema, "schema_history", new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  private static void refuseEdited(
      SqlScript script, @org.jspecify.annotations.Nullable String checksum) {
    if (checksum != null && !checksum.equals(script.checksum())) {
      throw new IllegalStateException(
          "the migration " + script.name() + " was edited after this store had it");
    }
  }

  private void apply(Session session, SqlScript script) throws SQLException {
    LOG.info("schema: {}", script.name());
    for (String statement : script.statements()) {
      session.execute(statement);
    }
    try (PreparedStatement insert =
        session
            .connection()
            .prepareStatement(
                "insert into schema_history (script, checksum, applied_at) values (?, ?, ?)")) {
      Parameters.bind(insert, new Object[] {script.name(), script.checksum(), clock.now()});
      insert.executeUpdate();
    }
  }
}
