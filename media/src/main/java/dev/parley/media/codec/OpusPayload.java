package dev.parley.media.codec;

/** The table-of-contents byte of an Opus packet, RFC 6716 §3.1. Opus has no frames to project. */
public final class OpusPayload {
  private OpusPayload() {}

  /**
   * Samples at 48 kHz that the packet holds.
   *
   * @return -1 when the payload is empty, malformed or longer than the 120 ms that RFC 6716 allows
   */
  public static int samples(PacketBytes bytes, int offset, int length) {
    if (length < 1) {
      return -1;
    }
    int contents = bytes.u8(offset);
    int frames;
    switch (contents & 0x03) {
      case 0 -> frames = 1;
      case 1, 2 -> frames = 2;
      default -> frames = length < 2 ? 0 : bytes.u8(offset + 1) & 0x3f;
    }
    int samples = frames * frameSamples(contents >>> 3);
    return samples == 0 || samples > 5760 ? -1 : samples;
  }

  /** Whether the packet is coded for two channels. */
  public static boolean stereo(PacketBytes bytes, int offset) {
    return (bytes.u8(offset) & 0x04) != 0;
  }

  /** Whether it is a discontinuous-transmission packet: nothing but the head (RFC 7587 §3.1.3). */
  public static boolean silent(int length) {
    return length <= 2;
  }

  private static int frameSamples(int configuration) {
    if (configuration < 12) {
      return switch (configuration & 0x03) {
        case 0 -> 480;
        case 1 -> 960;
        case 2 -> 1920;
        default -> 2880;
      };
    }
    if (configuration < 16) {
      return (configuration & 0x01) == 0 ? 480 : 960;
    }
    return 120 << (configuration & 0x03);
  }
}
