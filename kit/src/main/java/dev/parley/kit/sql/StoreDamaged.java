package dev.parley.kit.sql;

/** The store's file is not a database any more, or its pages contradict each other. */
public final class StoreDamaged extends StoreNotOpened {
  private static final long serialVersionUID = 1;

  public StoreDamaged(String message) {
    super(message, null);
  }

  public StoreDamaged(String message, Throwable cause) {
    super(message, cause);
  }
}
