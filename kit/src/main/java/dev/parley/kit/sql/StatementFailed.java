package dev.parley.kit.sql;

/**
 * A statement broke a rule of the schema or of SQL. It is a bug of the caller, or a race that the
 * schema caught; the whole work is undone, even when the work catches this.
 */
public final class StatementFailed extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final boolean constraint;

  StatementFailed(String message, boolean constraint, Throwable cause) {
    super(message, cause);
    this.constraint = constraint;
  }

  /** Whether a key, a foreign key or a check said no. */
  public boolean constraint() {
    return constraint;
  }
}
