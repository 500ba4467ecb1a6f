package dev.parley.kit.http;

/** Thrown by the constructor of a wire record: {@code field} breaks a rule. Answered as 400. */
public final class InvalidBody extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String field;

  public InvalidBody(String field, String rule) {
    super(rule, null, false, false);
    this.field = field;
  }

  public String field() {
    return field;
  }

  /** Refuses a required field that is absent or null. */
  public static <T> T required(String field, @org.jspecify.annotations.Nullable T value) {
    if (value == null) {
      throw new InvalidBody(field, "The " + field + " field is required.");
    }
    return value;
  }
}
