package dev.parley.kit.tls;

import dev.parley.kit.base.AtomicFile;
import dev.parley.kit.tls.CertificateUnusable.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Reads, checks and writes key and chain files; every failure names its file. */
final class PemFiles {
  private PemFiles() {}

  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Pem.SIZE_MAX_CHARS + 1);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CertificateUnusable(
          Reason.UNREADABLE, file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Key and chain from one file, as {@link #write} made it. */
  static Leaf readLeaf(Path file) {
    String text = read(file);
    try {
      Leaf leaf = new Leaf(Pem.privateKey(text), Pem.certificates(text));
      checkBelongTogether(leaf);
      return leaf;
    } catch (CertificateUnusable e) {
      throw e.in(file);
    }
  }

  /** One private file for both, so that a crash cannot leave a key beside a foreign chain. */
  static void write(Path file, Leaf leaf) {
    StringBuilder text = new StringBuilder(Pem.write(leaf.key()));
    leaf.chain().forEach(certificate -> text.append(Pem.write(certificate)));
    try {
      AtomicFile.writePrivate(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static CertificateUnusable unwritable(Path file, Exception cause) {
    return new CertificateUnusable(
        Reason.UNWRITABLE,
        file + ": cannot be written (" + cause.getClass().getSimpleName() + ")",
        cause);
  }

  /**
   * The key made the first certificate's public key, and each certificate was issued by the next.
   */
  static void checkBelongTogether(Leaf leaf) {
    X509Certificate certificate = leaf.certificate();
    if (!matches(leaf.key(), certificate)) {
      throw new CertificateUnusable(
          Reason.KEY_MISMATCH, "the private key is not the one of the first certificate");
    }
    List<X509Certificate> chain = leaf.chain();
    for (int i = 0; i + 1 < chain.size(); i++) {
      checkIssued(chain.get(i), chain.get(i + 1));
    }
  }

  static boolean issued(X509Certificate subject, X509Certificate issuer) {
    try {
      subject.verify(issuer.getPublicKey());
      return subject.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void checkIssued(X509Certificate subject, X509Certificate issuer) {
    if (!issued(subject, issuer)) {
      throw new CertificateUnusable(
          Reason.BROKEN_CHAIN,
          "'%s' was not issued by '%s' after it; put the leaf first, then its issuers in order"
              .formatted(subject.getSubjectX500Principal(), issuer.getSubjectX500Principal()));
    }
  }

  static void checkValidAt(Leaf leaf, Instant now) {
    for (X509Certificate certificate : leaf.chain()) {
      if (!now.isBefore(certificate.getNotAfter().toInstant())) {
        throw new CertificateUnusable(
            Reason.EXPIRED,
            "'%s' expired at %s"
                .formatted(
                    certificate.getSubjectX500Principal(), certificate.getNotAfter().toInstant()));
      }
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        throw new CertificateUnusable(
            Reason.NOT_YET_VALID,
            "'%s' is valid only from %s"
                .formatted(
                    certificate.getSubjectX500Principal(), certificate.getNotBefore().toInstant()));
      }
    }
  }

  /** Signs and verifies a probe: true for every algorithm, without looking into the keys. */
  private static boolean matches(PrivateKey key, X509Certificate certificate) {
    byte[] probe = "parley key check".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(probeAlgorithm(key));
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String probeAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "RSASSA-PSS" -> "RSASSA-PSS";
      default -> "EdDSA";
    };
  }
}
