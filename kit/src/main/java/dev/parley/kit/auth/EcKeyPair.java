package dev.parley.kit.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A P-256 key pair that signs tokens.
 *
 * @param id the JWK thumbprint of the public key (RFC 7638), used as {@code kid}
 */
public record EcKeyPair(String id, ECPublicKey publicKey, ECPrivateKey privateKey) {
  private static final int COORDINATE_BYTES = 32;

  /** Makes a new pair from the JDK's secure random source. */
  public static EcKeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return of((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  /**
   * Restores a stored pair.
   *
   * @param spki as {@link #encodedPublicKey()} gave it
   * @param pkcs8 as {@link #encodedPrivateKey()} gave it; keep it in a {@link Vault}
   * @throws IllegalArgumentException when either is not a P-256 key
   */
  public static EcKeyPair restore(byte[] spki, byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      ECPublicKey publicKey = publicKey(spki);
      return of(publicKey, (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a stored P-256 key pair");
    }
  }

  /** Restores a public key alone, for a key that only verifies. */
  public static ECPublicKey publicKey(byte[] spki) {
    try {
      ECPublicKey key =
          (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
      if (key.getParams().getOrder().bitLength() != 256) {
        throw new IllegalArgumentException("not a P-256 key");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a stored P-256 public key");
    }
  }

  private static EcKeyPair of(ECPublicKey publicKey, ECPrivateKey privateKey) {
    return new EcKeyPair(thumbprint(publicKey), publicKey, privateKey);
  }

  public byte[] encodedPublicKey() {
    return publicKey.getEncoded();
  }

  public byte[] encodedPrivateKey() {
    return privateKey.getEncoded();
  }

  static String thumbprint(ECPublicKey key) {
    String canonical =
        "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x(key), y(key));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  static String x(ECPublicKey key) {
    return coordinate(key.getW().getAffineX());
  }

  static String y(ECPublicKey key) {
    return coordinate(key.getW().getAffineY());
  }

  /** RFC 7518 §6.2.1.2: always 32 bytes, with leading zeros. */
  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int count = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - count, fixed, COORDINATE_BYTES - count, count);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }

  @Override
  public String toString() {
    return "EcKeyPair[" + id + "]";
  }
}
