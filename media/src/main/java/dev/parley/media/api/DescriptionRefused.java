package dev.parley.media.api;

/** A client's description cannot be used; the message says why, in words fit for its sender. */
public final class DescriptionRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DescriptionRefused(String message) {
    super(message, null, false, false);
  }
}
