package dev.parley.services.calling.wire;

import java.util.concurrent.TimeUnit;

/** How often a session may ask. Owned by whoever holds the session's lock. */
final class RequestRate {
  private static final long NANOS_PER_REQUEST =
      TimeUnit.SECONDS.toNanos(1) / SignallingLimits.REQUESTS_PER_SECOND;

  private long credit = SignallingLimits.REQUEST_BURST;
  private long creditedNanos;
  private int refused;

  RequestRate(long nowNanos) {
    this.creditedNanos = nowNanos;
  }

  /** Takes one request's place; false when there is none now. */
  boolean take(long nowNanos) {
    long earned = (nowNanos - creditedNanos) / NANOS_PER_REQUEST;
    creditedNanos += earned * NANOS_PER_REQUEST;
    credit = Math.min(SignallingLimits.REQUEST_BURST, credit + earned);
    if (credit > 0) {
      credit--;
      refused = 0;
      return true;
    }
    refused++;
    return false;
  }

  /** Whether so many were refused in a row that the client does not listen. */
  boolean isFlood() {
    return refused > SignallingLimits.REFUSALS_MAX;
  }
}
