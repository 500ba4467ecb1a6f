package dev.parley.media.sfu;

import java.util.Arrays;

/**
 * What of one incoming source is missing: which packets to ask for again, which arrived twice.
 * Owned by the publisher's loop; bounded and free of allocation.
 */
final class LossTracker {
  /** Holes that are followed at the same time. */
  static final int MISSING_MAX = 256;

  /** A jump of more than this is a new start, not a loss. */
  static final int JUMP_MAX = 512;

  static final int TRIES_MAX = 10;
  private static final long RETRY_NANOS_MIN = 20_000_000;
  private static final long GIVE_UP_NANOS = 1_000_000_000;

  // A single late packet is more often reordered than lost; it gets this long before it is asked
  // for.
  private static final long FIRST_NANOS = 5_000_000;

  private final long[] missing = new long[MISSING_MAX];
  private final long[] since = new long[MISSING_MAX];
  private final long[] nextTry = new long[MISSING_MAX];
  private final long[] askedAt = new long[MISSING_MAX];
  private final int[] tries = new int[MISSING_MAX];
  private final int[] due = new int[MISSING_MAX];
  private int missingCount;
  private long first = -1;
  private long highest = -1;
  private long received;
  private long recovered;
  private long givenUp;

  // How long an answer takes; learnt from packets that came after being asked for once.
  private long roundTripNanos = SfuLimits.ROUND_TRIP_NANOS_INITIAL;

  /**
   * Notes a packet.
   *
   * @return false when it was here before, or is too old to matter
   */
  boolean arrived(int sequence, long now) {
    if (highest < 0) {
      restart(sequence);
      return true;
    }
    int step = (short) (sequence - (int) highest);
    if (step > 0) {
      ahead(step, now);
      return true;
    }
    if (-step > JUMP_MAX) {
      restart((highest & ~0xffffL) + 0x10000 + sequence);
      return true;
    }
    return filled(highest + step, now);
  }

  private void restart(long sequence) {
    if (first < 0) {
      first = sequence;
    }
    highest = sequence;
    missingCount = 0;
    received++;
  }

  private void ahead(int step, long now) {
    if (step <= JUMP_MAX) {
      for (long hole = highest + 1; hole < highest + step; hole++) {
        add(hole, now);
      }
    } else {
      missingCount = 0;
    }
    highest += step;
    received++;
  }

  private void add(long hole, long now) {
    if (missingCount == MISSING_MAX) {
      remove(0);
      givenUp++;
    }
    missing[missingCount] = hole;
    since[missingCount] = now;
    nextTry[missingCount] = now + FIRST_NANOS;
    tries[missingCount++] = 0;
  }

  private boolean filled(long sequence, long now) {
    for (int i = 0; i < missingCount; i++) {
      if (missing[i] == sequence) {
        if (tries[i] > 0) {
          recovered++;
        }
        if (tries[i] == 1) {
          roundTripNanos += (now - askedAt[i] - roundTripNanos) / 8;
        }
        remove(i);
        received++;
        return true;
      }
    }
    return false;
  }

  private void remove(int index) {
    int behind = missingCount - index - 1;
    System.arraycopy(missing, index + 1, missing, index, behind);
    System.arraycopy(since, index + 1, since, index, behind);
    System.arraycopy(nextTry, index + 1, nextTry, index, behind);
    System.arraycopy(askedAt, index + 1, askedAt, index, behind);
    System.arraycopy(tries, index + 1, tries, index, behind);
    missingCount--;
  }

  /**
   * The sequence numbers to ask for now, rising, in {@link #due}.
   *
   * @return how many
   */
  int ask(long now) {
    int count = 0;
    for (int i = missingCount - 1; i >= 0; i--) {
      if (now - since[i] > GIVE_UP_NANOS || tries[i] == TRIES_MAX) {
        remove(i);
        givenUp++;
      }
    }
    for (int i = 0; i < missingCount; i++) {
      if (now - nextTry[i] >= 0) {
        due[count++] = (int) missing[i] & 0xffff;
        tries[i]++;
        askedAt[i] = now;
        nextTry[i] = now + Math.max(RETRY_NANOS_MIN, roundTripNanos * 5 / 4);
      }
    }
    return count;
  }

  int[] due() {
    return due;
  }

  long roundTripNanos() {
    return roundTripNanos;
  }

  int missingCount() {
    return missingCount;
  }

  /** The highest extended sequence number, or -1. */
  long highest() {
    return highest;
  }

  /** Packets that should have come since the start. */
  long expected() {
    return highest < 0 ? 0 : highest - first + 1;
  }

  long received() {
    return received;
  }

  long recovered() {
    return recovered;
  }

  long givenUp() {
    return givenUp;
  }

  @Override
  public String toString() {
    return "missing " + Arrays.toString(Arrays.copyOf(missing, missingCount));
  }
}
