package dev.parley.kit.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** All that differs between SQLite and PostgreSQL below the writer. */
interface Dialect {
  /** A connection in auto-commit mode for the writer: transactions are begun by their SQL words. */
  Connection openWriter() throws SQLException;

  /**
   * Begins a batch such that no other writer of any process is inside one, and gives a token by
   * which {@link #committed} can tell its outcome later.
   */
  String begin(Session writer) throws SQLException;

  /** Begins the transaction of a schema upgrade; processes take turns, also on an empty store. */
  void beginUpgrade(Session writer) throws SQLException;

  /**
   * Whether the transaction of {@code token} was committed, asked on a fresh connection because
   * COMMIT gave no answer; empty when nobody can know.
   */
  Optional<Boolean> committed(Session fresh, String token) throws SQLException;

  /** Whether one statement may hold several, parted by semicolons, to save ways to the server. */
  boolean takesSeveralStatements();

  /** Ends the statement that {@code connection} runs now; called from another thread. */
  void interrupt(Connection connection) throws SQLException;

  /** Whether the world failed (disk, connection, lock), not the statement. */
  boolean unavailable(SQLException failure);

  /** Whether a key, foreign key or check said no. */
  boolean constraint(SQLException failure);

  /** Whether a ROLLBACK failed only because the store had already rolled back by itself. */
  boolean alreadyRolledBack(SQLException failure);

  /** Whether the connection is of no use any more. */
  boolean connectionLost(SQLException failure);
}
