package dev.parley.kit.http;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Replaces Jetty's HTML error pages, which a malformed request would get, by our envelope. */
final class JsonErrorHandler extends ErrorHandler {
  private final Supplier<UUID> requestIds;

  JsonErrorHandler(Supplier<UUID> requestIds) {
    this.requestIds = requestIds;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    String id = requestIds.get().toString();
    Answer answer = ErrorEnvelope.answer(problem(status), id);
    response.getHeaders().put("x-ms-request-id", id);
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    byte[] body = answer.body() == null ? new byte[0] : answer.body();
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 414, 431 ->
          new Problem(
              status, "RequestHeaderTooLarge", "The request line or headers are too large.");
      case 503 ->
          new Problem(503, "ServiceUnavailable", "The server is stopping.").withRetryAfter(1);
      default ->
          status < 500
              ? new Problem(status, "BadRequest", "The request is not well-formed HTTP.")
              : new Problem(status, "InternalServerError", "The server failed to answer.");
    };
  }
}
