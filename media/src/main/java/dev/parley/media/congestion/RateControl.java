package dev.parley.media.congestion;

/** Turns the use of the network into a rate: gentle growth, quick retreat (GCC draft §5.5). */
final class RateControl {
  private long rate;
  private double capacity = -1;
  private double capacityVariance = 0.4;
  private boolean growing = true;
  private long updatedAt = -1;
  private long decreasedAt = Long.MIN_VALUE / 2;

  RateControl(long startBps) {
    rate = startBps;
  }

  long bps() {
    return rate;
  }

  long decreasedAt() {
    return decreasedAt;
  }

  /** A probe has shown this much to arrive. */
  void raiseTo(long bps) {
    rate = Math.max(rate, bps);
    growing = true;
  }

  void limitTo(long bps) {
    rate = Math.min(rate, bps);
  }

  void update(NetworkUse use, long arrivedBps, long roundTripMicros, long nowMicros) {
    long step = updatedAt < 0 ? 0 : Math.min(nowMicros - updatedAt, CongestionLimits.SECOND);
    updatedAt = nowMicros;
    switch (use) {
      case OVER -> {
        growing = false;
        decrease(arrivedBps, roundTripMicros, nowMicros);
      }
      case UNDER -> growing = false;
      case NORMAL -> {
        if (growing) {
          grow(arrivedBps, roundTripMicros, step);
        }
        growing = true;
      }
    }
    rate = Math.clamp(rate, CongestionLimits.RATE_MIN, CongestionLimits.RATE_MAX);
  }

  private void decrease(long arrivedBps, long roundTripMicros, long nowMicros) {
    long wait =
        Math.max(
            CongestionLimits.DECREASE_INTERVAL_MIN,
            Math.min(roundTripMicros, CongestionLimits.SECOND));
    boolean collapsed = arrivedBps > 0 && arrivedBps < rate / 2;
    if (nowMicros - decreasedAt < wait && !collapsed) {
      return;
    }
    long basis = arrivedBps > 0 ? Math.min(arrivedBps, rate) : rate;
    if (capacity >= 0 && Math.abs(basis - capacity) > 3 * deviation()) {
      capacity = -1;
    }
    learnCapacity(basis);
    long lowered = (long) (CongestionLimits.DECREASE * basis);
    if (lowered < rate) {
      rate = lowered;
      decreasedAt = nowMicros;
    }
  }

  private void learnCapacity(long bps) {
    if (capacity < 0) {
      capacity = bps;
      return;
    }
    double error = bps - capacity;
    capacity += 0.05 * error;
    double relative = error * error / Math.max(capacity, 1) / 1000;
    capacityVariance = Math.clamp(0.95 * capacityVariance + 0.05 * relative, 0.4, 2.5);
  }

  private double deviation() {
    return Math.sqrt(capacityVariance * capacity * 1000);
  }

  private void grow(long arrivedBps, long roundTripMicros, long step) {
    if (capacity >= 0 && arrivedBps > capacity + 3 * deviation()) {
      capacity = -1;
    }
    boolean near = capacity >= 0 && rate > capacity - 3 * deviation();
    double added = near ? additive(roundTripMicros, step) : multiplicative(step);
    long bound =
        arrivedBps <= 0
            ? Math.max(rate, CongestionLimits.RATE_START)
            : (long) (CongestionLimits.INCREASE_OVER_ARRIVED * arrivedBps)
                + CongestionLimits.INCREASE_SLACK;
    if (rate < bound) {
      rate = Math.min(bound, rate + (long) added);
    }
  }

  private double multiplicative(long step) {
    double seconds = step / 1e6;
    return rate * (Math.pow(CongestionLimits.INCREASE_PER_SECOND, seconds) - 1);
  }

  private static double additive(long roundTripMicros, long step) {
    double response = (roundTripMicros + 100_000) / 1e6;
    return CongestionLimits.PACKET_BITS / response * (step / 1e6);
  }
}
