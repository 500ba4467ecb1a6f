package dev.parley.kit.test;

import dev.parley.kit.base.Ids;
import java.util.Random;
import java.util.UUID;

/** Ids that are the same in every run of one seed. Safe for all threads. */
public final class SeededIds implements Ids {
  private final Random random;

  public SeededIds(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public UUID uuid() {
    byte[] bytes = bytes(16);
    long high = 0;
    long low = 0;
    for (int index = 0; index < 8; index++) {
      high = high << 8 | (bytes[index] & 0xff);
      low = low << 8 | (bytes[index + 8] & 0xff);
    }
    // Version 4 and the variant of RFC 9562 §5.4.
    return new UUID(
        (high & 0xffffffffffff0fffL) | 0x4000L, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
  }

  @Override
  public synchronized byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
