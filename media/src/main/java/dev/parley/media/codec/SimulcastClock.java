package dev.parley.media.codec;

/**
 * Relates the RTP timestamps of a track's encodings to each other, by the sender reports of each
 * (RFC 3550 §6.4.1). Owned by the publisher's media loop; projections only read it.
 */
public final class SimulcastClock {
  /** At least one of the two encodings has sent no report yet. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final long[] ntp = new long[CodecLimits.ENCODINGS_MAX];
  private final long[] rtp = new long[CodecLimits.ENCODINGS_MAX];
  private final boolean[] known = new boolean[CodecLimits.ENCODINGS_MAX];

  /**
   * Takes a sender report.
   *
   * @param ntpTimestamp 64 bits, seconds since 1900 in the upper half
   * @param rtpTimestamp 32 bits, of the same instant
   */
  public void onSenderReport(int encoding, long ntpTimestamp, long rtpTimestamp) {
    ntp[encoding] = ntpTimestamp;
    rtp[encoding] = rtpTimestamp;
    known[encoding] = true;
  }

  /** What to subtract from a timestamp of {@code to} to get the same instant on {@code from}. */
  long distance(int from, int to) {
    if (!known[from] || !known[to]) {
      return UNKNOWN;
    }
    long apart = ntp[to] - ntp[from];
    long ticks =
        (apart >> 32) * CodecLimits.VIDEO_CLOCK_HZ
            + ((apart & 0xffff_ffffL) * CodecLimits.VIDEO_CLOCK_HZ >>> 32);
    return (int) (rtp[to] - rtp[from] - ticks);
  }
}
