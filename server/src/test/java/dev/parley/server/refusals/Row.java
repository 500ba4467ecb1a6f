package dev.parley.server.refusals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one operation refuses, beside what all refuse alike. Built by chaining; every method that
 * takes {@code because} fills cells that cannot apply.
 */
final class Row {
  final String operation;
  final Map<String, Id> ids = new LinkedHashMap<>();
  final Map<String, Field> fields = new LinkedHashMap<>();
  @Nullable Function<World, String> body;
  @Nullable String bodyless;
  @Nullable String unrepeatable;

  private Row(String operation) {
    this.operation = operation;
  }

  /** A status with its code. */
  record Refusal(int status, String code) {}

  /** Either a refusal, or why there is none. */
  record Cell(@Nullable Refusal refusal, @Nullable String because) {
    static Cell of(int status, String code) {
      return new Cell(new Refusal(status, code), null);
    }

    static Cell none(String because) {
      return new Cell(null, because);
    }
  }

  /**
   * A path parameter.
   *
   * @param right one that is there; made anew for each use, since operations delete
   * @param unknown of the right form, but nobody's
   * @param malformed not of the right form
   * @param foreign of another resource
   */
  record Id(
      Function<World, String> right,
      Function<World, String> unknownId,
      Cell unknown,
      String malformedId,
      Cell malformed,
      Function<World, String> foreignId,
      Cell foreign) {}

  /**
   * A field of the body.
   *
   * @param tooLong a JSON value over the limit, or null with {@code because}
   */
  record Field(boolean required, @Nullable String tooLong, Cell refusedAs) {}

  static Row of(String operation) {
    return new Row(operation);
  }

  Row id(String name, Id id) {
    ids.put(name, id);
    return this;
  }

  /** What was said of a path parameter. */
  Id id(String name) {
    return Objects.requireNonNull(
        ids.get(name), () -> operation + ": nothing is said of the path parameter " + name);
  }

  /** A body that is accepted; every field of it must be named below. */
  Row body(Function<World, String> sample) {
    body = sample;
    return this;
  }

  Row noBody(String because) {
    bodyless = because;
    return this;
  }

  Row required(String field, String tooLong) {
    return field(field, true, tooLong, Cell.of(400, "BadRequest"));
  }

  Row optional(String field, String tooLong) {
    return field(field, false, tooLong, Cell.of(400, "BadRequest"));
  }

  Row requiredOfAnyLength(String field, String because) {
    return field(field, true, null, Cell.none(because));
  }

  Row optionalOfAnyLength(String field, String because) {
    return field(field, false, null, Cell.none(because));
  }

  Row field(String field, boolean required, @Nullable String tooLong, Cell refusedAs) {
    fields.put(field, new Field(required, tooLong, refusedAs));
    return this;
  }

  /** The operation never succeeds in this installation, so that none of its answers is kept. */
  Row unrepeatable(String because) {
    unrepeatable = because;
    return this;
  }

  /** A JSON string of so many characters. */
  static String text(int characters) {
    return "\"" + "x".repeat(characters) + "\"";
  }

  static List<Row> list(Row... rows) {
    return new ArrayList<>(List.of(rows));
  }
}
