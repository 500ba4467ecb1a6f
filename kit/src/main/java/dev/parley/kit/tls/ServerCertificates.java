package dev.parley.kit.tls;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** Where a TLS listener takes its certificates from; what it serves may change while it runs. */
public interface ServerCertificates {
  /** One key manager for the life of the listener; each handshake sees the newest certificates. */
  X509ExtendedKeyManager keyManager();

  /** A context for servers that ask no certificate of their clients. */
  default SSLContext serverContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keyManager()}, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot serve TLS", e);
    }
  }
}
