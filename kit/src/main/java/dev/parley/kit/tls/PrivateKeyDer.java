package dev.parley.kit.tls;

import dev.parley.kit.tls.CertificateUnusable.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The little DER (X.690) that private keys need: wrapping SEC 1 (RFC 5915) and PKCS #1 (RFC 8017)
 * keys into PKCS #8 (RFC 5958), which is all that the JDK reads, and naming a PKCS #8 key's
 * algorithm.
 */
final class PrivateKeyDer {
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final byte[] EC_PUBLIC_KEY = oid("06072a8648ce3d0201");
  private static final byte[] RSA_ENCRYPTION = oid("06092a864886f70d010101");
  private static final byte[] RSASSA_PSS = oid("06092a864886f70d01010a");
  private static final byte[] ED25519 = oid("06032b6570");
  private static final byte[] ED448 = oid("06032b6571");
  private static final byte[] NULL = {0x05, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xa0;

  private PrivateKeyDer() {}

  static byte[] fromPkcs1(byte[] rsaPrivateKey) {
    new Reader(rsaPrivateKey).expect(SEQUENCE);
    byte[] algorithm = value(SEQUENCE, RSA_ENCRYPTION, NULL);
    return value(SEQUENCE, VERSION_0, algorithm, value(OCTET_STRING, rsaPrivateKey));
  }

  /** The curve stands inside a SEC 1 key as {@code [0]}; PKCS #8 wants it in the algorithm. */
  static byte[] fromSec1(byte[] ecPrivateKey) {
    Reader body = new Reader(ecPrivateKey).expect(SEQUENCE);
    body.expect(0x02);
    body.expect(OCTET_STRING);
    if (!body.hasMore()) {
      throw malformed("the EC private key does not name its curve");
    }
    byte[] curve = body.expect(PARAMETERS).rest();
    byte[] algorithm = value(SEQUENCE, EC_PUBLIC_KEY, curve);
    return value(SEQUENCE, VERSION_0, algorithm, value(OCTET_STRING, ecPrivateKey));
  }

  /** The JCA name of the algorithm of a PKCS #8 key. */
  static String algorithm(byte[] pkcs8) {
    Reader body = new Reader(pkcs8).expect(SEQUENCE);
    body.expect(0x02);
    Reader algorithm = body.expect(SEQUENCE);
    byte[] oid = value(0x06, algorithm.expect(0x06).rest());
    if (Arrays.equals(oid, EC_PUBLIC_KEY)) {
      return "EC";
    } else if (Arrays.equals(oid, RSA_ENCRYPTION)) {
      return "RSA";
    } else if (Arrays.equals(oid, RSASSA_PSS)) {
      return "RSASSA-PSS";
    } else if (Arrays.equals(oid, ED25519) || Arrays.equals(oid, ED448)) {
      return "EdDSA";
    }
    throw new CertificateUnusable(
        Reason.UNSUPPORTED_KEY, "only EC, RSA and EdDSA keys can serve TLS");
  }

  private static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.size() + 6);
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      int lengthBytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | lengthBytes);
      for (int i = lengthBytes - 1; i >= 0; i--) {
        out.write(length >>> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] oid(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static CertificateUnusable malformed(String message) {
    return new CertificateUnusable(Reason.MALFORMED, message);
  }

  /** Walks over one level of DER; every length is checked against what is there. */
  private static final class Reader {
    private final byte[] bytes;
    private int at;
    private final int end;

    Reader(byte[] bytes) {
      this(bytes, 0, bytes.length);
    }

    private Reader(byte[] bytes, int from, int end) {
      this.bytes = bytes;
      this.at = from;
      this.end = end;
    }

    boolean hasMore() {
      return at < end;
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, end);
    }

    Reader expect(int tag) {
      if (next() != tag) {
        throw malformed("the private key is not DER of the kind its label says");
      }
      int length = length();
      if (length > end - at) {
        throw malformed("the private key is cut off");
      }
      Reader inner = new Reader(bytes, at, at + length);
      at += length;
      return inner;
    }

    private int length() {
      int first = next();
      if (first < 0x80) {
        return first;
      }
      int count = first & 0x7f;
      if (count == 0 || count > 3) {
        throw malformed("the private key has a length that no key has");
      }
      int length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | next();
      }
      return length;
    }

    private int next() {
      if (at >= end) {
        throw malformed("the private key is cut off");
      }
      return bytes[at++] & 0xff;
    }
  }
}
