package dev.parley.media.transport;

import dev.parley.media.memory.Memory;

/** A keyed cipher with its salt: how a nonce is made of SSRC and packet index. */
sealed interface SrtpLayer {
  void close();

  static SrtpLayer of(
      SrtpCipher cipher,
      SrtpProfile profile,
      byte[] key,
      byte[] authentication,
      byte[] salt,
      boolean sealing) {
    return switch (profile) {
      case AEAD_AES_128_GCM -> new Gcm(cipher.aead(key, sealing), salt);
      case AES128_CM_SHA1_80 -> new Cm(cipher.counterMode(key, authentication), salt);
    };
  }

  /** RFC 7714 §8.1 and §9.1: two zero bytes, SSRC, 48-bit index, all xored with the salt. */
  final class Gcm implements SrtpLayer {
    final SrtpCipher.Aead aead;
    private final int salt0;
    private final long salt4;

    Gcm(SrtpCipher.Aead aead, byte[] salt) {
      this.aead = aead;
      this.salt0 = (int) SrtpLayer.number(salt, 0, 4);
      this.salt4 = SrtpLayer.number(salt, 4, 8);
    }

    void nonce(long at, int ssrc, long index) {
      Memory.put32(at, salt0 ^ ssrc >>> 16);
      Memory.put64(at + 4, salt4 ^ ((ssrc & 0xffffL) << 48 | index));
    }

    @Override
    public void close() {
      aead.close();
    }
  }

  /** RFC 3711 §4.1.1: salt · 2^16 xor SSRC · 2^64 xor index · 2^16. */
  final class Cm implements SrtpLayer {
    final SrtpCipher.CounterMode cipher;
    private final long salt0;
    private final long salt8;

    Cm(SrtpCipher.CounterMode cipher, byte[] salt) {
      this.cipher = cipher;
      this.salt0 = SrtpLayer.number(salt, 0, 8);
      this.salt8 = SrtpLayer.number(salt, 8, 6) << 16;
    }

    void counter(long at, int ssrc, long index) {
      Memory.put64(at, salt0 ^ (ssrc & 0xffffffffL));
      Memory.put64(at + 8, salt8 ^ index << 16);
    }

    @Override
    public void close() {
      cipher.close();
    }
  }

  private static long number(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }
}
