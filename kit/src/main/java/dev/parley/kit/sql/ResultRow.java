package dev.parley.kit.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row of a result set. */
final class ResultRow implements Row {
  private final ResultSet results;

  ResultRow(ResultSet results) {
    this.results = results;
  }

  @Override
  public String text(int column) {
    return present(column, textOrNull(column));
  }

  @Override
  public @Nullable String textOrNull(int column) {
    return get(() -> results.getString(column));
  }

  @Override
  public long number(int column) {
    return present(column, numberOrNull(column));
  }

  @Override
  public @Nullable Long numberOrNull(int column) {
    return get(() -> {
      long value = results.getLong(column);
      return results.wasNull() ? null : value;
    });
  }

  @Override
  public boolean flag(int column) {
    return number(column) != 0;
  }

  @Override
  public byte[] bytes(int column) {
    return present(column, bytesOrNull(column));
  }

  @Override
  public byte @Nullable [] bytesOrNull(int column) {
    return get(() -> results.getBytes(column));
  }

  @Override
  public UUID uuid(int column) {
    return UUID.fromString(text(column));
  }

  @Override
  public Instant instant(int column) {
    return Instant.ofEpochMilli(number(column));
  }

  @Override
  public @Nullable Instant instantOrNull(int column) {
    Long millis = numberOrNull(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static <T> T present(int column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is NULL");
    }
    return value;
  }

  private static <T extends @Nullable Object> T get(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException failure) {
      throw new UnreadableColumn(failure);
    }
  }

  private interface Getter<T extends @Nullable Object> {
    T get() throws SQLException;
  }

  /** Carries a failure through the mapper to the statement that runs it. */
  static final class UnreadableColumn extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final SQLException failure;

    UnreadableColumn(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }
}
