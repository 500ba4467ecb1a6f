package dev.parley.media.transport;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session keys of one direction, derived from a master key and salt (RFC 3711 §4.3).
 *
 * @param profile what they are for
 * @param rtpKey 16 bytes
 * @param rtpAuthentication 20 bytes, used by the counter mode only
 * @param rtpSalt 12 or 14 bytes
 * @param rtcpKey 16 bytes
 * @param rtcpAuthentication 20 bytes
 * @param rtcpSalt 12 or 14 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record SrtpKeys(
    SrtpProfile profile,
    byte[] rtpKey,
    byte[] rtpAuthentication,
    byte[] rtpSalt,
    byte[] rtcpKey,
    byte[] rtcpAuthentication,
    byte[] rtcpSalt) {
  private static final int AUTHENTICATION_BYTES = 20;
  private static final int PRF_SALT_BYTES = 14;

  /** Derives the six session keys; {@code salt} has {@link SrtpProfile#saltBytes} bytes. */
  public static SrtpKeys derive(SrtpProfile profile, byte[] key, byte[] salt) {
    // RFC 7714 §11: a 96-bit salt is padded on the right to the 112 bits that the function takes.
    byte[] padded = Arrays.copyOf(salt, PRF_SALT_BYTES);
    int saltBytes = profile.saltBytes();
    return new SrtpKeys(
        profile,
        label(key, padded, 0, SrtpProfile.KEY_BYTES),
        label(key, padded, 1, AUTHENTICATION_BYTES),
        label(key, padded, 2, saltBytes),
        label(key, padded, 3, SrtpProfile.KEY_BYTES),
        label(key, padded, 4, AUTHENTICATION_BYTES),
        label(key, padded, 5, saltBytes));
  }

  private static byte[] label(byte[] key, byte[] salt, int label, int length) {
    byte[] start = Arrays.copyOf(salt, 16);
    start[7] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(start));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has AES in counter mode", missing);
    }
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + profile + ", redacted]";
  }
}
