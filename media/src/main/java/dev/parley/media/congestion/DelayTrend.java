package dev.parley.media.congestion;

/**
 * Finds out whether queues grow, from departures and arrivals of groups of packets (GCC draft §5,
 * with a line fit instead of the Kalman filter, and a test of the fit against its scatter).
 */
final class DelayTrend {
  private static final int WINDOW = CongestionLimits.TREND_WINDOW;

  private final double[] time = new double[WINDOW];
  private final double[] smoothedDelay = new double[WINDOW];
  private final double[] rawDelay = new double[WINDOW];
  private int points;
  private int groups;
  private double accumulated;
  private double smoothed;

  private long groupFirstSent;
  private long groupLastSent;
  private long groupFirstArrival;
  private long groupLastArrival = -1;
  private long previousSent;
  private long previousArrival = -1;
  private long origin;

  private double threshold = CongestionLimits.THRESHOLD_START;
  private double previousSlope;
  private double noise;
  private long overSince = -1;
  private int overGroups;
  private long thresholdAt = -1;
  private NetworkUse use = NetworkUse.NORMAL;

  NetworkUse use() {
    return use;
  }

  /** Scatter of the delay around its trend, in milliseconds. */
  double noiseMs() {
    return noise;
  }

  /** Takes a packet that arrived; they come in order of sending. */
  void arrived(long sentMicros, long arrivalMicros) {
    if (groupLastArrival >= 0 && arrivalMicros - groupLastArrival > CongestionLimits.TREND_RESET) {
      restart();
    }
    if (groupLastArrival < 0) {
      begin(sentMicros, arrivalMicros);
      origin = sentMicros;
    } else if (sameGroup(sentMicros, arrivalMicros)) {
      groupLastSent = Math.max(groupLastSent, sentMicros);
      groupLastArrival = Math.max(groupLastArrival, arrivalMicros);
    } else if (sentMicros > groupFirstSent) {
      complete();
      begin(sentMicros, arrivalMicros);
    }
  }

  private void restart() {
    groupLastArrival = -1;
    previousArrival = -1;
    points = 0;
    groups = 0;
    accumulated = 0;
    smoothed = 0;
    use = NetworkUse.NORMAL;
  }

  private void begin(long sent, long arrival) {
    groupFirstSent = sent;
    groupLastSent = sent;
    groupFirstArrival = arrival;
    groupLastArrival = arrival;
  }

  /** Packets that were held up together and then arrive in one burst are one group, too. */
  private boolean sameGroup(long sent, long arrival) {
    if (sent - groupFirstSent <= CongestionLimits.GROUP_LENGTH) {
      return sent >= groupFirstSent;
    }
    long arrivalStep = arrival - groupLastArrival;
    return arrivalStep - (sent - groupLastSent) < 0
        && arrivalStep >= 0
        && arrivalStep <= CongestionLimits.GROUP_LENGTH
        && arrival - groupFirstArrival < CongestionLimits.GROUP_ARRIVAL_MAX;
  }

  private void complete() {
    if (previousArrival >= 0) {
      double sentMs = (groupLastSent - previousSent) / 1000.0;
      double arrivalMs = (groupLastArrival - previousArrival) / 1000.0;
      add(arrivalMs - sentMs, sentMs);
    }
    previousSent = groupLastSent;
    previousArrival = groupLastArrival;
  }

  private void add(double growthMs, double sentMs) {
    groups = Math.min(groups + 1, CongestionLimits.TREND_GROUPS_MAX);
    accumulated += growthMs;
    smoothed =
        CongestionLimits.TREND_SMOOTHING * smoothed
            + (1 - CongestionLimits.TREND_SMOOTHING) * accumulated;
    if (points == WINDOW) {
      System.arraycopy(time, 1, time, 0, WINDOW - 1);
      System.arraycopy(smoothedDelay, 1, smoothedDelay, 0, WINDOW - 1);
      System.arraycopy(rawDelay, 1, rawDelay, 0, WINDOW - 1);
      points--;
    }
    time[points] = (groupLastSent - origin) / 1000.0;
    smoothedDelay[points] = smoothed;
    rawDelay[points] = accumulated;
    points++;
    if (points == WINDOW) {
      judge(slope(smoothedDelay), sentMs);
    }
  }

  private double slope(double[] values) {
    double meanTime = mean(time);
    double meanValue = mean(values);
    double above = 0;
    double below = 0;
    for (int each = 0; each < WINDOW; each++) {
      above += (time[each] - meanTime) * (values[each] - meanValue);
      below += (time[each] - meanTime) * (time[each] - meanTime);
    }
    return below == 0 ? 0 : above / below;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Scatter of the raw delay around its own line. */
  private double scatter() {
    double slope = slope(rawDelay);
    double meanTime = mean(time);
    double meanValue = mean(rawDelay);
    double sum = 0;
    for (int each = 0; each < WINDOW; each++) {
      double off = rawDelay[each] - meanValue - slope * (time[each] - meanTime);
      sum += off * off;
    }
    return Math.sqrt(sum / WINDOW);
  }

  private void judge(double slope, double sentMs) {
    double weighted = groups * slope * CongestionLimits.TREND_GAIN;
    noise = 0.9 * noise + 0.1 * scatter();
    double rise = slope * (time[WINDOW - 1] - time[0]);
    boolean hidden =
        noise > CongestionLimits.NOISE_FLOOR_MS && rise < CongestionLimits.RISE_TO_NOISE * noise;
    if (weighted > threshold && !hidden) {
      over(slope, sentMs);
    } else {
      overSince = -1;
      overGroups = 0;
      use = weighted < -threshold && !hiddenFall(rise) ? NetworkUse.UNDER : NetworkUse.NORMAL;
    }
    previousSlope = slope;
    adapt(weighted);
  }

  private boolean hiddenFall(double rise) {
    return noise > CongestionLimits.NOISE_FLOOR_MS && -rise < noise;
  }

  private void over(double slope, double sentMs) {
    if (overSince < 0) {
      overSince = groupLastArrival - (long) (sentMs * 500);
    }
    overGroups++;
    boolean lasts = groupLastArrival - overSince > CongestionLimits.OVERUSE_TIME;
    if (lasts && overGroups > 1 && slope >= previousSlope) {
      use = NetworkUse.OVER;
    }
  }

  private void adapt(double weighted) {
    double size = Math.abs(weighted);
    if (thresholdAt < 0) {
      thresholdAt = groupLastArrival;
    }
    if (size <= threshold + CongestionLimits.THRESHOLD_OUTLIER) {
      double rate =
          size < threshold ? CongestionLimits.THRESHOLD_DOWN : CongestionLimits.THRESHOLD_UP;
      double step =
          Math.min(
              (groupLastArrival - thresholdAt) / 1000.0, CongestionLimits.THRESHOLD_STEP_MS_MAX);
      threshold += rate * (size - threshold) * step;
      threshold =
          Math.clamp(threshold, CongestionLimits.THRESHOLD_MIN, CongestionLimits.THRESHOLD_MAX);
    }
    thresholdAt = groupLastArrival;
  }
}
