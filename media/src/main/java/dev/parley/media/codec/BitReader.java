package dev.parley.media.codec;

/** Reads big-endian bit fields and remembers running over the end instead of throwing. */
final class BitReader {
  private PacketBytes bytes = new ArrayBytes(new byte[0]);
  private int position;
  private int limit;
  private boolean overrun;

  void start(PacketBytes source, int offset, int length) {
    bytes = source;
    position = offset * 8;
    limit = position + length * 8;
    overrun = false;
  }

  boolean overrun() {
    return overrun;
  }

  int bits(int count) {
    if (count > limit - position) {
      overrun = true;
      return 0;
    }
    int value = 0;
    for (int left = count; left > 0; left--) {
      value = value << 1 | (bytes.u8(position >> 3) >>> (7 - (position & 7)) & 1);
      position++;
    }
    return value;
  }

  boolean flag() {
    return bits(1) != 0;
  }

  /** The ns(n) code of the AV1 bitstream: a value below {@code bound} in almost constant width. */
  int nonSymmetric(int bound) {
    int width = 32 - Integer.numberOfLeadingZeros(bound);
    int shortCodes = (1 << width) - bound;
    int value = bits(width - 1);
    if (value < shortCodes) {
      return value;
    }
    return (value << 1) - shortCodes + bits(1);
  }
}
