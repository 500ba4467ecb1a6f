package dev.parley.kit.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the wire shows it: {@code {"error":{"code","message","target","details"}}} with the
 * code again in {@code x-ms-error-code} (compat §3).
 *
 * @param status 400 to 599
 * @param code a word that programs may test
 * @param message a sentence for people, without secrets
 * @param target the field or parameter that is wrong, if one is
 * @param details further errors, or empty
 * @param headers sent with it, for example {@code Allow} and {@code Retry-After}
 */
public record Problem(
    int status,
    String code,
    String message,
    @Nullable String target,
    List<Problem> details,
    Map<String, String> headers) {

  public Problem(int status, String code, String message) {
    this(status, code, message, null, List.of(), Map.of());
  }

  public Problem withTarget(String field) {
    return new Problem(status, code, message, field, details, headers);
  }

  /** The same problem, with the seconds after which trying again makes sense. */
  public Problem withRetryAfter(long seconds) {
    return withHeader("Retry-After", Long.toString(seconds));
  }

  /** The same problem, answered with one more header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, code, message, target, details, more);
  }

  /** The request is malformed or breaks a rule; {@code target} names the field. */
  public static Problem badRequest(String message, @Nullable String target) {
    return new Problem(400, "BadRequest", message, target, List.of(), Map.of());
  }

  /** The thrown form, for leaving a handler at once. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
