package dev.parley.conformance.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * HTTPS to a Parley without any SDK: trusts its development CA, signs with the access key
 * (HMAC-SHA256 over verb, path and query, date, host and body hash, as Microsoft documents it), and
 * sends paths exactly as given.
 */
public final class RawClient implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** RFC 9110 §5.6.7, with the two-digit day that every SDK sends. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final Connection connection;
  private final HttpClient client;

  /** A client for the server of a connection. */
  public RawClient(Connection connection) {
    this.connection = connection;
    this.client = HttpClient.newBuilder().sslContext(trusting(connection)).build();
  }

  /** A GET without credentials. */
  public HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return client.send(request(target).GET().build(), BodyHandlers.ofString());
  }

  /**
   * A request signed with the access key.
   *
   * @param method the HTTP method
   * @param target path and query, sent and signed verbatim
   * @param body the JSON body; empty means no body
   */
  public HttpResponse<String> send(String method, String target, String body)
      throws IOException, InterruptedException {
    return send(method, target, body, "application/json");
  }

  /** A signed request with a content type of the caller's choice. */
  public HttpResponse<String> send(String method, String target, String body, String contentType)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(target);
    if (body.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.method(method, BodyPublishers.ofString(body)).header("content-type", contentType);
    }
    sign(request, method, target, body);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A request with a bearer token instead of a signature. */
  public HttpResponse<String> sendWithToken(String method, String target, String body, String token)
      throws IOException, InterruptedException {
    return client.send(
        request(target)
            .method(method, BodyPublishers.ofString(body))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  /**
   * Opens a WebSocket without credentials.
   *
   * @param listener takes what comes, as fast as it asks for it
   */
  public CompletableFuture<WebSocket> openSocket(String target, WebSocket.Listener listener) {
    URI secure = URI.create(connection.endpointWithoutSlash() + target);
    URI uri = URI.create("wss:" + secure.getRawSchemeSpecificPart());
    return client.newWebSocketBuilder().connectTimeout(LIMIT).buildAsync(uri, listener);
  }

  /** Ends every connection at once. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(connection.endpointWithoutSlash() + target))
        .timeout(LIMIT);
  }

  private void sign(HttpRequest.Builder request, String method, String target, String body) {
    String date = HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
    String hash = Base64.getEncoder().encodeToString(sha256(body));
    String text =
        method
            + "\n"
            + target
            + "\n"
            + date
            + ";"
            + connection.endpoint().getAuthority()
            + ";"
            + hash;
    request
        .header("x-ms-date", date)
        .header("x-ms-content-sha256", hash)
        .header(
            "authorization",
            "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                + signature(text));
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(connection.accessKey()), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every JDK has HmacSHA256", missing);
    }
  }

  private static byte[] sha256(String body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every JDK has SHA-256", missing);
    }
  }

  private static SSLContext trusting(Connection connection) {
    try (InputStream pem = Files.newInputStream(connection.certificateAuthority())) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
      int number = 0;
      for (var certificate : certificates) {
        store.setCertificateEntry("parley-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalStateException("The development CA cannot be used", unusable);
    }
  }
}
