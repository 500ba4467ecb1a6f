package dev.parley.kit.sql;

/** The store was written by a newer program than this one. */
public final class SchemaTooNew extends StoreNotOpened {
  private static final long serialVersionUID = 1;

  public SchemaTooNew(String message) {
    super(message, null);
  }

  public SchemaTooNew(String message, Throwable cause) {
    super(message, cause);
  }
}
