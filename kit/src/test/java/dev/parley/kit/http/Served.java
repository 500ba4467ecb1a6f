package dev.parley.kit.http;

import dev.parley.kit.auth.MasterKeys;
import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Secret;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.HookedDatabase;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.tls.DevelopmentAuthority;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The pipeline behind a real socket, with {@link ThingTable} as its feature. */
final class Served implements AutoCloseable {
  static final String KEY = "Test key";
  static final String USER = "Test user";
  static final String OTHER_USER = "Test other user";
  static final String OPERATOR = "Test operator";

  /** A read that takes longer has failed; this never decides a passing test. */
  private static final int GIVE_UP_MILLIS = 30_000;

  final FakeClock clock = new FakeClock();
  final ThingTable things;
  final HttpServer http;
  final int port;
  final HttpClient client;
  final LongRunningOperations longRunning = new LongRunningOperations(clock);
  final Database database;
  final Repeatability repeatability;
  private final SSLContext trust;

  /** What a test may want to be small. */
  record Limits(
      int connectionsPerAddress,
      double failuresPerMinute,
      double perSecond,
      double burst,
      Duration body,
      Duration firstRequest) {
    static final Limits USUAL =
        new Limits(1000, 1000, 1000, 1000, Duration.ofSeconds(20), Duration.ofSeconds(20));

    Limits connections(int most) {
      return new Limits(most, failuresPerMinute, perSecond, burst, body, firstRequest);
    }

    Limits failures(double perMinute) {
      return new Limits(connectionsPerAddress, perMinute, perSecond, burst, body, firstRequest);
    }

    Limits rate(double second, double atOnce) {
      return new Limits(
          connectionsPerAddress, failuresPerMinute, second, atOnce, body, firstRequest);
    }

    Limits body(Duration timeout) {
      return new Limits(
          connectionsPerAddress, failuresPerMinute, perSecond, burst, timeout, firstRequest);
    }

    Limits firstRequest(Duration timeout) {
      return new Limits(connectionsPerAddress, failuresPerMinute, perSecond, burst, body, timeout);
    }
  }

  Served(Path folder, Limits limits) {
    SecureIds ids = new SecureIds();
    database =
        new HookedDatabase(
            SqliteDatabase.open(folder.resolve("store.db"), StoreOptions.with(new SystemClock())));
    things = new ThingTable(database, longRunning);
    DevelopmentAuthority authority =
        DevelopmentAuthority.open(
            new DevelopmentAuthority.Settings(folder, Secret.of("changeit"), List.of()),
            ids,
            new SystemClock().now());
    AddressLimits addresses =
        new AddressLimits(clock, limits.connectionsPerAddress, limits.failuresPerMinute);
    http = new HttpServer(settings(limits), authority.keyManager(), addresses, new RequestIds(ids));
    http.open();
    port = http.port();
    repeatability =
        new Repeatability(
            database,
            new Vault(MasterKeys.openOrCreate(folder.resolve("master.key"), ids), ids),
            clock);
    http.serve(
        new Pipeline(
            new Routes(List.of(things), Served::unknown),
            Served::check,
            addresses,
            new RateLimits(clock, limits.perSecond, limits.burst),
            repeatability,
            new BaseUrls(URI.create("https://parley.test/"), host -> false),
            RequestListener.none(),
            Operation.BODY_BYTES_DEFAULT));
    trust = trusting(authority);
    client = HttpClient.newBuilder().sslContext(trust).build();
  }

  private static HttpSettings settings(Limits limits) {
    return new HttpSettings(
        "localhost",
        0,
        8 * 1024,
        limits.body,
        limits.firstRequest,
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        1000);
  }

  private static Problem unknown(Incoming incoming) {
    return incoming.rawPath().startsWith("/future")
        ? new Problem(501, "NotImplemented", "Not yet.")
        : new Problem(404, "NotFound", "There is nothing at this path.");
  }

  private static Caller check(Incoming incoming, byte[] body) {
    String credential = incoming.header().apply("Authorization");
    return switch (credential == null ? "" : credential) {
      case KEY -> new Caller.KeyHolder(ThingTable.RESOURCE);
      case USER -> new Caller.User(ThingTable.RESOURCE, "u", Set.of("voip"), Instant.MAX);
      case OTHER_USER -> new Caller.User(ThingTable.RESOURCE, "v", Set.of("voip"), Instant.MAX);
      case OPERATOR -> new Caller.Operator();
      default -> throw Denials.DENIED.exception();
    };
  }

  private static SSLContext trusting(DevelopmentAuthority authority) {
    try {
      KeyStore anchors =
          KeyStore.getInstance(authority.truststore().toFile(), "changeit".toCharArray());
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (java.security.GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + pathAndQuery))
        .timeout(Duration.ofMillis(GIVE_UP_MILLIS));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).header("Authorization", KEY));
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        request(path).header("Authorization", KEY).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A TLS connection after its handshake. */
  SSLSocket tls() throws IOException {
    SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(GIVE_UP_MILLIS);
    socket.startHandshake();
    return socket;
  }

  /** A connection without TLS. */
  Socket tcp() throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(GIVE_UP_MILLIS);
    return socket;
  }

  /** Sends {@code text} as it is and reads until the server closes the connection. */
  String raw(String text) throws IOException {
    try (SSLSocket socket = tls()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    things.release.countDown();
    client.shutdownNow();
    http.close();
    database.close();
  }
}
