package dev.parley.kit.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came on the wire, before anything is believed of it.
 *
 * @param requestId ours, sent back as {@code x-ms-request-id}
 * @param method the HTTP method
 * @param rawPath the path, not decoded
 * @param rawQuery the query without its question mark, not decoded, or null for none
 * @param header looks a header up by its name, in any case; null when absent
 * @param remoteAddress of the peer's socket, without its port
 */
public record Incoming(
    String requestId,
    String method,
    String rawPath,
    @Nullable String rawQuery,
    Function<String, @Nullable String> header,
    String remoteAddress) {

  /** The path with its query, exactly as the client sent and signed it. */
  public String rawPathAndQuery() {
    return rawQuery == null ? rawPath : rawPath + "?" + rawQuery;
  }

  /** The {@code Host} header (or {@code :authority}), or empty. */
  public String host() {
    String host = header.apply("Host");
    return host == null ? "" : host;
  }

  /** Whether some credential came with the request, valid or not. */
  public boolean hasCredential() {
    return header.apply("Authorization") != null || header.apply("X-Skypetoken") != null;
  }
}
