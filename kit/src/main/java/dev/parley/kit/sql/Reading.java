package dev.parley.kit.sql;

import java.util.List;
import java.util.Optional;

/**
 * The reading half of a transaction. SQL is the common subset of both dialects; parameters are
 * bound by position and may be {@code String}, {@code Long}, {@code Integer}, {@code Boolean}
 * (stored as 0 or 1), {@code byte[]}, {@code UUID} and {@code ResourceId} (stored as lower-case
 * text), {@code Instant} (stored as epoch milliseconds) or null.
 */
public interface Reading {
  /** All rows, in the order of the query; the query names its own limit. */
  <T> List<T> list(
      String sql, RowMapper<T> mapper, @org.jspecify.annotations.Nullable Object... parameters);

  /** The first row, if any. */
  <T> Optional<T> first(
      String sql, RowMapper<T> mapper, @org.jspecify.annotations.Nullable Object... parameters);

  /** Makes a value of one row. */
  @FunctionalInterface
  interface RowMapper<T> {
    T map(Row row);
  }
}
