package dev.parley.kit.base;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids and bytes from the platform's cryptographic source. Safe for all threads. */
public final class SecureIds implements Ids {
  private final SecureRandom random = new SecureRandom();

  @Override
  public UUID uuid() {
    return UUID.randomUUID();
  }

  @Override
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
