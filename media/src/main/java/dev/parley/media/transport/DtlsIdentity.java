package dev.parley.media.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * A self-signed P-256 certificate with its key. SDP carries its fingerprint, which is all the trust
 * that WebRTC wants (RFC 8827 §6.5). Made at start and never stored.
 */
public final class DtlsIdentity {
  private static final Duration VALID = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private final JcaTlsCrypto crypto;
  private final PrivateKey key;
  private final Certificate chain;
  private final DtlsFingerprint fingerprint;

  private DtlsIdentity(JcaTlsCrypto crypto, PrivateKey key, byte[] encoded) throws IOException {
    this.crypto = crypto;
    this.key = key;
    this.chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded)});
    this.fingerprint = DtlsFingerprint.of("sha-256", encoded);
  }

  /** Makes a new identity, valid for a year from {@code now}. */
  public static DtlsIdentity create(SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=media");
      byte[] encoded =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(64, random).setBit(0),
                  Date.from(now.minus(CLOCK_SKEW)),
                  Date.from(now.plus(VALID)),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      JcaTlsCrypto crypto = new JcaTlsCryptoProvider().create(random);
      return new DtlsIdentity(crypto, pair.getPrivate(), encoded);
    } catch (GeneralSecurityException | OperatorCreationException | IOException broken) {
      throw new IllegalStateException("cannot make a DTLS identity", broken);
    }
  }

  /** What the certificate is known by in SDP. */
  public DtlsFingerprint fingerprint() {
    return fingerprint;
  }

  /** The cryptography that handshakes of this identity use. */
  public JcaTlsCrypto crypto() {
    return crypto;
  }

  /** The credentials for a handshake in {@code context}. */
  public TlsCredentialedSigner signer(TlsContext context) {
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        key,
        chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
