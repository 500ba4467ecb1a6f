package dev.parley.kit.http;

import org.jspecify.annotations.Nullable;

/**
 * Cross-origin requests of browsers. Credentials travel in headers, never in cookies, so every
 * origin may ask; the list of headers is what the SDKs were recorded to send (compat §3).
 */
final class Cors {
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS";
  private static final String HEADERS =
      "authorization, content-type, repeatability-request-id, repeatability-first-sent,"
          + " x-ms-client-request-id, x-ms-useragent, x-skypetoken, x-ms-date,"
          + " x-ms-content-sha256, if-match, if-unmodified-since, accept, accept-language,"
          + " x-ms-host, x-ms-return-client-request-id, operation-id, traceparent, tracestate";
  private static final String EXPOSED =
      "operation-location, retry-after, x-ms-error-code, x-ms-request-id,"
          + " x-ms-client-request-id, etag, location, operation-id, last-modified,"
          + " repeatability-result";

  private Cors() {}

  static boolean isPreflight(Incoming incoming) {
    return incoming.method().equals("OPTIONS");
  }

  static Answer expose(Incoming incoming, Answer answer) {
    @Nullable String origin = incoming.header().apply("Origin");
    if (origin == null) {
      return answer;
    }
    Answer open =
        answer
            .with("Access-Control-Allow-Origin", origin)
            .with("Vary", "Origin")
            .with("Access-Control-Expose-Headers", EXPOSED);
    return isPreflight(incoming)
        ? open.with("Access-Control-Allow-Methods", METHODS)
            .with("Access-Control-Allow-Headers", HEADERS)
            .with("Access-Control-Max-Age", "3600")
        : open;
  }
}
