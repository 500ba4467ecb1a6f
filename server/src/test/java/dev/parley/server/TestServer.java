package dev.parley.server;

import dev.parley.kit.base.AdvancingClock;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.RateLimits;
import dev.parley.kit.sql.Database;
import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import dev.parley.server.observe.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The whole server in this process, on a free port, with a test clock and its own folder. */
public final class TestServer implements AutoCloseable {
  static {
    // One test names a resource by its host name, which has no DNS here.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private final AdvancingClock clock = new AdvancingClock();
  private final DataFolder folder;
  private final Parley parley;
  private final HttpClient client;

  /**
   * @param settings over the defaults of a development server
   */
  public TestServer(Path path, Map<String, String> settings) {
    Map<String, String> options = new HashMap<>(settings);
    options.put("data", path.resolve("data").toString());
    options.put("port", "0");
    options.put("test-clock", "true");
    Configuration configuration = Configuration.load(path, Optional.empty(), Map.of(), options);
    folder = DataFolder.open(configuration.data());
    Logs.begin(configuration, folder.path());
    parley = new Parley(configuration, folder, clock, new SecureIds());
    client = HttpClient.newBuilder().sslContext(trusting(parley.connection().trustStore())).build();
  }

  private static SSLContext trusting(Path trustStore) {
    try {
      KeyStore anchors =
          KeyStore.getInstance(trustStore.toFile(), Certificates.TRUSTSTORE_PASSWORD.toCharArray());
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public AdvancingClock clock() {
    return clock;
  }

  public HttpClient client() {
    return client;
  }

  /** Base URL without a slash at its end. */
  public String url() {
    String local = parley.running().local().toString();
    return local.endsWith("/") ? local.substring(0, local.length() - 1) : local;
  }

  public URI uri(String pathAndQuery) {
    return URI.create(url() + pathAndQuery);
  }

  /** The page on which a call is tried, with its key. */
  public String tryPage() {
    return parley.tryPage().orElseThrow().reveal();
  }

  public String connectionString() {
    return parley.connection().connectionString().reveal();
  }

  public String adminToken() {
    try {
      return Files.readString(folder.path().resolve("admin.token")).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String log() {
    try {
      return Files.readString(folder.path().resolve("parley.log"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public Path data() {
    return folder.path();
  }

  /** Every operation that is served. */
  public Set<Operation> operations() {
    return parley.operations();
  }

  Database database() {
    return parley.database();
  }

  RateLimits rates() {
    return parley.rates();
  }

  @Override
  public void close() {
    client.shutdownNow();
    parley.close();
    folder.close();
  }
}
