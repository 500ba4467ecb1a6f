package dev.parley.kit.auth;

/** A stored secret or the master keys cannot be used. The message never holds key material. */
public final class VaultFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** The secret was sealed under a master key that is not given: the wrong key file or option. */
    UNKNOWN_MASTER_KEY,
    /** The ciphertext was changed, or stands in another row than the one it was sealed for. */
    TAMPERED,
    /** Not a ciphertext of this vault, or of a newer version of it. */
    UNKNOWN_FORMAT,
    /** The key file is absent or may not be read. */
    KEY_FILE_UNREADABLE,
    /** The key file cannot be written. */
    KEY_FILE_UNWRITABLE,
    /** The key file or option does not hold master keys. */
    KEY_FILE_MALFORMED,
    /** Users other than the owner and its group may read or write the key file. */
    KEY_FILE_EXPOSED
  }

  private final Reason reason;

  VaultFault(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  VaultFault(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
