package dev.parley.kit.tls;

import dev.parley.kit.base.Ids;
import java.util.Random;
import java.util.UUID;

/** Ids that a seed decides, for tests. */
public final class SeededIds implements Ids {
  private final Random random;

  public SeededIds(long seed) {
    random = new Random(seed);
  }

  @Override
  public UUID uuid() {
    return UUID.nameUUIDFromBytes(bytes(16));
  }

  @Override
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
