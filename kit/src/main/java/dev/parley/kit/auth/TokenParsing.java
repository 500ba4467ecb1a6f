package dev.parley.kit.auth;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The strict reading of a compact token, before and after its signature is known to be good. */
final class TokenParsing {
  /** 9999-12-31: beyond it a number is no date in seconds but a mistake in milliseconds. */
  private static final long SECOND_MAX = 253_402_300_799L;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private TokenParsing() {}

  /** A text that is no token of ours; the message quotes nothing of it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  record Segments(String header, String payload, String signature, String signed) {}

  static Segments split(String token) throws Malformed {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first <= 0 || second <= first + 1 || second == token.length() - 1) {
      throw new Malformed("not three segments");
    }
    if (token.indexOf('.', second + 1) >= 0) {
      throw new Malformed("more than three segments");
    }
    return new Segments(
        token.substring(0, first),
        token.substring(first + 1, second),
        token.substring(second + 1),
        token.substring(0, second));
  }

  /** The {@code kid} of a header that asks for ES256 and for nothing we do not understand. */
  static String keyId(String headerSegment) throws Malformed {
    Map<String, Object> header = object(headerSegment);
    if (!"ES256".equals(header.get("alg"))) {
      throw new Malformed("alg is not ES256");
    }
    if (header.containsKey("crit")) {
      throw new Malformed("crit names an extension"); // RFC 7515 §4.1.11
    }
    if (header.get("kid") instanceof String keyId) {
      return keyId;
    }
    throw new Malformed("kid is missing");
  }

  static Map<String, Object> object(String segment) throws Malformed {
    byte[] json = decode(segment);
    try {
      Map<String, Object> object = JSON.readValue(json, OBJECT);
      if (object == null) {
        throw new Malformed("a segment that is not a JSON object");
      }
      return object;
    } catch (JacksonException e) {
      throw new Malformed("a segment that is not a JSON object");
    }
  }

  /** Refuses what a lenient decoder lets through, so that one token has one text. */
  static byte[] decode(String segment) throws Malformed {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(segment);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new Malformed("a segment that is not base64url");
    }
    throw new Malformed("a segment that is not canonical base64url");
  }

  static @Nullable Instant instant(Map<String, Object> claims, String name) throws Malformed {
    return switch (claims.get(name)) {
      case null -> null;
      case Integer seconds -> instant(seconds.longValue(), name);
      case Long seconds -> instant(seconds, name);
      default -> throw new Malformed(name + " is not whole seconds");
    };
  }

  private static Instant instant(long seconds, String name) throws Malformed {
    if (seconds < 0 || seconds > SECOND_MAX) {
      throw new Malformed(name + " is out of range");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
