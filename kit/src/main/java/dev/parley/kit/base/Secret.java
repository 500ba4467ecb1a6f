package dev.parley.kit.base;

import java.util.Objects;

/** A value that never shows itself: it prints as {@code [redacted]} wherever it ends up. */
public final class Secret<T> {
  private final T value;

  private Secret(T value) {
    this.value = value;
  }

  public static <T> Secret<T> of(T value) {
    return new Secret<>(Objects.requireNonNull(value));
  }

  /** The value itself; call it only where it is used, and pass the {@code Secret} until there. */
  public T reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
