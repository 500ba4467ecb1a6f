package dev.parley.kit.sql;

import org.jspecify.annotations.Nullable;

/** A reason why a store could not be opened; its message is written for the operator. */
public abstract sealed class StoreNotOpened extends RuntimeException
    permits StoreDamaged, SchemaTooNew, StoreUnwritable {
  private static final long serialVersionUID = 1;

  StoreNotOpened(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
