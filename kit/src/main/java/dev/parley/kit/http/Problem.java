package dev.parley.kit.http;

import java.util.List;
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
 * @param retryAfterSeconds sent as {@code Retry-After} when above 0
 */
public record Problem(
    int status,
    String code,
    String message,
    @Nullable String target,
    List<Problem> details,
    long retryAfterSeconds) {

  public Problem(int status, String code, String message) {
    this(status, code, message, null, List.of(), 0);
  }

  public Problem withTarget(String field) {
    return new Problem(status, code, message, field, details, retryAfterSeconds);
  }

  public Problem withRetryAfter(long seconds) {
    return new Problem(status, code, message, target, details, seconds);
  }

  /** The request is malformed or breaks a rule; {@code target} names the field. */
  public static Problem badRequest(String message, @Nullable String target) {
    return new Problem(400, "BadRequest", message, target, List.of(), 0);
  }

  /** The thrown form, for leaving a handler at once. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
