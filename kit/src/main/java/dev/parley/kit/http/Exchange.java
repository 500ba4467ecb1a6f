package dev.parley.kit.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation: routed, authenticated, with its body read.
 *
 * @param incoming the request as it came
 * @param operation which row of the table it is
 * @param parameters of the path, decoded once
 * @param query decoded
 * @param body at most the operation's limit, decompressed; empty for none
 * @param caller who asks
 * @param baseUrl the public URL under which absolute links are built, without a trailing slash
 */
public record Exchange(
    Incoming incoming,
    Operation operation,
    Map<String, String> parameters,
    QueryString query,
    byte[] body,
    Caller caller,
    String baseUrl) {

  /** A path parameter of the template. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException(operation.name() + " has no path parameter " + name);
    }
    return value;
  }

  /** The body as a wire record; throws {@link ProblemException} 400. */
  public <T> T json(Class<T> type) {
    return Json.read(body, type);
  }

  /** A header of the request, or null. */
  public @Nullable String header(String name) {
    return incoming.header().apply(name);
  }

  /** The holder of an access key; the pipeline proved that it is one. */
  public Caller.KeyHolder keyHolder() {
    return (Caller.KeyHolder) caller;
  }

  /** The user; the pipeline proved that it is one. */
  public Caller.User user() {
    return (Caller.User) caller;
  }
}
