package dev.parley.media.sdp;

/** A description cannot be used; the message says why, in words fit for its sender. */
public final class SdpRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SdpRefused(String message) {
    super(message);
  }
}
