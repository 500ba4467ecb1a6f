package dev.parley.media.transport;

/** The protection profiles that this engine speaks, in the order in which it prefers them. */
public enum SrtpProfile {
  /** AES-128 in Galois/counter mode with a 16-byte tag (RFC 7714 §14.2). */
  AEAD_AES_128_GCM(0x0007, 12, 16),
  /** AES-128 in counter mode with HMAC-SHA1 cut to 80 bits (RFC 5764 §4.1.2). */
  AES128_CM_SHA1_80(0x0001, 14, 10);

  /** Bytes of a master key; the same for both. */
  public static final int KEY_BYTES = 16;

  private final int code;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int code, int saltBytes, int tagBytes) {
    this.code = code;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /** The number of the profile in the DTLS {@code use_srtp} extension. */
  public int code() {
    return code;
  }

  /** Bytes of a master salt. */
  public int saltBytes() {
    return saltBytes;
  }

  /** Bytes that an RTP packet grows by. */
  public int tagBytes() {
    return tagBytes;
  }
}
