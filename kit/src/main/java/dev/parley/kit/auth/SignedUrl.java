package dev.parley.kit.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which clients sign a path and query. A client signs what its own library makes of
 * the URL, not always what it then sends: see each form.
 */
enum SignedUrl {
  /** As on the wire: Java, .NET, Python. */
  RAW {
    @Override
    String of(String rawPath, @Nullable String rawQuery) {
      return rawQuery == null ? rawPath : rawPath + '?' + rawQuery;
    }
  },

  /**
   * The raw path, and the query parsed and written again as {@code
   * application/x-www-form-urlencoded} (WHATWG URL §5): JavaScript signs {@code
   * URLSearchParams.toString()}.
   */
  FORM {
    @Override
    @Nullable String of(String rawPath, @Nullable String rawQuery) {
      if (rawQuery == null) {
        return null;
      }
      String query = reencode(rawQuery);
      if (query.isEmpty()) {
        return rawPath;
      }
      return query.equals(rawQuery) ? null : rawPath + '?' + query;
    }
  },

  /**
   * Path and query percent-decoded as one text, plus signs left alone: Python's clients of {@code
   * decode_url=True} sign {@code urllib.parse.unquote(url)}.
   */
  DECODED {
    @Override
    @Nullable String of(String rawPath, @Nullable String rawQuery) {
      if (rawPath.indexOf('%') < 0 && (rawQuery == null || rawQuery.indexOf('%') < 0)) {
        return null;
      }
      String decoded = decode(SignedUrl.raw(rawPath, rawQuery), false);
      // A line feed would let a URL reach into the lines of the string to sign that follow it.
      return decoded.indexOf('\n') < 0 ? decoded : null;
    }
  };

  /** The form's text, or null when it is the same as an earlier form's. */
  abstract @Nullable String of(String rawPath, @Nullable String rawQuery);

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private static String raw(String rawPath, @Nullable String rawQuery) {
    return rawQuery == null ? rawPath : rawPath + '?' + rawQuery;
  }

  private static String reencode(String query) {
    StringBuilder out = new StringBuilder(query.length() + 16);
    int from = 0;
    while (from <= query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      if (end > from) {
        int equals = query.indexOf('=', from);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        if (!out.isEmpty()) {
          out.append('&');
        }
        encode(decode(query.substring(from, nameEnd), true), out);
        out.append('=');
        encode(decode(query.substring(Math.min(nameEnd + 1, end), end), true), out);
      }
      from = end + 1;
    }
    return out.toString();
  }

  private static void encode(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '*'
              || b == '-'
              || b == '.'
              || b == '_';
      if (plain) {
        out.append((char) b);
      } else if (b == ' ') {
        out.append('+');
      } else {
        out.append('%').append((char) HEX[(b >> 4) & 0xf]).append((char) HEX[b & 0xf]);
      }
    }
  }

  /** Percent-decodes UTF-8; a {@code %} without two hex digits stays as it is. */
  private static String decode(String text, boolean plusIsSpace) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
