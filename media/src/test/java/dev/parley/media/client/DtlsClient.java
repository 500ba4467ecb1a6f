package dev.parley.media.client;

import dev.parley.media.transport.DtlsAssociation;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpKeyPair;
import dev.parley.media.transport.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The client half of a DTLS handshake with SRTP keys. */
final class DtlsClient extends DefaultTlsClient {
  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final DtlsAssociation.Secured secured;
  private SrtpProfile chosen = SrtpProfile.AEAD_AES_128_GCM;

  DtlsClient(DtlsIdentity identity, List<SrtpProfile> profiles, DtlsAssociation.Secured secured) {
    super(identity.crypto());
    this.identity = identity;
    this.profiles = profiles;
    this.secured = secured;
  }

  DtlsAssociation.Handshake handshake() {
    return transport -> new DTLSClientProtocol().connect(this, transport);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return 20_000;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    int[] codes = profiles.stream().mapToInt(SrtpProfile::code).toArray();
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(codes, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    int code = TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles()[0];
    for (SrtpProfile each : SrtpProfile.values()) {
      chosen = each.code() == code ? each : chosen;
    }
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) {
        // A test client trusts the engine that it talks to over loopback.
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return identity.signer(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SrtpKeyPair keys =
        SrtpKeyPair.split(
            chosen,
            context.exportKeyingMaterial(
                "EXTRACTOR-dtls_srtp", null, SrtpKeyPair.exportedBytes(chosen)));
    secured.with(keys.server(), keys.client());
  }
}
