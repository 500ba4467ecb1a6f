package dev.parley.kit.tls;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The operator's own certificate, from a PEM chain and a PEM key (two files, or one that holds
 * both). The caller asks {@link #reloadIfChanged} now and then; a new certificate serves the next
 * handshake, and a broken one leaves the old in place.
 */
public final class OwnCertificate implements ServerCertificates {
  private final Path chainFile;
  private final Path keyFile;
  private final SniKeyManager keyManager;
  private Leaf leaf;
  private Texts seen;

  private OwnCertificate(Path chainFile, Path keyFile, Texts texts, Leaf leaf) {
    this.chainFile = chainFile;
    this.keyFile = keyFile;
    this.seen = texts;
    this.leaf = leaf;
    this.keyManager = new SniKeyManager(leaf, Map.of());
  }

  /** What {@link #reloadIfChanged} found. */
  public sealed interface Reload {
    /** The files are as they were when last looked at. */
    record Unchanged() implements Reload {}

    /** A new certificate serves from now on. */
    record Reloaded(Instant notAfter) implements Reload {}

    /** The files changed to something unusable: the certificate before goes on serving. */
    record Kept(CertificateUnusable problem) implements Reload {}
  }

  /**
   * Reads and checks the certificate.
   *
   * @throws CertificateUnusable when a file is unreadable, the key is not the certificate's, the
   *     chain is out of order, or it is not valid at {@code now}
   */
  public static OwnCertificate load(Path chainFile, Path keyFile, Instant now) {
    Texts texts = Texts.read(chainFile, keyFile);
    return new OwnCertificate(chainFile, keyFile, texts, check(chainFile, keyFile, texts, now));
  }

  @Override
  public X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  /** When the certificate being served ends. */
  public synchronized Instant notAfter() {
    return leaf.notAfter();
  }

  /**
   * Looks at the files and takes them when their content changed. A problem is told once per
   * content, so that a caller may log every {@link Reload.Kept}. Reads a few kilobytes: every
   * minute is cheap.
   */
  public synchronized Reload reloadIfChanged(Instant now) {
    Texts texts;
    try {
      texts = Texts.read(chainFile, keyFile);
    } catch (CertificateUnusable e) {
      return keep(Texts.UNREADABLE, e);
    }
    if (texts.equals(seen)) {
      return new Reload.Unchanged();
    }
    try {
      leaf = check(chainFile, keyFile, texts, now);
    } catch (CertificateUnusable e) {
      return keep(texts, e);
    }
    seen = texts;
    keyManager.replace(leaf, Map.of());
    return new Reload.Reloaded(leaf.notAfter());
  }

  private Reload keep(Texts texts, CertificateUnusable problem) {
    if (texts.equals(seen)) {
      return new Reload.Unchanged();
    }
    seen = texts;
    return new Reload.Kept(problem);
  }

  private static Leaf check(Path chainFile, Path keyFile, Texts texts, Instant now) {
    Leaf leaf = new Leaf(texts.key(keyFile), texts.chain(chainFile));
    try {
      PemFiles.checkBelongTogether(leaf);
      PemFiles.checkValidAt(leaf, now);
      return leaf;
    } catch (CertificateUnusable e) {
      throw e.in(chainFile);
    }
  }

  /** Compared by content: it needs no trust in file times, links or inodes. */
  private record Texts(String chain, String key) {
    static final Texts UNREADABLE = new Texts("", "");

    static Texts read(Path chainFile, Path keyFile) {
      return new Texts(PemFiles.read(chainFile), PemFiles.read(keyFile));
    }

    java.util.List<java.security.cert.X509Certificate> chain(Path file) {
      try {
        return Pem.certificates(chain);
      } catch (CertificateUnusable e) {
        throw e.in(file);
      }
    }

    java.security.PrivateKey key(Path file) {
      try {
        return Pem.privateKey(key);
      } catch (CertificateUnusable e) {
        throw e.in(file);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Texts texts && chain.equals(texts.chain) && key.equals(texts.key);
    }

    @Override
    public int hashCode() {
      return Objects.hash(chain, key);
    }

    @Override
    public String toString() {
      return "[redacted]";
    }
  }
}
