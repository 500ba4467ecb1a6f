package dev.parley.kit.base;

import java.util.UUID;

/** The only source of identifiers and randomness, so that tests can seed both. */
public interface Ids {
  /** A random (version 4) UUID from a cryptographic source. */
  UUID uuid();

  /** {@code length} bytes from a cryptographic source. */
  byte[] bytes(int length);
}
