package dev.parley.kit.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986 §2.1), strict on malformed input. */
public final class PercentCoding {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private PercentCoding() {}

  /**
   * Decodes once; null for a malformed escape, bytes that are not UTF-8, and the character NUL,
   * which no id has and PostgreSQL cannot store.
   */
  public static @Nullable String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('\0') >= 0) {
      return null;
    }
    if (raw.indexOf('%') < 0 && (!plusIsSpace || raw.indexOf('+') < 0)) {
      return raw;
    }
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int at = 0; at < in.length; at++) {
      if (in[at] == '%') {
        int value = at + 2 < in.length ? hex(in[at + 1], in[at + 2]) : -1;
        if (value <= 0) {
          return null;
        }
        out[length++] = (byte) value;
        at += 2;
      } else {
        out[length++] = plusIsSpace && in[at] == '+' ? (byte) ' ' : in[at];
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out, 0, length)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  /** Encodes all but the unreserved characters of RFC 3986 §2.3. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  private static int hex(byte high, byte low) {
    int h = Character.digit((char) (high & 0xff), 16);
    int l = Character.digit((char) (low & 0xff), 16);
    return h < 0 || l < 0 ? -1 : h * 16 + l;
  }
}
