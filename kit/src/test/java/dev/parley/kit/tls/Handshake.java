package dev.parley.kit.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A listener on a free loopback port, and a JDK client that checks the chain and the name. */
final class Handshake implements AutoCloseable {
  private final SSLServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Handshake(ServerCertificates certificates) throws IOException {
    listener =
        (SSLServerSocket)
            certificates
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  /** The chain that the server sent to a client that asked for this name; null asks for none. */
  List<X509Certificate> chainFor(@Nullable String name, KeyStore trust, String protocol)
      throws Exception {
    Future<?> served = threads.submit(this::serveOne);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      if (name != null) {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      List<X509Certificate> chain =
          Arrays.stream(socket.getSession().getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toList();
      socket.getOutputStream().write(1);
      served.get();
      return chain;
    }
  }

  private @Nullable Void serveOne() throws IOException {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      socket.getInputStream().read();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.close();
  }

  static KeyStore trusting(X509Certificate authority) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority);
    return store;
  }
}
