package dev.parley.media.sdp;

/** Numbers of a description, with their bounds. */
final class SdpNumbers {
  private SdpNumbers() {}

  /** A decimal number from 0 to {@code max}. */
  static int bounded(String text, int max, String what) {
    long value = unsigned(text, what);
    if (value > max) {
      throw new SdpRefused("the " + what + " is out of range");
    }
    return (int) value;
  }

  /** A decimal number of 32 bits, as SSRCs are. */
  static int ssrc(String text) {
    long value = unsigned(text, "SSRC");
    if (value > 0xffffffffL) {
      throw new SdpRefused("the SSRC is out of range");
    }
    return (int) value;
  }

  private static long unsigned(String text, String what) {
    boolean digits =
        !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw new SdpRefused("the " + what + " is not a number");
    }
    return Long.parseLong(text);
  }
}
