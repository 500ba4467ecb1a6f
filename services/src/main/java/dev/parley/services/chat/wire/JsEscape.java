package dev.parley.services.chat.wire;

/**
 * The {@code escape} function of ECMAScript (ECMA-262 annex B.2.1.1): chat clients unescape the
 * participants in real-time events, so a percent sign in a name must not reach them bare.
 */
final class JsEscape {
  private static final String PLAIN = "@*_+-./";

  private JsEscape() {}

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() * 2);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isPlain(c)) {
        out.append(c);
      } else if (c < 256) {
        out.append('%').append(hex(c, 2));
      } else {
        out.append("%u").append(hex(c, 4));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }

  private static String hex(char c, int digits) {
    String hex = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
    return "0".repeat(digits - hex.length()) + hex;
  }
}
