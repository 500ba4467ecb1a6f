package dev.parley.media.congestion;

/**
 * One video a receiver wants, as a ladder of steps from cheap to dear. Reused; owned by the
 * receiver's egress loop.
 */
public final class VideoDemand {
  /** The step of a video that is not sent. */
  public static final int NONE = -1;

  private final int[] spatial = new int[CongestionLimits.STEPS_MAX];
  private final int[] temporal = new int[CongestionLimits.STEPS_MAX];
  private final long[] bps = new long[CongestionLimits.STEPS_MAX];
  private int steps;
  private VideoKind kind = VideoKind.SPEAKER;
  private int recency;

  int level = NONE;
  long loweredAt = Long.MIN_VALUE / 2;
  long raisedAt = Long.MIN_VALUE / 2;
  long raiseWait = CongestionLimits.RAISE_WAIT_MIN;

  /**
   * Says what the video is.
   *
   * @param recency rank among its kind, 0 for who spoke last
   */
  public void describe(VideoKind kind, int recency) {
    this.kind = kind;
    this.recency = recency;
  }

  /**
   * Builds the ladder from measured rates.
   *
   * @param rates bits per second of {@code [spatial][temporal]}, each with all that it needs below;
   *     0 for a layer that is not there. Spatial is the simulcast encoding or the spatial layer.
   * @param spatialMax highest spatial layer the viewer has use for, by size on the screen
   */
  public void ladder(long[][] rates, int spatialMax) {
    steps = 0;
    for (int layer = 0; layer <= Math.min(spatialMax, rates.length - 1); layer++) {
      boolean top =
          layer == Math.min(spatialMax, rates.length - 1) || !any(rates, layer + 1, spatialMax);
      int first = kind == VideoKind.SCREEN || steps == 0 ? 0 : 1;
      int last = kind == VideoKind.SCREEN && !top ? 0 : rates[layer].length - 1;
      addSteps(rates[layer], layer, Math.min(first, highest(rates[layer])), last);
    }
    level = Math.min(level, steps - 1);
  }

  private static boolean any(long[][] rates, int from, int spatialMax) {
    for (int layer = from; layer <= Math.min(spatialMax, rates.length - 1); layer++) {
      if (highest(rates[layer]) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int highest(long[] rates) {
    for (int layer = rates.length - 1; layer >= 0; layer--) {
      if (rates[layer] > 0) {
        return layer;
      }
    }
    return -1;
  }

  /** A step that costs no more than the one below replaces it: it is better for nothing. */
  private void addSteps(long[] rates, int layer, int first, int last) {
    for (int each = Math.max(first, 0); each <= last; each++) {
      if (rates[each] <= 0) {
        continue;
      }
      while (steps > 0 && bps[steps - 1] >= rates[each]) {
        steps--;
      }
      spatial[steps] = layer;
      temporal[steps] = each;
      bps[steps++] = rates[each];
    }
  }

  int steps() {
    return steps;
  }

  long cost(int step) {
    return step < 0 ? 0 : bps[step];
  }

  boolean before(VideoDemand other) {
    if (kind != other.kind) {
      return kind.compareTo(other.kind) < 0;
    }
    return recency < other.recency;
  }

  /** Spatial layer or encoding to send, {@link #NONE} for nothing. */
  public int spatialId() {
    return level < 0 ? NONE : spatial[level];
  }

  /** Temporal layer to send, {@link #NONE} for nothing. */
  public int temporalId() {
    return level < 0 ? NONE : temporal[level];
  }

  /** Bits per second this is expected to take. */
  public long costBps() {
    return cost(level);
  }

  /** Bits per second of the highest step. */
  public long wantedBps() {
    return cost(steps - 1);
  }
}
