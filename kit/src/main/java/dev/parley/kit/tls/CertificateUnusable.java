package dev.parley.kit.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, a key or their folder cannot be used. The message names the file and says what to
 * do; it never holds key material.
 */
public final class CertificateUnusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why it cannot be used. */
  public enum Reason {
    /** The file is absent or may not be read. */
    UNREADABLE,
    /** The folder or file may not be written. */
    UNWRITABLE,
    /** Larger than {@link Pem#SIZE_MAX_CHARS}. */
    TOO_LARGE,
    /** The PEM armour, its base64 or the DER in it is damaged. */
    MALFORMED,
    /** No certificate stands in the file. */
    NO_CERTIFICATE,
    /** No private key stands in the file. */
    NO_KEY,
    /** The private key is protected by a passphrase. */
    ENCRYPTED_KEY,
    /** The key's algorithm is none of EC, RSA, RSASSA-PSS, Ed25519, Ed448. */
    UNSUPPORTED_KEY,
    /** The private key is not the one the first certificate was made for. */
    KEY_MISMATCH,
    /** A certificate was not issued by the one after it. */
    BROKEN_CHAIN,
    /** A certificate of the chain has ended. */
    EXPIRED,
    /** A certificate of the chain has not begun. */
    NOT_YET_VALID,
    /** A name that no certificate can be made for. */
    BAD_NAME
  }

  private final Reason reason;

  public CertificateUnusable(Reason reason, String message) {
    this(reason, message, null);
  }

  public CertificateUnusable(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The same reason, with the file it was found in put in front of the message. */
  CertificateUnusable in(Path file) {
    return new CertificateUnusable(reason, file + ": " + getMessage(), getCause());
  }
}
