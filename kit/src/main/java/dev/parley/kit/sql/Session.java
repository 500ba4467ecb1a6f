package dev.parley.kit.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with its prepared statements. Owned by one thread at a time. */
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final int STATEMENTS_KEPT = 256;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();

  Session(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Runs a statement without parameters or result, such as BEGIN; few different ones. */
  void execute(String sql) throws SQLException {
    PreparedStatement statement = borrow(sql);
    statement.execute();
    giveBack(sql, statement);
  }

  /** A statement for this use only, so that a mapper may run the same SQL again inside a result. */
  PreparedStatement borrow(String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    return kept != null ? kept : connection.prepareStatement(sql);
  }

  void giveBack(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement twin = idle.put(sql, statement);
    if (twin != null) {
      twin.close();
    }
    if (idle.size() > STATEMENTS_KEPT) {
      Map.Entry<String, PreparedStatement> oldest = idle.firstEntry();
      idle.remove(oldest.getKey());
      oldest.getValue().close();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      LOG.debug("closing a connection failed", failure);
    }
  }
}
