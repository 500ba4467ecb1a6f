package dev.parley.kit.auth;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** ECDSA over P-256 with SHA-256 (RFC 7518 §3.4) by one chosen provider. Thread-safe. */
public final class Es256 {
  /** r and s, 32 bytes each. */
  static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
  private static final String CORRETTO =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  /** Changes at most once, from the JDK's to a faster one. */
  private volatile @Nullable Provider provider;

  private Es256(@Nullable Provider provider) {
    this.provider = provider;
  }

  /** The JDK's own implementation. */
  public static Es256 ofJdk() {
    return new Es256(null);
  }

  /**
   * Amazon Corretto's native provider when it is on the class path and works on this machine, else
   * the JDK's. The provider is used here only and not installed for the whole process.
   */
  public static Es256 fastest() {
    try {
      Provider found = (Provider) Class.forName(CORRETTO).getDeclaredConstructor().newInstance();
      Es256 corretto = new Es256(found);
      corretto.probe();
      return corretto;
    } catch (ReflectiveOperationException
        | GeneralSecurityException
        | LinkageError
        | RuntimeException e) {
      return ofJdk();
    }
  }

  /**
   * As {@link #fastest}, without waiting for it: loading a native library takes a quarter of a
   * server's start. The JDK computes until {@code executor} has found something faster.
   */
  public static Es256 fastestSoon(Executor executor) {
    Es256 chosen = ofJdk();
    executor.execute(() -> chosen.provider = fastest().provider);
    return chosen;
  }

  /** What computes now, for a log line. */
  public String providerName() {
    Provider now = provider;
    return now == null ? "JDK" : now.getName();
  }

  private void probe() throws GeneralSecurityException {
    EcKeyPair pair = EcKeyPair.generate();
    byte[] message = {1, 2, 3};
    if (!verifies(pair.publicKey(), message, sign(pair.privateKey(), message))) {
      throw new SignatureException("the provider does not verify what it signed");
    }
  }

  byte[] sign(ECPrivateKey key, byte[] message) {
    try {
      Signature signature = signature();
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ES256 signing failed", e);
    }
  }

  boolean verifies(ECPublicKey key, byte[] message, byte[] signed) {
    try {
      Signature signature = signature();
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (SignatureException e) {
      return false; // r or s out of range: the sender's doing
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ES256 verifying failed", e);
    }
  }

  private Signature signature() throws GeneralSecurityException {
    Provider now = provider;
    return now == null ? Signature.getInstance(ALGORITHM) : Signature.getInstance(ALGORITHM, now);
  }
}
