package dev.parley.media.congestion;

/**
 * What was sent under each transport-wide number, until feedback tells about it. One place in
 * memory holds all of a packet: with many receivers each table is cold when its turn comes, and
 * every further array would be another miss.
 */
final class SentPackets {
  private static final int MASK = CongestionLimits.SENT_MEMORY - 1;
  private static final int UNTOLD = 0;
  private static final int MISSING = 1;
  private static final int ARRIVED = 2;

  // Per packet: when it left, in microseconds; then from the lowest bit 16 for the number, 16 for
  // the bytes, 2 for the fate, 1 that says the place is in use, and the rest for the probe.
  private static final int BYTES = 16;
  private static final int FATE = 32;
  private static final int USED = 34;
  private static final int PROBE = 35;

  private final long[] table = new long[2 * CongestionLimits.SENT_MEMORY];

  void sent(int sequence, int size, int probeNumber, long nowMicros) {
    int at = place(sequence);
    table[at] = nowMicros;
    table[at + 1] =
        sequence & 0xffff | (size & 0xffffL) << BYTES | 1L << USED | (long) probeNumber << PROBE;
  }

  private static int place(int sequence) {
    return 2 * (sequence & MASK);
  }

  private boolean known(int sequence) {
    long what = table[place(sequence) + 1];
    return (what >>> USED & 1) != 0 && (what & 0xffff) == sequence;
  }

  private int fate(int sequence) {
    return (int) (table[place(sequence) + 1] >>> FATE) & 3;
  }

  private void tell(int sequence, int fate) {
    int at = place(sequence) + 1;
    table[at] = table[at] & ~(3L << FATE) | (long) fate << FATE;
  }

  /** Marks it arrived; false when it is unknown or was told before. */
  boolean arrived(int sequence) {
    if (!known(sequence) || fate(sequence) == ARRIVED) {
      return false;
    }
    tell(sequence, ARRIVED);
    return true;
  }

  /** Marks it missing; false when it is unknown or was told before. */
  boolean missing(int sequence) {
    if (!known(sequence) || fate(sequence) != UNTOLD) {
      return false;
    }
    tell(sequence, MISSING);
    return true;
  }

  boolean toldMissing(int sequence) {
    return known(sequence) && fate(sequence) == MISSING;
  }

  long micros(int sequence) {
    return table[place(sequence)];
  }

  int bytes(int sequence) {
    return (int) (table[place(sequence) + 1] >>> BYTES) & 0xffff;
  }

  int probe(int sequence) {
    return (int) (table[place(sequence) + 1] >>> PROBE);
  }
}
