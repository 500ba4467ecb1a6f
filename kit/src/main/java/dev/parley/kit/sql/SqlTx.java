package dev.parley.kit.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One work's view of a session, good until the work ends. After the first statement that fails no
 * other runs: the store may have rolled back by itself (SQLite does so when the disk is full), and
 * a later statement would then stand outside of any transaction.
 */
final class SqlTx implements Tx {
  private final String name;
  private final Session session;
  private final Dialect dialect;
  private final WorkWatch watch;
  private final List<Runnable> effects = new ArrayList<>();

  /** Statements of {@link #soon}, and their parameters in the same order. */
  private final StringBuilder waiting = new StringBuilder();

  private final List<@Nullable Object> waitingParameters = new ArrayList<>();
  private @Nullable RuntimeException failure;
  private boolean ended;
  private boolean wrote;
  private long changes;

  SqlTx(String name, Session session, Dialect dialect, WorkWatch watch) {
    this.name = name;
    this.session = session;
    this.dialect = dialect;
    this.watch = watch;
  }

  @Override
  public int update(String sql, @Nullable Object... parameters) {
    flush();
    return run(
        sql,
        statement -> {
          Parameters.bind(statement, parameters);
          return changed(statement.executeUpdate());
        });
  }

  private int changed(int rows) {
    changes += rows;
    wrote |= rows > 0;
    return rows;
  }

  @Override
  public void soon(String sql, @Nullable Object... parameters) {
    if (!dialect.takesSeveralStatements()) {
      update(sql, parameters);
      return;
    }
    refuseWhenOver();
    waiting.append(sql).append(';');
    waitingParameters.addAll(Arrays.asList(parameters));
  }

  /** Runs what waits: the work's end, or a statement that must come after it. */
  void flush() {
    if (!waiting.isEmpty()) {
      Pending pending = pending("", new Object[0]);
      run(
          pending.sql(),
          statement -> {
            Parameters.bind(statement, pending.parameters());
            statement.execute();
            return skipCounts(statement);
          });
    }
  }

  /** What waits, with a statement at its end. */
  private record Pending(String sql, @Nullable Object[] parameters) {}

  private Pending pending(String last, @Nullable Object[] parameters) {
    waitingParameters.addAll(Arrays.asList(parameters));
    Pending pending = new Pending(waiting + last, waitingParameters.toArray());
    waiting.setLength(0);
    waitingParameters.clear();
    return pending;
  }

  /** Counts the rows of statements that were run together, up to a result or their end. */
  private @Nullable ResultSet skipCounts(PreparedStatement statement) throws SQLException {
    for (int rows = statement.getUpdateCount(); rows >= 0; rows = statement.getUpdateCount()) {
      changed(rows);
      statement.getMoreResults();
    }
    return statement.getResultSet();
  }

  @Override
  public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    return query(sql, mapper, Integer.MAX_VALUE, parameters);
  }

  @Override
  public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    return query(sql, mapper, 1, parameters).stream().findFirst();
  }

  @Override
  public void afterCommit(Runnable effect) {
    effects.add(effect);
  }

  List<Runnable> effects() {
    return effects;
  }

  /** Rows that the work changed. */
  long changes() {
    return changes;
  }

  /** Whether there is something to undo when the work fails. */
  boolean wrote() {
    return wrote || failure != null;
  }

  /** The failure of a statement, whether or not the work caught it. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  void end() {
    ended = true;
  }

  private <T> List<T> query(
      String sql, RowMapper<T> mapper, int rows, @Nullable Object[] parameters) {
    wrote |= !sql.startsWith("select");
    if (waiting.isEmpty()) {
      return run(
          sql,
          statement -> {
            Parameters.bind(statement, parameters);
            try (ResultSet results = statement.executeQuery()) {
              return map(results, mapper, rows);
            }
          });
    }
    Pending pending = pending(sql, parameters);
    return run(
        pending.sql(),
        statement -> {
          Parameters.bind(statement, pending.parameters());
          statement.execute();
          try (ResultSet results = Objects.requireNonNull(skipCounts(statement))) {
            return map(results, mapper, rows);
          }
        });
  }

  private <T> List<T> map(ResultSet results, RowMapper<T> mapper, int rows) throws SQLException {
    List<T> mapped = new ArrayList<>();
    Row row = new ResultRow(results);
    while (mapped.size() < rows && results.next()) {
      mapped.add(mapper.map(row));
    }
    return mapped;
  }

  private <T extends @Nullable Object> T run(String sql, Use<T> use) {
    refuseWhenOver();
    try {
      PreparedStatement statement = session.borrow(sql);
      T result = use.of(statement);
      session.giveBack(sql, statement);
      return result;
    } catch (SQLException problem) {
      throw failed(sql, problem);
    } catch (ResultRow.UnreadableColumn problem) {
      throw failed(sql, problem.failure());
    }
  }

  private void refuseWhenOver() {
    if (ended) {
      throw new IllegalStateException("the transaction of " + name + " has ended");
    }
    if (failure != null) {
      throw failure;
    }
    if (watch.overran()) {
      throw watch.tooSlow(name);
    }
  }

  /** Values are never part of the message: they may be secrets or message texts. */
  private RuntimeException failed(String sql, SQLException problem) {
    failure =
        dialect.unavailable(problem)
            ? new StoreUnavailable(name + ": the store failed: " + problem.getMessage(), problem)
            : new StatementFailed(name + ": " + sql, dialect.constraint(problem), problem);
    return failure;
  }

  private interface Use<T extends @Nullable Object> {
    T of(PreparedStatement statement) throws SQLException;
  }
}
