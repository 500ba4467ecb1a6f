package dev.parley.kit.http;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTPS on one port: TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2 by ALPN, requests on virtual threads.
 * Owns Jetty and nothing else.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private final Server server;
  private final ServerConnector connector;

  private final AddressGuard guard;
  private final Duration bodyTimeout;
  private final Supplier<UUID> requestIds;

  /**
   * @param keys chooses the certificate by SNI, and may change its mind at run time
   * @param addresses limits connections per address
   * @param requestIds gives the id of each request
   */
  public HttpServer(
      HttpSettings settings,
      X509ExtendedKeyManager keys,
      AddressLimits addresses,
      Supplier<UUID> requestIds) {
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
    server = new Server(threads);
    server.setErrorHandler(new JsonErrorHandler(requestIds));
    server.setStopTimeout(settings.stopTimeout().toMillis());
    server.setStopAtShutdown(false);
    connector = connector(settings, keys);
    connector.addBean(new NetworkConnectionLimit(settings.connectionsMax(), connector));
    guard = new AddressGuard(addresses, connector, settings.firstRequestTimeout());
    connector.addBean(guard);
    server.addConnector(connector);
    this.bodyTimeout = settings.bodyTimeout();
    this.requestIds = requestIds;
  }

  private ServerConnector connector(HttpSettings settings, X509ExtendedKeyManager keys) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(settings.headerBytesMax());
    http.setSendServerVersion(false);
    http.setHeaderCacheSize(0); // per connection, and tokens of a kilobyte would fill it in vain
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setIdleTimeout(settings.idleTimeout().toMillis());
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory h1 = new HttpConnectionFactory(http);
    HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(http);
    h2.setMaxConcurrentStreams(256);
    h2.setConnectProtocolEnabled(true);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(h1.getProtocol());
    SslConnectionFactory tls = new SslConnectionFactory(tls(keys), alpn.getProtocol());
    ServerConnector https = new ServerConnector(server, 1, 1, tls, alpn, h2, h1);
    https.setHost(settings.bindAddress());
    https.setPort(settings.port());
    https.setAcceptQueueSize(1024);
    https.setIdleTimeout(settings.idleTimeout().toMillis());
    return https;
  }

  private static SslContextFactory.Server tls(X509ExtendedKeyManager keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, null, null);
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setSslContext(context);
      factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      factory.setSniRequired(false);
      factory.setEndpointIdentificationAlgorithm(null);
      return factory;
    } catch (java.security.GeneralSecurityException broken) {
      throw new IllegalStateException("TLS is not available in this Java", broken);
    }
  }

  /**
   * Opens the port, so that links can be built, without answering yet: who connects now waits.
   *
   * @throws PortTaken when another program has it
   */
  public void open() {
    try {
      connector.open();
    } catch (IOException failed) {
      throw new PortTaken(connector.getHost(), connector.getPort(), failed);
    }
  }

  /** Answers requests on the open port. */
  public void serve(Pipeline pipeline) {
    SocketUpgrade sockets = new SocketUpgrade(server, SocketLimits.DEFAULTS);
    Handler handler = new JettyAdapter(pipeline, guard, requestIds, bodyTimeout, sockets);
    server.setHandler(new GracefulHandler(handler));
    try {
      server.start();
    } catch (Exception failed) {
      close();
      throw new IllegalStateException("the HTTP server did not start", failed);
    }
  }

  /** The port that is open, also when it was picked freely. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no further connections, waits for requests under way, then closes everything. */
  @Override
  public void close() {
    try {
      connector.close();
      server.stop();
    } catch (Exception late) {
      // What is left to close must be closed even when a request did not end in time.
      LOG.warn("requests were under way for longer than a stop may take: {}", late.toString());
    }
  }

  /** The port cannot be opened. */
  public static final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    PortTaken(String host, int port, Throwable cause) {
      super("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
    }
  }

  /** How long a stop may take at most. */
  public Duration stopTimeout() {
    return Duration.ofMillis(server.getStopTimeout());
  }
}
