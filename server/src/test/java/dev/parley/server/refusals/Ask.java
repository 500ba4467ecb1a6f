package dev.parley.server.refusals;

import dev.parley.kit.base.Clock;
import dev.parley.server.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A request in the making, signed as the public documentation of ACS says. */
public final class Ask {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final TestServer server;
  private final String method;
  private final String pathAndQuery;
  private byte[] body = {};
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable String host;

  public Ask(TestServer server, String method, String pathAndQuery) {
    this.server = server;
    this.method = method;
    this.pathAndQuery = pathAndQuery;
  }

  public Ask body(@Nullable String json) {
    if (json != null) {
      body = json.getBytes(StandardCharsets.UTF_8);
      headers.put("Content-Type", "application/json");
    }
    return this;
  }

  public Ask header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Names a resource by its host. */
  public Ask host(String name) {
    host = name;
    return this;
  }

  public Ask bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  public Ask signed(String base64Key, Clock clock) {
    return signed(base64Key, clock.now());
  }

  /** Call last: what is signed does not change any more. */
  public Ask signed(String base64Key, Instant at) {
    try {
      String date = DATE.format(at);
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(body);
      String hash = Base64.getEncoder().encodeToString(sha256);
      String named = host == null ? server.uri("/").getRawAuthority() : host;
      String text = method + "\n" + pathAndQuery + "\n" + date + ";" + named + ";" + hash;
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64Key), "HmacSHA256"));
      String signature =
          Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return header("x-ms-date", date)
          .header("x-ms-content-sha256", hash)
          .header(
              "Authorization",
              "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                  + signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Nullable String sent(String header) {
    return headers.get(header);
  }

  public HttpResponse<String> send() throws Exception {
    return server.client().send(request(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends without waiting. */
  public CompletableFuture<HttpResponse<String>> sendAsync() {
    return server.client().sendAsync(request(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(pathAndQuery))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    if (host != null) {
      request.header("Host", host).version(HttpClient.Version.HTTP_1_1);
    }
    return request.build();
  }
}
