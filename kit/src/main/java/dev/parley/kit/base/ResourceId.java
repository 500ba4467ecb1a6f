package dev.parley.kit.base;

import java.util.UUID;

/**
 * The immutable id of a Communication Services resource, the tenant of everything: each stored row
 * and each lookup is scoped by one.
 */
public record ResourceId(UUID value) {
  /** Parses the lower-case UUID form; throws {@link IllegalArgumentException} for anything else. */
  public static ResourceId parse(String text) {
    return new ResourceId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
