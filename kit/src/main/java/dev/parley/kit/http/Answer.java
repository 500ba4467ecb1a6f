package dev.parley.kit.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers.
 *
 * @param status 200 to 399; errors are a {@link Problem}
 * @param headers further headers
 * @param contentType of the body; ignored without one
 * @param body the bytes, or null for none
 * @param socket what takes the connection over as a WebSocket, or null for a plain answer
 */
public record Answer(
    int status,
    Map<String, String> headers,
    String contentType,
    byte @Nullable [] body,
    @Nullable SocketListener socket) {
  public static final String JSON = "application/json; charset=utf-8";

  /** An answer that is not a WebSocket. */
  public Answer(
      int status, Map<String, String> headers, String contentType, byte @Nullable [] body) {
    this(status, headers, contentType, body, null);
  }

  /** The connection becomes a WebSocket, when the client asked for one; else 426 is answered. */
  public static Answer upgrade(SocketListener socket) {
    return new Answer(101, Map.of(), JSON, null, socket);
  }

  /** A record of the feature's wire package, as JSON. */
  public static Answer json(int status, Object body) {
    return new Answer(status, Map.of(), JSON, Json.bytes(body));
  }

  /** No body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), JSON, null);
  }

  /** Plain text in UTF-8. */
  public static Answer text(int status, String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new Answer(status, Map.of(), "text/plain; charset=utf-8", bytes);
  }

  /** The same answer with one more header. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, contentType, body, socket);
  }

  /** The same answer with its body said to be of another type. */
  public Answer withContentType(String type) {
    return new Answer(status, headers, type, body, socket);
  }
}
