package dev.parley.media.transport;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash of a certificate as SDP names it (RFC 8122 §5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value upper-case hexadecimal bytes with colons between them
 */
public record DtlsFingerprint(String algorithm, String value) {
  /** Reads the two words of the attribute; refuses hashes that are weak or not of SDP's form. */
  public DtlsFingerprint {
    algorithm = algorithm.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
    int bytes =
        switch (algorithm) {
          case "sha-256" -> 32;
          case "sha-384" -> 48;
          case "sha-512" -> 64;
          default -> throw new IllegalArgumentException("fingerprint hash not accepted");
        };
    if (value.length() != bytes * 3 - 1 || !value.matches("[0-9A-F]{2}(:[0-9A-F]{2})*")) {
      throw new IllegalArgumentException("fingerprint is malformed");
    }
  }

  /** The fingerprint of a certificate in DER. */
  public static DtlsFingerprint of(String algorithm, byte[] certificate) {
    try {
      byte[] hash =
          MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(certificate);
      return new DtlsFingerprint(
          algorithm, HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Whether {@code certificate} has this fingerprint. */
  public boolean matches(byte[] certificate) {
    return MessageDigest.isEqual(
        value.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        of(algorithm, certificate).value().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
