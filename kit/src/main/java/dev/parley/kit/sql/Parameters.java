package dev.parley.kit.sql;

import dev.parley.kit.base.ResourceId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the values that {@link Reading} allows are stored. */
final class Parameters {
  private Parameters() {}

  static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int index = 0; index < values.length; index++) {
      bind(statement, index + 1, values[index]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setLong(index, number);
      case Boolean flag -> statement.setLong(index, flag ? 1 : 0);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case UUID id -> statement.setString(index, id.toString());
      case ResourceId id -> statement.setString(index, id.toString());
      case Instant instant -> statement.setLong(index, instant.toEpochMilli());
      default ->
          throw new IllegalArgumentException(
              "parameter " + index + " has a type the store does not know: " + value.getClass());
    }
  }
}
