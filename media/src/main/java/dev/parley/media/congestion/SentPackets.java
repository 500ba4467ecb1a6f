package dev.parley.media.congestion;

import java.util.Arrays;

/** What was sent under each transport-wide number, until feedback tells about it. */
final class SentPackets {
  private static final int MASK = CongestionLimits.SENT_MEMORY - 1;
  private static final byte UNTOLD = 0;
  private static final byte MISSING = 1;
  private static final byte ARRIVED = 2;

  private final int[] sequenceAt = new int[CongestionLimits.SENT_MEMORY];
  private final long[] micros = new long[CongestionLimits.SENT_MEMORY];
  private final int[] bytes = new int[CongestionLimits.SENT_MEMORY];
  private final int[] probe = new int[CongestionLimits.SENT_MEMORY];
  private final byte[] fate = new byte[CongestionLimits.SENT_MEMORY];

  SentPackets() {
    Arrays.fill(sequenceAt, -1);
  }

  void sent(int sequence, int size, int probeNumber, long nowMicros) {
    int at = sequence & MASK;
    sequenceAt[at] = sequence & 0xffff;
    micros[at] = nowMicros;
    bytes[at] = size;
    probe[at] = probeNumber;
    fate[at] = UNTOLD;
  }

  /** Marks it arrived; false when it is unknown or was told before. */
  boolean arrived(int sequence) {
    int at = sequence & MASK;
    if (sequenceAt[at] != sequence || fate[at] == ARRIVED) {
      return false;
    }
    fate[at] = ARRIVED;
    return true;
  }

  /** Marks it missing; false when it is unknown or was told before. */
  boolean missing(int sequence) {
    int at = sequence & MASK;
    if (sequenceAt[at] != sequence || fate[at] != UNTOLD) {
      return false;
    }
    fate[at] = MISSING;
    return true;
  }

  boolean toldMissing(int sequence) {
    int at = sequence & MASK;
    return sequenceAt[at] == sequence && fate[at] == MISSING;
  }

  long micros(int sequence) {
    return micros[sequence & MASK];
  }

  int bytes(int sequence) {
    return bytes[sequence & MASK];
  }

  int probe(int sequence) {
    return probe[sequence & MASK];
  }
}
