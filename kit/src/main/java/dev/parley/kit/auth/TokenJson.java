package dev.parley.kit.auth;

import java.util.List;
import java.util.Map;

/**
 * Compact JSON for a token's payload. Everything outside ASCII, and the four characters {@code >},
 * {@code ?}, {@code ~} and DEL, is written as a {@code \\u} escape. Of ASCII bytes only those four
 * can make a base64url text hold {@code -} or {@code _} (index 62 and 63 need a third byte whose
 * low six bits are 62 or 63), and Microsoft's Java SDK decodes the payload with a plain Base64
 * decoder, which fails on these two.
 */
final class TokenJson {
  private static final String FORBIDDEN = ">?~\u007f";

  private TokenJson() {}

  static String write(Map<String, ?> claims) {
    StringBuilder json = new StringBuilder(512);
    writeObject(claims, json);
    return json.toString();
  }

  private static void writeObject(Map<?, ?> object, StringBuilder json) {
    char before = '{';
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      json.append(before);
      writeString(String.valueOf(entry.getKey()), json);
      json.append(':');
      writeValue(entry.getValue(), json);
      before = ',';
    }
    json.append(object.isEmpty() ? "{}" : "}");
  }

  private static void writeValue(Object value, StringBuilder json) {
    switch (value) {
      case String text -> writeString(text, json);
      case Integer number -> json.append(number.intValue());
      case Long number -> json.append(number.longValue());
      case Boolean truth -> json.append(truth.booleanValue());
      case List<?> list -> writeList(list, json);
      case Map<?, ?> object -> writeObject(object, json);
      default ->
          throw new IllegalArgumentException(
              "a claim is text, a whole number, a truth value, a list or an object; not a "
                  + value.getClass().getName());
    }
  }

  private static void writeList(List<?> list, StringBuilder json) {
    char before = '[';
    for (Object value : list) {
      json.append(before);
      writeValue(value, json);
      before = ',';
    }
    json.append(list.isEmpty() ? "[]" : "]");
  }

  private static void writeString(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~' || FORBIDDEN.indexOf(c) >= 0) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          json.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
