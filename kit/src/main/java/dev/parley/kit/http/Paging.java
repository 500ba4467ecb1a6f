package dev.parley.kit.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Absolute next links (compat §3: Java's phone client fails on relative ones, and the link is asked
 * for verbatim). Continuation tokens are base64url of the cursor, unreserved characters only, since
 * some clients sign the decoded query.
 */
public final class Paging {
  private Paging() {}

  /**
   * The link to the next page of the list that {@code exchange} asked for: the same path, the given
   * parameters, and the api-version of the request.
   */
  public static String nextLink(Exchange exchange, Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    String version = exchange.query().get("api-version");
    if (version != null) {
      all.put("api-version", version);
    }
    StringBuilder link = new StringBuilder(exchange.baseUrl());
    link.append('/')
        .append(String.join("/", PathTemplate.rawSegments(exchange.incoming().rawPath())));
    char separator = '?';
    for (Map.Entry<String, String> parameter : all.entrySet()) {
      link.append(separator).append(parameter.getKey()).append('=');
      link.append(PercentCoding.encode(parameter.getValue()));
      separator = '&';
    }
    return link.toString();
  }

  /** Wraps a cursor for a query parameter. */
  public static String token(String cursor) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Unwraps a cursor; null when absent; throws {@link ProblemException} 400 when it is not ours.
   */
  public static @Nullable String cursor(@Nullable String token, String parameter) {
    if (token == null || token.isEmpty()) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException foreign) {
      throw Problem.badRequest(
              "Query parameter " + parameter + " is not a token of this list.", parameter)
          .exception();
    }
  }
}
