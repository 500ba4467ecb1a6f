package dev.parley.kit.tls;

import dev.parley.kit.base.Ids;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates. The only class that touches BouncyCastle, so that a start which finds its
 * files loads none of it.
 */
final class CertificateMint {
  /** Browsers take no server certificate that lives longer (CA/Browser Forum BR §6.3.2). */
  static final Duration LEAF_LIFE = Duration.ofDays(397);

  static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);

  /** A client's clock may be a little behind ours. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private final Ids ids;

  CertificateMint(Ids ids) {
    this.ids = ids;
  }

  /** A new authority; its subject holds a random part, so that two on one machine differ. */
  Leaf authority(Instant now) {
    KeyPair pair = keyPair();
    String suffix = HexFormat.of().formatHex(ids.bytes(4));
    X500Principal subject =
        new X500Principal("CN=Parley development CA " + suffix + ", O=Parley development");
    try {
      X509v3CertificateBuilder builder = builder(subject, subject, pair, now, AUTHORITY_LIFE, null);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return new Leaf(pair.getPrivate(), List.of(sign(builder, pair.getPrivate())));
    } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate authority could not be made", e);
    }
  }

  /** A server certificate for exactly these names, with the authority behind it in the chain. */
  Leaf leaf(Leaf authority, Collection<CertificateName> names, Instant now) {
    KeyPair pair = keyPair();
    X500Principal issuer = authority.certificate().getSubjectX500Principal();
    X500Principal subject = new X500Principal("O=Parley development");
    try {
      X509v3CertificateBuilder builder =
          builder(issuer, subject, pair, now, LEAF_LIFE, authority.notAfter());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(authority.certificate().getPublicKey()));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          extensions.createSubjectKeyIdentifier(pair.getPublic()));
      X509Certificate certificate = sign(builder, authority.key());
      return new Leaf(pair.getPrivate(), List.of(certificate, authority.certificate()));
    } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a server certificate could not be made", e);
    }
  }

  private X509v3CertificateBuilder builder(
      X500Principal issuer,
      X500Principal subject,
      KeyPair pair,
      Instant now,
      Duration life,
      @org.jspecify.annotations.Nullable Instant latest) {
    Instant end = now.plus(life).minus(BACKDATED);
    Instant capped = latest != null && latest.isBefore(end) ? latest : end;
    BigInteger serial = new BigInteger(1, ids.bytes(16)).add(BigInteger.ONE);
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial,
        Date.from(now.minus(BACKDATED)),
        Date.from(capped),
        subject,
        pair.getPublic());
  }

  private static GeneralNames alternativeNames(Collection<CertificateName> names) {
    return new GeneralNames(
        names.stream()
            .map(name ->
                new GeneralName(
                    name.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, name.text()))
            .toArray(GeneralName[]::new));
  }

  private static X509Certificate sign(
      X509v3CertificateBuilder builder, java.security.PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }
}
