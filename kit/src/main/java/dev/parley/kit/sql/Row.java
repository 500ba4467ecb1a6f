package dev.parley.kit.sql;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a result. Columns count from 1. A getter without {@code OrNull} throws on NULL. */
public interface Row {
  String text(int column);

  @Nullable String textOrNull(int column);

  long number(int column);

  @Nullable Long numberOrNull(int column);

  boolean flag(int column);

  byte[] bytes(int column);

  byte @Nullable [] bytesOrNull(int column);

  UUID uuid(int column);

  Instant instant(int column);

  @Nullable Instant instantOrNull(int column);
}
