package dev.parley.media.codec;

/** Makes a counter of few bits into one that never wraps, by the nearest distance to the last. */
final class Unwrapper {
  private int bits;
  private long newest;
  private boolean started;

  /** Starts again, at the next value, for a counter of {@code bits} bits. */
  void restart(int bits) {
    this.bits = bits;
    started = false;
  }

  boolean started() {
    return started;
  }

  /** The value in full. The first one is placed two rounds up, so that older ones stay positive. */
  long unwrap(int value) {
    long round = 1L << bits;
    if (!started) {
      started = true;
      newest = value + 2 * round;
      return newest;
    }
    long forward = (value - newest) & (round - 1);
    long full = forward < round / 2 ? newest + forward : newest + forward - round;
    newest = Math.max(newest, full);
    return full;
  }
}
