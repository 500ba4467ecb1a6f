package dev.parley.media.transport;

/**
 * What one SSRC has sent: the highest packet index and which of the 128 before it have been seen
 * (RFC 3711 §3.3.1 and §3.3.2). Also guesses the index of an arriving sequence number.
 */
final class ReplayWindow {
  static final int WINDOW = 128;

  private long highest = -1;
  private long recent;
  private long older;

  /** The most likely 48-bit index of {@code sequence} (RFC 3711 appendix A). */
  long index(int sequence) {
    if (highest < 0) {
      return sequence;
    }
    long base = highest & ~0xffffL;
    long index = base | sequence;
    int last = (int) (highest & 0xffff);
    if (last < 0x8000 && sequence - last > 0x8000 && base > 0) {
      return index - 0x10000;
    }
    if (last >= 0x8000 && last - sequence > 0x8000) {
      return index + 0x10000;
    }
    return index;
  }

  /** Whether {@code index} was seen or is too old to know. */
  boolean isReplay(long index) {
    long age = highest - index;
    if (age < 0) {
      return false;
    }
    if (age >= WINDOW) {
      return true;
    }
    return age < 64 ? (recent >>> age & 1) != 0 : (older >>> age - 64 & 1) != 0;
  }

  /** Marks {@code index} as seen; only called for authentic packets. */
  void accept(long index) {
    long ahead = index - highest;
    if (highest < 0 || ahead >= WINDOW) {
      recent = 1;
      older = 0;
      highest = index;
    } else if (ahead > 0) {
      shift((int) ahead);
      recent |= 1;
      highest = index;
    } else {
      set((int) -ahead);
    }
  }

  private void shift(int by) {
    if (by >= 64) {
      older = by == 64 ? recent : recent << by - 64;
      recent = 0;
    } else {
      older = older << by | recent >>> 64 - by;
      recent <<= by;
    }
  }

  private void set(int age) {
    if (age < 64) {
      recent |= 1L << age;
    } else if (age < WINDOW) {
      older |= 1L << age - 64;
    }
  }
}
