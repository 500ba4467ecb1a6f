package dev.parley.kit.auth;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a verified token says. Only {@code exp} and {@code nbf} were judged; issuer, audience and
 * every other claim are for the caller to check.
 *
 * @param values as parsed from JSON: text, numbers, truth values, lists and maps
 */
public record TokenClaims(Instant expiry, Map<String, Object> values) {
  /** The claim when it is text. */
  public Optional<String> text(String name) {
    return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The claim when it is a whole number. */
  public Optional<Long> number(String name) {
    return switch (values.get(name)) {
      case Integer number -> Optional.of(number.longValue());
      case Long number -> Optional.of(number);
      case null, default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return "TokenClaims[until " + expiry + "]";
  }
}
