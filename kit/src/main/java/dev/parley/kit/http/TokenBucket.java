package dev.parley.kit.http;

/**
 * A rate limit: {@code perSecond} on average, {@code burst} at once. Guarded by its own monitor,
 * under which it only computes.
 */
public final class TokenBucket {
  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledNanos;

  /**
   * A full bucket.
   *
   * @param nowNanos the clock's monotonic reading, as in every call
   */
  public TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledNanos = nowNanos;
  }

  /** Takes one; gives 0, or the seconds (rounded up) after which one will be there. */
  public synchronized long take(long nowNanos) {
    fill(nowNanos);
    if (tokens >= 1) {
      tokens -= 1;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((1 - tokens) / perSecond));
  }

  /** Whether one is there now, without taking it. */
  synchronized boolean hasOne(long nowNanos) {
    fill(nowNanos);
    return tokens >= 1;
  }

  /** Whether it is as good as new, so that it can be forgotten. */
  synchronized boolean isFull(long nowNanos) {
    fill(nowNanos);
    return tokens >= burst;
  }

  private void fill(long nowNanos) {
    long elapsed = Math.max(0, nowNanos - filledNanos);
    tokens = Math.min(burst, tokens + elapsed * 1e-9 * perSecond);
    filledNanos = nowNanos;
  }
}
