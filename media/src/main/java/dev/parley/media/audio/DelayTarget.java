package dev.parley.media.audio;

import java.util.Arrays;

/** How long sound must be held back so that nearly all packets are in time. */
final class DelayTarget {
  private final double[] share = new double[AudioLimits.TARGET_BUCKETS];
  private long lowest = Long.MAX_VALUE;
  private long lowestBefore = Long.MAX_VALUE;
  private long windowStart = Long.MIN_VALUE;
  private double total;

  void reset() {
    Arrays.fill(share, 0);
    total = 0;
    lowest = Long.MAX_VALUE;
    lowestBefore = Long.MAX_VALUE;
    windowStart = Long.MIN_VALUE;
  }

  /** Takes a packet: its time of arrival, less its media time. */
  void arrived(long transitMicros, long nowMicros) {
    if (windowStart == Long.MIN_VALUE || nowMicros - windowStart > AudioLimits.BASE_WINDOW_MICROS) {
      windowStart = nowMicros;
      lowestBefore = lowest;
      lowest = Long.MAX_VALUE;
    }
    lowest = Math.min(lowest, transitMicros);
    long late = transitMicros - Math.min(lowest, lowestBefore);
    if (late > AudioLimits.TIME_JUMP_MICROS) {
      reset();
      lowest = transitMicros;
      return;
    }
    int bucket = (int) Math.min(late / AudioLimits.TARGET_BUCKET_MICROS, share.length - 1);
    for (int each = 0; each < share.length; each++) {
      share[each] *= AudioLimits.TARGET_FORGETTING;
    }
    total = total * AudioLimits.TARGET_FORGETTING + 1;
    share[bucket] += 1;
  }

  long micros() {
    if (total < 5) {
      return AudioLimits.TARGET_START_MICROS;
    }
    double sum = 0;
    int bucket = 0;
    while (bucket < share.length - 1 && sum + share[bucket] < AudioLimits.TARGET_SHARE * total) {
      sum += share[bucket++];
    }
    long target = (bucket + 1) * AudioLimits.TARGET_BUCKET_MICROS + AudioLimits.TARGET_MIN_MICROS;
    return Math.clamp(target, AudioLimits.TARGET_MIN_MICROS, AudioLimits.TARGET_MAX_MICROS);
  }
}
