package dev.parley.kit.tls;

import dev.parley.kit.base.AtomicFile;
import dev.parley.kit.base.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The PKCS #12 file for Java clients. {@code -Djavax.net.ssl.trustStore} replaces the default store
 * and does not add to it, so the public roots of this JDK stand in it beside our authority.
 *
 * <p>Making or opening it costs a slow password hash; a stamp beside it tells a start that it is
 * still right: same authority, same JDK, same password, same bytes.
 */
final class Truststore {
  private final Path file;
  private final Path stampFile;
  private final Secret<String> password;

  Truststore(Path file, Secret<String> password) {
    this.file = file;
    this.stampFile = file.resolveSibling(file.getFileName() + ".stamp");
    this.password = password;
  }

  Path file() {
    return file;
  }

  void ensure(X509Certificate authority) {
    try {
      if (!isCurrent(authority)) {
        byte[] content = make(authority);
        AtomicFile.writePublic(file, content);
        AtomicFile.writePublic(
            stampFile, stamp(authority, content).getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw PemFiles.unwritable(file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot write PKCS #12", e);
    }
  }

  private boolean isCurrent(X509Certificate authority)
      throws IOException, GeneralSecurityException {
    return Files.isRegularFile(file)
        && Files.isRegularFile(stampFile)
        && stamp(authority, Files.readAllBytes(file)).equals(Files.readString(stampFile));
  }

  private String stamp(X509Certificate authority, byte[] content) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(authority.getEncoded());
    digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(password.reveal().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(content);
    return HexFormat.of().formatHex(digest.digest());
  }

  private byte[] make(X509Certificate authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    KeyStore roots = publicRoots();
    for (String alias : Collections.list(roots.aliases())) {
      if (roots.isCertificateEntry(alias)) {
        store.setCertificateEntry(alias, roots.getCertificate(alias));
      }
    }
    store.setCertificateEntry("parley-development-ca", authority);
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 * 1024);
    store.store(out, password.reveal().toCharArray());
    return out.toByteArray();
  }

  /** The JDK's own file has no password since JDK 18; repackaged ones may still have the old. */
  private static KeyStore publicRoots() throws IOException, GeneralSecurityException {
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore roots = load(cacerts, null);
    return roots.size() > 0 ? roots : load(cacerts, "changeit".toCharArray());
  }

  private static KeyStore load(Path cacerts, char @Nullable [] password)
      throws IOException, GeneralSecurityException {
    KeyStore roots = KeyStore.getInstance("JKS"); // reads JKS and PKCS #12 alike
    try (InputStream in = Files.newInputStream(cacerts)) {
      roots.load(in, password);
    }
    return roots;
  }
}
