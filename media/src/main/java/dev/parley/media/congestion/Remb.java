package dev.parley.media.congestion;

import dev.parley.media.codec.PacketBytes;

/** Receiver Estimated Maximum Bitrate (draft-alvestrand-rmcat-remb-03 §2.2). */
public final class Remb {
  private static final int HEAD = 20;
  private static final int MANTISSA_MAX = 0x3ffff;

  private Remb() {}

  /**
   * The bit rate of a REMB, RTCP header included.
   *
   * @return -1 when the packet is no REMB or is malformed
   */
  public static long read(PacketBytes bytes, int offset, int length) {
    if (length < HEAD || bytes.u8(offset + 1) != 206 || (bytes.u8(offset) & 0x1f) != 15) {
      return -1;
    }
    boolean named = bytes.u16(offset + 12) == 0x5245 && bytes.u16(offset + 14) == 0x4d42;
    if (!named || HEAD + 4 * bytes.u8(offset + 16) > length) {
      return -1;
    }
    int exponent = bytes.u8(offset + 17) >>> 2;
    long mantissa = (bytes.u8(offset + 17) & 3L) << 16 | bytes.u16(offset + 18);
    if (exponent > 45) {
      return mantissa == 0 ? 0 : Long.MAX_VALUE;
    }
    return mantissa << exponent;
  }

  /**
   * Writes a REMB for one stream.
   *
   * @param offset of 24 free bytes
   * @return bytes written
   */
  public static int write(
      PacketBytes out, int offset, int senderSsrc, int mediaSsrc, long bitrateBps) {
    int exponent = 0;
    long mantissa = Math.max(0, bitrateBps);
    while (mantissa > MANTISSA_MAX) {
      mantissa >>>= 1;
      exponent++;
    }
    out.put16(offset, 0x8fce);
    out.put16(offset + 2, 5);
    out.put16(offset + 4, senderSsrc >>> 16);
    out.put16(offset + 6, senderSsrc);
    out.put16(offset + 8, 0);
    out.put16(offset + 10, 0);
    out.put16(offset + 12, 0x5245);
    out.put16(offset + 14, 0x4d42);
    out.put8(offset + 16, 1);
    out.put8(offset + 17, exponent << 2 | (int) (mantissa >>> 16));
    out.put16(offset + 18, (int) mantissa);
    out.put16(offset + 20, mediaSsrc >>> 16);
    out.put16(offset + 22, mediaSsrc);
    return 24;
  }
}
