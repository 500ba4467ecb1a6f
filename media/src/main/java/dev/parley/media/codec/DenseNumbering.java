package dev.parley.media.codec;

import java.util.Arrays;

/**
 * Renumbers a counter so that what is left out on purpose leaves no hole, while what is only late
 * keeps its place. Numbers that are jumped over are reserved: when they arrive after all they get
 * the number in between.
 */
final class DenseNumbering {
  /** The number cannot be placed: too old, or before the start. */
  static final long REJECTED = -1;

  /** The number was dropped without leaving a hole. */
  static final long NO_HOLE = -2;

  /** Nothing is known of the number yet. */
  static final byte UNKNOWN = 0;

  static final byte FORWARDED = 1;
  static final byte DROPPED = 2;

  private final int mask;
  private final byte[] fate;
  private final int[] offset;
  private long first;
  private long newest;
  private long newestOut;
  private int dropped;

  DenseNumbering(int memory) {
    mask = memory - 1;
    fate = new byte[memory];
    offset = new int[memory];
  }

  /** Starts anew: {@code source} will become {@code output}, and nothing before it exists. */
  void restart(long source, long output) {
    Arrays.fill(fate, UNKNOWN);
    first = source;
    newest = source - 1;
    newestOut = output - 1;
    dropped = (int) (source - output);
  }

  long newest() {
    return newest;
  }

  /** The highest number given out, or reserved below it. */
  long newestOut() {
    return newestOut;
  }

  boolean newer(long source) {
    return source > newest;
  }

  /** Whether the number lies between the start and the newest, close enough to be remembered. */
  boolean remembered(long source) {
    return source >= first && source <= newest && newest - source <= mask;
  }

  byte fate(long source) {
    return remembered(source) ? fate[(int) source & mask] : UNKNOWN;
  }

  /** The output number, the same each time it is asked; {@link #REJECTED} when it has no place. */
  long forward(long source) {
    if (newer(source)) {
      advance(source);
    } else if (!remembered(source) || fate[(int) source & mask] == DROPPED) {
      return REJECTED;
    }
    fate[(int) source & mask] = FORWARDED;
    long output = source - offset[(int) source & mask];
    newestOut = Math.max(newestOut, output);
    return output;
  }

  /**
   * Leaves the number out.
   *
   * @return {@link #NO_HOLE}, or the reserved output number that now stays empty
   */
  long drop(long source) {
    if (newer(source)) {
      advance(source);
      fate[(int) source & mask] = DROPPED;
      dropped++;
      return NO_HOLE;
    }
    if (!remembered(source) || fate[(int) source & mask] != UNKNOWN) {
      return NO_HOLE;
    }
    fate[(int) source & mask] = DROPPED;
    return source - offset[(int) source & mask];
  }

  /** A jump longer than the memory cannot be filled any more, so it leaves no hole either. */
  private void advance(long source) {
    if (source - newest > mask) {
      Arrays.fill(fate, UNKNOWN);
      first = source;
      dropped = (int) (source - newestOut - 1);
    } else {
      for (long gap = newest + 1; gap < source; gap++) {
        fate[(int) gap & mask] = UNKNOWN;
        offset[(int) gap & mask] = dropped;
      }
      newestOut = Math.max(newestOut, source - 1 - dropped);
    }
    offset[(int) source & mask] = dropped;
    newest = source;
  }
}
