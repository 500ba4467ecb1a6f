package dev.parley.kit.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One access key, ready to compute with. Keep it: making one costs more than using it. Thread-safe,
 * because each use works on a copy of the keyed state.
 */
public final class HmacKey {
  /** RFC 2104 §3 discourages keys shorter than the hash. */
  public static final int LENGTH_MIN_BYTES = 32;

  private final Mac keyed;

  /**
   * Takes the raw key.
   *
   * @throws IllegalArgumentException when it is shorter than {@link #LENGTH_MIN_BYTES}
   */
  public HmacKey(byte[] key) {
    if (key.length < LENGTH_MIN_BYTES) {
      throw new IllegalArgumentException("an access key has at least 32 bytes");
    }
    try {
      keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
    }
  }

  /** Takes the key as a connection string holds it. */
  public static HmacKey ofBase64(String accessKey) {
    return new HmacKey(Base64.getDecoder().decode(accessKey));
  }

  byte[] sign(byte[] message) {
    try {
      return ((Mac) keyed.clone()).doFinal(message);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the HMAC provider cannot copy its state", e);
    }
  }

  /** The signature of a text, for clients of the scheme: our own command line and tests. */
  public byte[] sign(String message) {
    return sign(message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
