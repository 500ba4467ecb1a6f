package dev.parley.kit.sql;

/** A backup or a restore that was not done; nothing was changed. Written for the operator. */
public final class BackupRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BackupRefused(String message) {
    super(message);
  }

  public BackupRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
