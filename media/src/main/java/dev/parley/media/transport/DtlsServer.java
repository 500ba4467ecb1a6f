package dev.parley.media.transport;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * The server half of one DTLS 1.2 handshake with SRTP keys (RFC 5764). It always asks for the
 * client's certificate and accepts only the one whose fingerprint came with the offer.
 */
final class DtlsServer extends DefaultTlsServer {
  private static final int HANDSHAKE_MILLIS_MAX = 20_000;
  private static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  private final DtlsIdentity identity;
  private final DtlsFingerprint expected;
  private final DtlsAssociation.Secured secured;
  private @Nullable SrtpProfile profile;

  DtlsServer(DtlsIdentity identity, DtlsFingerprint expected, DtlsAssociation.Secured secured) {
    super(identity.crypto());
    this.identity = identity;
    this.expected = expected;
    this.secured = secured;
  }

  /** The handshake of this server, for {@link DtlsAssociation#start}. */
  DtlsAssociation.Handshake handshake() {
    return transport -> new DTLSServerProtocol().accept(this, transport);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return TlsUtils.getSupportedCipherSuites(
        getCrypto(),
        new int[] {
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
          CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        });
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return HANDSHAKE_MILLIS_MAX;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return identity.signer(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    Vector<SignatureAndHashAlgorithm> algorithms =
        TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(types, algorithms, null);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    boolean right =
        certificate != null
            && !certificate.isEmpty()
            && expected.matches(certificate.getCertificateAt(0).getEncoded());
    if (!right) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offered = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (offered == null) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter);
    }
    profile = preferred(offered.getProtectionProfiles());
    if (profile == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
  }

  private static @Nullable SrtpProfile preferred(int[] offered) {
    for (SrtpProfile ours : SrtpProfile.values()) {
      for (int theirs : offered) {
        if (theirs == ours.code()) {
          return ours;
        }
      }
    }
    return null;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    if (extensions == null) {
      extensions = new Hashtable();
    }
    int[] chosen = {chosen().code()};
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SrtpKeyPair keys =
        SrtpKeyPair.split(
            chosen(),
            context.exportKeyingMaterial(
                EXPORTER_LABEL, null, SrtpKeyPair.exportedBytes(chosen())));
    secured.with(keys.client(), keys.server());
  }

  private SrtpProfile chosen() {
    if (profile == null) {
      throw new IllegalStateException("no SRTP profile was chosen");
    }
    return profile;
  }
}
