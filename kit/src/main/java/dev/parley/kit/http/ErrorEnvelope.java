package dev.parley.kit.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error envelope of ACS (compat §3). */
final class ErrorEnvelope {
  private ErrorEnvelope() {}

  record Envelope(ErrorBody error) {}

  record ErrorBody(
      String code, String message, @Nullable String target, @Nullable List<ErrorBody> details) {}

  static Answer answer(Problem problem, String requestId) {
    Answer answer =
        Answer.json(problem.status(), new Envelope(body(problem)))
            .with("x-ms-error-code", problem.code());
    if (problem.status() == 401) {
      answer = answer.with("WWW-Authenticate", "HMAC-SHA256, Bearer");
    }
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  private static ErrorBody body(Problem problem) {
    List<ErrorBody> details =
        problem.details().isEmpty()
            ? null
            : problem.details().stream().map(ErrorEnvelope::body).toList();
    return new ErrorBody(problem.code(), problem.message(), problem.target(), details);
  }
}
