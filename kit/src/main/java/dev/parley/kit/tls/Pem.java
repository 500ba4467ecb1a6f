package dev.parley.kit.tls;

import dev.parley.kit.tls.CertificateUnusable.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * PEM text (RFC 7468) to certificates and private keys and back, by the JDK alone: a start that
 * finds its files need not load BouncyCastle.
 */
public final class Pem {
  /** A chain of a dozen certificates is 30 KB; the limit keeps a wrong file from being read in. */
  public static final int SIZE_MAX_CHARS = 1 << 20;

  private static final int BLOCKS_MAX = 64;
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private Pem() {}

  /** One armoured block: its label and its DER bytes. */
  record Block(String label, byte[] der) {}

  /**
   * All certificates of the text in their order; other blocks are passed over.
   *
   * @throws CertificateUnusable when there is none or one is damaged
   */
  public static List<X509Certificate> certificates(String text) {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : blocks(text)) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
        found.add(certificate(block.der));
      }
    }
    if (found.isEmpty()) {
      throw new CertificateUnusable(
          Reason.NO_CERTIFICATE, "no CERTIFICATE block; a PEM chain, leaf first, is expected");
    }
    return List.copyOf(found);
  }

  /**
   * The one private key of the text: PKCS #8, SEC 1 ({@code EC PRIVATE KEY}) or PKCS #1 ({@code RSA
   * PRIVATE KEY}), without a passphrase.
   *
   * @throws CertificateUnusable when there is none, more than one, or it cannot be read
   */
  public static PrivateKey privateKey(String text) {
    List<Block> keys =
        blocks(text).stream().filter(block -> block.label.endsWith("PRIVATE KEY")).toList();
    if (keys.isEmpty()) {
      throw new CertificateUnusable(Reason.NO_KEY, "no PRIVATE KEY block");
    }
    if (keys.size() > 1) {
      throw new CertificateUnusable(Reason.MALFORMED, "more than one PRIVATE KEY block");
    }
    Block block = keys.getFirst();
    return switch (block.label) {
      case "PRIVATE KEY" -> fromPkcs8(block.der);
      case "EC PRIVATE KEY" -> fromPkcs8(PrivateKeyDer.fromSec1(block.der));
      case "RSA PRIVATE KEY" -> fromPkcs8(PrivateKeyDer.fromPkcs1(block.der));
      case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
      default ->
          throw new CertificateUnusable(
              Reason.UNSUPPORTED_KEY, "a " + block.label + " block is not supported");
    };
  }

  /** The certificate armoured, lines of 64, ending in a line feed. */
  public static String write(X509Certificate certificate) {
    try {
      return armour("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate without encoding", e);
    }
  }

  /** The key as an unencrypted PKCS #8 block: write it to a private file only. */
  public static String write(PrivateKey key) {
    return armour("PRIVATE KEY", key.getEncoded());
  }

  private static String armour(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return BEGIN
        + label
        + DASHES
        + "\n"
        + lines.encodeToString(der)
        + "\n"
        + END
        + label
        + DASHES
        + "\n";
  }

  static List<Block> blocks(String text) {
    if (text.length() > SIZE_MAX_CHARS) {
      throw new CertificateUnusable(Reason.TOO_LARGE, "larger than a PEM file can sensibly be");
    }
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    while (true) {
      int begin = text.indexOf(BEGIN, from);
      if (begin < 0) {
        return blocks;
      }
      if (blocks.size() == BLOCKS_MAX) {
        throw malformed("more than " + BLOCKS_MAX + " blocks");
      }
      int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
      if (labelEnd < 0) {
        throw malformed("a BEGIN line without its end");
      }
      String label = text.substring(begin + BEGIN.length(), labelEnd);
      String closing = END + label + DASHES;
      int end = text.indexOf(closing, labelEnd + DASHES.length());
      if (end < 0) {
        throw malformed("the END line of a block is missing");
      }
      blocks.add(new Block(label, decode(text.substring(labelEnd + DASHES.length(), end))));
      from = end + closing.length();
    }
  }

  private static byte[] decode(String body) {
    if (body.toUpperCase(Locale.ROOT).contains("ENCRYPTED")) {
      throw encrypted(); // RFC 1421 "Proc-Type: 4,ENCRYPTED", as openssl's old key files have it
    }
    StringBuilder compact = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      if (!Character.isWhitespace(body.charAt(i))) {
        compact.append(body.charAt(i));
      }
    }
    if (compact.isEmpty()) {
      throw malformed("an empty block");
    }
    try {
      return Base64.getDecoder().decode(compact.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw malformed("a block that is not base64");
    }
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new CertificateUnusable(Reason.MALFORMED, "a certificate that is not X.509", e);
    }
  }

  private static PrivateKey fromPkcs8(byte[] der) {
    String algorithm = PrivateKeyDer.algorithm(der);
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      // Without the cause: a parser's message may quote what it read.
      throw malformed("the " + algorithm + " private key cannot be read");
    }
  }

  private static CertificateUnusable malformed(String message) {
    return new CertificateUnusable(Reason.MALFORMED, message);
  }

  private static CertificateUnusable encrypted() {
    return new CertificateUnusable(
        Reason.ENCRYPTED_KEY,
        "the private key has a passphrase; write it out without (openssl pkey -in KEY -out NEW)");
  }
}
