package dev.parley.media.congestion;

import java.util.Arrays;

/** Bit rate that arrives, over the last half second of the receiver's clock. */
final class ArrivedRate {
  private final long[] bits = new long[CongestionLimits.ARRIVED_BUCKETS];
  private long newest = -1;
  private long first = -1;
  private long sum;

  void arrived(int bytes, long micros) {
    long bucket = micros / CongestionLimits.ARRIVED_BUCKET;
    if (newest < 0 || bucket - newest > 4L * bits.length || newest - bucket > 4L * bits.length) {
      restart(bucket);
    }
    while (newest < bucket) {
      newest++;
      int at = (int) (newest % bits.length);
      sum -= bits[at];
      bits[at] = 0;
    }
    if (newest - bucket < bits.length) {
      bits[(int) (bucket % bits.length)] += bytes * 8L;
      sum += bytes * 8L;
    }
  }

  private void restart(long bucket) {
    Arrays.fill(bits, 0);
    sum = 0;
    newest = bucket;
    first = bucket;
  }

  /** Bits per second; 0 while less than 150 ms are known. */
  long bps() {
    long buckets = Math.min(newest - first, bits.length);
    return buckets < 15
        ? 0
        : sum * CongestionLimits.SECOND / (buckets * CongestionLimits.ARRIVED_BUCKET);
  }

  /** The rate over the last 150 ms only; it follows a raised rate sooner and scatters more. */
  long shortBps() {
    int count = CongestionLimits.ARRIVED_BUCKETS_SHORT;
    if (newest - first < count) {
      return 0;
    }
    long recent = 0;
    for (long bucket = newest - count; bucket < newest; bucket++) {
      recent += bits[(int) (bucket % bits.length)];
    }
    return recent * CongestionLimits.SECOND / (count * CongestionLimits.ARRIVED_BUCKET);
  }
}
