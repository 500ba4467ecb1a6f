package dev.parley.kit.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGConnection;

/** PostgreSQL 13 or newer. SQL states: PostgreSQL manual, appendix A. */
final class PostgresDialect implements Dialect {
  /** A number of our own that all processes lock while they bring the schema up to date. */
  private static final long UPGRADE_LOCK = 0x7061726c6579L;

  private static final int CONNECT_SECONDS = 5;

  private final PostgresSettings settings;
  private final StoreLimits limits;

  PostgresDialect(PostgresSettings settings, StoreLimits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  @Override
  public Connection openWriter() throws SQLException {
    return DriverManager.getConnection(
        settings.url(), properties("-c lock_timeout=" + Math.max(1, limits.lockWait().toMillis())));
  }

  /**
   * @param options the server's settings for this connection, as on its command line
   */
  Properties properties(String options) {
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().reveal());
    properties.setProperty("ApplicationName", "parley");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", String.valueOf(socketSeconds()));
    properties.setProperty("options", options);
    return properties;
  }

  /** Longer than anything the server is allowed to take: then the connection must be dead. */
  private long socketSeconds() {
    return limits.lockWait().plus(limits.workLimit()).toSeconds() + CONNECT_SECONDS;
  }

  /** Plain BEGIN and COMMIT: the driver follows the server's state and adds none of its own. */
  @Override
  public String begin(Session writer) throws SQLException {
    return beginLocked(writer, "pg_current_xact_id()::text");
  }

  @Override
  public void beginUpgrade(Session writer) throws SQLException {
    writer.execute("begin");
    writer.execute("select pg_advisory_xact_lock(" + UPGRADE_LOCK + ")");
  }

  /** The lock is had only when the transaction in question has ended, one way or the other. */
  @Override
  public Optional<Boolean> committed(Session fresh, String token) throws SQLException {
    String locked = beginLocked(fresh, "name");
    try (PreparedStatement ask =
        fresh
            .connection()
            .prepareStatement("select pg_xact_status(?::xid8) from store_lock where name = ?")) {
      ask.setString(1, token);
      ask.setString(2, locked);
      try (ResultSet row = ask.executeQuery()) {
        String status = row.next() ? row.getString(1) : null;
        return Optional.ofNullable(status).map("committed"::equals);
      }
    } finally {
      fresh.execute("rollback");
    }
  }

  /** Begins and locks in one way to the server. */
  private static String beginLocked(Session session, String what) throws SQLException {
    String sql = "begin;select " + what + " from store_lock where name = 'writer' for update";
    PreparedStatement statement = session.borrow(sql);
    statement.execute();
    statement.getMoreResults();
    String locked;
    try (ResultSet row = statement.getResultSet()) {
      if (!row.next()) {
        throw new SQLException("the row that orders writers is missing from store_lock");
      }
      locked = row.getString(1);
    }
    session.giveBack(sql, statement);
    return locked;
  }

  @Override
  public boolean takesSeveralStatements() {
    return true;
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public boolean unavailable(SQLException failure) {
    String state = state(failure);
    return switch (state.length() < 2 ? state : state.substring(0, 2)) {
      // No state; connection; rolled back by the server; resources (disk full); operator; I/O
      case "", "08", "40", "53", "57", "58" -> true;
      // A read-only server (a standby); a lock not had in time; damaged pages
      default -> state.equals("25006") || state.equals("55P03") || state.startsWith("XX");
    };
  }

  @Override
  public boolean constraint(SQLException failure) {
    return state(failure).startsWith("23");
  }

  @Override
  public boolean alreadyRolledBack(SQLException failure) {
    return false;
  }

  @Override
  public boolean connectionLost(SQLException failure) {
    String state = state(failure);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }
}
