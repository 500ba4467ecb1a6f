package dev.parley.kit.auth;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of an {@code Authorization} header of the access-key scheme: {@code HMAC-SHA256
 * SignedHeaders=a;b;c&Signature=base64}.
 *
 * @param signedHeaders names in lower case, in the order in which their values were signed
 */
record HmacAuthorization(List<String> signedHeaders, byte[] signature) {
  static final String SCHEME = "HMAC-SHA256";

  /** A signature is 300 characters; the limit leaves room for a long list of headers. */
  private static final int LENGTH_MAX_CHARS = 4096;

  private static final int SIGNED_HEADERS_MAX = 16;
  private static final int SIGNATURE_BYTES = 32;

  /** A header that is not of this grammar; the message says where. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether the header names this scheme, so that another authentication can be tried if not. */
  static boolean isOfScheme(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
  }

  static HmacAuthorization parse(String header) throws Malformed {
    if (!isOfScheme(header)) {
      throw new Malformed("the scheme is not " + SCHEME);
    }
    if (header.length() > LENGTH_MAX_CHARS) {
      throw new Malformed("longer than " + LENGTH_MAX_CHARS + " characters");
    }
    String signedHeaders = null;
    String signature = null;
    int from = SCHEME.length();
    while (from < header.length()) {
      int end = header.indexOf('&', from);
      end = end < 0 ? header.length() : end;
      String parameter = header.substring(from, end).strip();
      int equals = parameter.indexOf('=');
      if (equals < 0) {
        throw new Malformed("a parameter without '='");
      }
      String name = parameter.substring(0, equals);
      String value = parameter.substring(equals + 1);
      if (name.equalsIgnoreCase("SignedHeaders")) {
        signedHeaders = once(signedHeaders, value, "SignedHeaders");
      } else if (name.equalsIgnoreCase("Signature")) {
        signature = once(signature, value, "Signature");
      }
      from = end + 1;
    }
    if (signedHeaders == null || signature == null) {
      throw new Malformed("SignedHeaders or Signature is missing");
    }
    return new HmacAuthorization(names(signedHeaders), decode(signature));
  }

  private static String once(@Nullable String before, String value, String name) throws Malformed {
    if (before != null) {
      throw new Malformed(name + " stands twice");
    }
    return value;
  }

  private static List<String> names(String list) throws Malformed {
    List<String> names = new ArrayList<>(4);
    int from = 0;
    while (from <= list.length()) {
      int end = list.indexOf(';', from);
      end = end < 0 ? list.length() : end;
      String name = list.substring(from, end).strip().toLowerCase(Locale.ROOT);
      if (!isToken(name) || names.contains(name)) {
        throw new Malformed("SignedHeaders holds an empty, repeated or impossible header name");
      }
      if (names.size() == SIGNED_HEADERS_MAX) {
        throw new Malformed("more than " + SIGNED_HEADERS_MAX + " signed headers");
      }
      names.add(name);
      from = end + 1;
    }
    return List.copyOf(names);
  }

  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      if (!allowed) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static byte[] decode(String signature) throws Malformed {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      throw new Malformed("Signature is not base64");
    }
    if (bytes.length != SIGNATURE_BYTES) {
      throw new Malformed("Signature does not hold 32 bytes");
    }
    return bytes;
  }
}
