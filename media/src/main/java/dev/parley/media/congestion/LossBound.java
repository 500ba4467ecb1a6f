package dev.parley.media.congestion;

/**
 * Bound from lost packets. What is always lost is the link's own; the rest means too much was sent.
 */
final class LossBound {
  private final double[] history = new double[CongestionLimits.LOSS_HISTORY];
  private int windows;
  private int sent;
  private int lost;
  private int overtaken;
  private double overtakenShare;
  private long windowStart = -1;
  private double lastLoss;
  private long bound = CongestionLimits.RATE_MAX;

  long bps() {
    return bound;
  }

  double loss() {
    return lastLoss;
  }

  void arrived() {
    sent++;
  }

  void missing() {
    sent++;
    lost++;
  }

  /** A packet reported missing came after all: it was only overtaken. */
  void corrected() {
    overtaken++;
  }

  /** Judges a window when it is full. */
  void update(long currentBps, long arrivedBps, long nowMicros) {
    if (windowStart < 0) {
      windowStart = nowMicros;
    }
    boolean full =
        nowMicros - windowStart >= CongestionLimits.LOSS_WINDOW
            && sent >= CongestionLimits.LOSS_PACKETS_MIN;
    if (full) {
      learnOvertaken();
      judge(lost * (1 - overtakenShare) / sent, currentBps, arrivedBps);
      sent = 0;
      lost = 0;
      overtaken = 0;
      windowStart = nowMicros;
    }
  }

  /** Of what is missing now, about as much will still come as came of what was missing before. */
  private void learnOvertaken() {
    if (lost + overtaken > 0) {
      double share = Math.min(1, (double) overtaken / Math.max(1, Math.max(lost, overtaken)));
      overtakenShare = 0.5 * overtakenShare + 0.5 * share;
    }
  }

  /** For receivers that tell loss by receiver reports only, once per report. */
  void report(double fraction, long currentBps) {
    judge(fraction, currentBps, 0);
  }

  private void judge(double loss, long currentBps, long arrivedBps) {
    double inherent = Math.min(lowest(), CongestionLimits.LOSS_INHERENT_MAX);
    history[windows++ % history.length] = loss;
    lastLoss = loss;
    double excess = loss - Math.min(inherent, loss);
    if (excess > CongestionLimits.LOSS_HIGH) {
      long lowered = (long) (currentBps * (1 - 0.5 * excess));
      bound = Math.max(lowered, (long) (CongestionLimits.DECREASE * arrivedBps));
      bound = Math.max(Math.min(bound, currentBps), CongestionLimits.RATE_MIN);
    } else if (excess < CongestionLimits.LOSS_LOW && bound < CongestionLimits.RATE_MAX) {
      long grown =
          (long) (Math.min(bound, 2 * currentBps) * CongestionLimits.LOSS_GROWTH_PER_WINDOW);
      bound = Math.min(Math.max(bound, grown), CongestionLimits.RATE_MAX);
    }
  }

  /**
   * A first window has no history: then its own loss is not excess unless it is beyond the limit.
   */
  private double lowest() {
    if (windows == 0) {
      return CongestionLimits.LOSS_INHERENT_MAX;
    }
    double low = 1;
    for (int each = 0; each < Math.min(windows, history.length); each++) {
      low = Math.min(low, history[each]);
    }
    return low;
  }
}
