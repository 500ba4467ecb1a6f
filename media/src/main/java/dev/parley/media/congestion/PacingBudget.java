package dev.parley.media.congestion;

/**
 * Spreads what is sent to a receiver over time: what leaves makes a debt that is paid off at the
 * paced rate, and nothing more leaves while the debt is beyond a short burst.
 */
public final class PacingBudget {
  private long bps = CongestionLimits.RATE_START;
  private double debtBytes;
  private long paidAt = -1;

  /** Sets the paced rate from the estimate; a probe sets its own rate through {@link #exactly}. */
  public void follow(long targetBps, long nowMicros) {
    exactly((long) (targetBps * CongestionLimits.PACING_FACTOR), nowMicros);
  }

  /** Sets the paced rate itself. */
  public void exactly(long paceBps, long nowMicros) {
    pay(nowMicros);
    bps = Math.max(paceBps, CongestionLimits.RATE_MIN);
  }

  /** Microseconds until the next packet may leave, 0 for now. */
  public long waitMicros(long nowMicros) {
    pay(nowMicros);
    double over = debtBytes - burstBytes();
    return over <= 0 ? 0 : (long) Math.ceil(over * 8 * CongestionLimits.SECOND / bps);
  }

  /** Notes what left. Audio and repairs count as well, though they need not wait. */
  public void sent(int bytes, long nowMicros) {
    pay(nowMicros);
    debtBytes += bytes;
  }

  private double burstBytes() {
    return (double) bps * CongestionLimits.PACING_BURST / CongestionLimits.SECOND / 8;
  }

  private void pay(long nowMicros) {
    if (paidAt >= 0 && nowMicros > paidAt) {
      double paid = (double) bps * (nowMicros - paidAt) / CongestionLimits.SECOND / 8;
      debtBytes = Math.max(0, debtBytes - paid);
    }
    paidAt = Math.max(paidAt, nowMicros);
  }
}
