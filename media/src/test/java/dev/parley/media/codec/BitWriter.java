package dev.parley.media.codec;

/** Writes big-endian bit fields for test packets. */
final class BitWriter {
  private final StringBuilder written = new StringBuilder();

  BitWriter bits(int value, int count) {
    for (int bit = count - 1; bit >= 0; bit--) {
      written.append((value >>> bit & 1) == 0 ? '0' : '1');
    }
    return this;
  }

  BitWriter nonSymmetric(int value, int bound) {
    int width = 32 - Integer.numberOfLeadingZeros(bound);
    int shortCodes = (1 << width) - bound;
    if (value < shortCodes) {
      return bits(value, width - 1);
    }
    int extra = value + shortCodes;
    return bits(extra >>> 1, width - 1).bits(extra & 1, 1);
  }

  byte[] bytes() {
    byte[] result = new byte[(written.length() + 7) / 8];
    for (int bit = 0; bit < written.length(); bit++) {
      if (written.charAt(bit) == '1') {
        result[bit / 8] |= (byte) (0x80 >>> (bit & 7));
      }
    }
    return result;
  }
}
