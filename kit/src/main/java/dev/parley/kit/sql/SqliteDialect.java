package dev.parley.kit.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** SQLite through sqlite-jdbc. Result codes: sqlite.org/rescode.html, the low byte. */
final class SqliteDialect implements Dialect {
  private static final int PAGES_CACHED_KIB = 16 * 1024;
  private static final int WAL_KEPT_BYTES = 64 * 1024 * 1024;

  private final Path file;
  private final Duration lockWait;

  SqliteDialect(Path file, Duration lockWait) {
    this.file = file;
    this.lockWait = lockWait;
  }

  String url() {
    return JDBC.PREFIX + file.toAbsolutePath();
  }

  /**
   * Stays in auto-commit: with {@code setAutoCommit(false)} the driver begins the next transaction
   * right after each commit, and an idle writer would hold the lock.
   */
  @Override
  public Connection openWriter() throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(WAL_KEPT_BYTES);
    // What is deleted is overwritten with zeros, else it stays readable in the file.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config.createConnection(url());
  }

  /** A connection outside of the writer and the readers, for a backup. */
  Connection openPlain() throws SQLException {
    return config().createConnection(url());
  }

  Connection openReader() throws SQLException {
    Connection connection = openPlain();
    try (var statement = connection.createStatement()) {
      statement.execute("pragma query_only = 1");
    }
    return connection;
  }

  private SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setBusyTimeout((int) lockWait.toMillis());
    config.setCacheSize(-PAGES_CACHED_KIB);
    config.enforceForeignKeys(true);
    config.setGetGeneratedKeys(false); // a query after each insert, for keys that nobody asks for
    return config;
  }

  @Override
  public String begin(Session writer) throws SQLException {
    writer.execute("begin immediate");
    return "";
  }

  @Override
  public void beginUpgrade(Session writer) throws SQLException {
    writer.execute("begin immediate");
  }

  /** A local COMMIT always answers. */
  @Override
  public Optional<Boolean> committed(Session fresh, String token) {
    return Optional.of(false);
  }

  @Override
  public boolean takesSeveralStatements() {
    return false;
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }

  @Override
  public boolean unavailable(SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB
      case 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26 -> true;
      default -> false;
    };
  }

  @Override
  public boolean constraint(SQLException failure) {
    return (failure.getErrorCode() & 0xff) == 19;
  }

  @Override
  public boolean alreadyRolledBack(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("no transaction is active") || message.contains("no such savepoint");
  }

  @Override
  public boolean connectionLost(SQLException failure) {
    return false;
  }
}
