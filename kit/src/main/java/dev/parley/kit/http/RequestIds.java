package dev.parley.kit.http;

import dev.parley.kit.base.Ids;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Ids of requests: unique, in the form of a random UUID, and no secret. A random beginning tells
 * processes apart and a count the requests of one, since drawing 16 bytes for each from the
 * system's source costs more than routing it. Safe for all threads.
 */
public final class RequestIds implements Supplier<UUID> {
  /**
   * Odd, so that multiples repeat after 2^62 only; far apart, so that neighbours look different.
   */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** RFC 9562 §4.1: the variant takes the two highest bits of the lower half. */
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private static final long COUNTED = 0x3FFF_FFFF_FFFF_FFFFL;

  private final UUID beginning;
  private final AtomicLong count = new AtomicLong();

  public RequestIds(Ids ids) {
    this.beginning = ids.uuid();
  }

  @Override
  public UUID get() {
    long counted = beginning.getLeastSignificantBits() + count.getAndIncrement() * STEP;
    return new UUID(beginning.getMostSignificantBits(), VARIANT | (counted & COUNTED));
  }
}
