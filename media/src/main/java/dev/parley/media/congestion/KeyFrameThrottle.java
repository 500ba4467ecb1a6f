package dev.parley.media.congestion;

/**
 * Decides when a key frame of one encoding is asked for, however many receivers want one. Owned by
 * the publisher's media loop.
 */
public final class KeyFrameThrottle {
  private long askedAt = Long.MIN_VALUE / 2;
  private long cameAt = Long.MIN_VALUE / 2;
  private boolean wanted;
  private boolean outstanding;

  /** Some receiver needs a key frame. */
  public void want() {
    wanted = true;
  }

  /** A key frame has begun to arrive; all wishes so far are met. */
  public void came(long nowMicros) {
    cameAt = nowMicros;
    wanted = false;
    outstanding = false;
  }

  /**
   * Whether to send a PLI or FIR now; answering true counts as sent.
   *
   * @param roundTripMicros to the publisher: a wish younger than it may be met by what is on the
   *     way
   */
  public boolean due(long roundTripMicros, long nowMicros) {
    if (!wanted) {
      return false;
    }
    long since = nowMicros - askedAt;
    long wait =
        outstanding
            ? Math.max(CongestionLimits.KEY_FRAME_RETRY, 2 * roundTripMicros)
            : CongestionLimits.KEY_FRAME_INTERVAL;
    if (since < wait || nowMicros - cameAt < CongestionLimits.KEY_FRAME_INTERVAL) {
      return false;
    }
    askedAt = nowMicros;
    outstanding = true;
    return true;
  }
}
