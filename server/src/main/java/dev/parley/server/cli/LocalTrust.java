package dev.parley.server.cli;

import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the one server of this machine: the certificate that it shows must be in, or signed by one
 * in, the file that it named in its data folder. The name is not compared: commands call it at an
 * address of this machine, which an operator's certificate does not name.
 */
final class LocalTrust extends X509ExtendedTrustManager {
  private final Collection<? extends Certificate> trusted;

  private LocalTrust(Collection<? extends Certificate> trusted) {
    this.trusted = trusted;
  }

  static SSLContext context(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      var trusted = CertificateFactory.getInstance("X.509").generateCertificates(in);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new LocalTrust(trusted)}, null);
      return context;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new Stopped(new Problem.BadCertificate(pem + ": " + unusable.getMessage()));
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    for (Certificate certificate : trusted) {
      if (certificate.equals(chain[0]) || signed(chain[0], certificate)) {
        return;
      }
    }
    throw new CertificateException("another program answers on the server's port");
  }

  private static boolean signed(X509Certificate leaf, Certificate authority) {
    try {
      leaf.verify(authority.getPublicKey());
      leaf.checkValidity();
      return true;
    } catch (GeneralSecurityException notSigned) {
      return false;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this side serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this side serves nobody");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this side serves nobody");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
