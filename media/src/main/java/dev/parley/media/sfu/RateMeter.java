package dev.parley.media.sfu;

/** Bits per second over the last finished half second. */
final class RateMeter {
  private static final long WINDOW_NANOS = 500_000_000;

  private long windowStart;
  private long bytes;
  private long bitrateBps;

  void add(int length) {
    bytes += length;
  }

  /** Called at every tick. */
  void tick(long now) {
    long elapsed = now - windowStart;
    if (elapsed >= WINDOW_NANOS) {
      bitrateBps = bytes * 8 * 1_000_000_000 / elapsed;
      bytes = 0;
      windowStart = now;
    }
  }

  long bitrateBps() {
    return bitrateBps;
  }
}
