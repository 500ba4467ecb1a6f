package dev.parley.kit.sql;

/** The place of the store cannot be written to, or the database cannot be reached. */
public final class StoreUnwritable extends StoreNotOpened {
  private static final long serialVersionUID = 1;

  public StoreUnwritable(String message) {
    super(message, null);
  }

  public StoreUnwritable(String message, Throwable cause) {
    super(message, cause);
  }
}
