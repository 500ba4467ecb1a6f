package dev.parley.media.audio;

/** The two laws of ITU-T G.711 for one sample. */
public enum G711 {
  /** Payload type 8, PCMA: Europe and most of the world. */
  A_LAW {
    @Override
    byte encode(int sample) {
      int sign = sample < 0 ? 0 : 0x80;
      int size = Math.min((sample < 0 ? ~sample : sample) >> 4, 0x7ff);
      int exponent = size < 32 ? (size >= 16 ? 1 : 0) : 32 - Integer.numberOfLeadingZeros(size) - 4;
      int mantissa = exponent < 2 ? size & 0x0f : size >> (exponent - 1) & 0x0f;
      return (byte) ((sign | exponent << 4 | mantissa) ^ 0x55);
    }

    @Override
    short decode(int code) {
      int plain = code ^ 0x55;
      int exponent = plain >> 4 & 7;
      int mantissa = plain & 0x0f;
      int size = (mantissa << 4) + 8;
      if (exponent > 0) {
        size = (size + 0x100) << (exponent - 1);
      }
      return (short) ((plain & 0x80) != 0 ? size : -size);
    }
  },
  /** Payload type 0, PCMU: North America and Japan. */
  MU_LAW {
    @Override
    byte encode(int sample) {
      int sign = sample < 0 ? 0x80 : 0;
      int size = Math.min(Math.abs(sample), 32_635) + 132;
      int exponent = 31 - Integer.numberOfLeadingZeros(size) - 7;
      int mantissa = size >> (exponent + 3) & 0x0f;
      return (byte) ~(sign | exponent << 4 | mantissa);
    }

    @Override
    short decode(int code) {
      int plain = ~code & 0xff;
      int exponent = plain >> 4 & 7;
      int size = (((plain & 0x0f) << 3) + 132 << exponent) - 132;
      return (short) ((plain & 0x80) != 0 ? -size : size);
    }
  };

  abstract byte encode(int sample);

  abstract short decode(int code);

  /** A new encoder of this law. */
  public AudioEncoder encoder() {
    return new G711Encoder(this);
  }

  /** A new decoder of this law. */
  public AudioDecoder decoder() {
    return new G711Decoder(this);
  }
}
