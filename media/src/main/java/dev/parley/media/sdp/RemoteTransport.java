package dev.parley.media.sdp;

import dev.parley.media.transport.DtlsFingerprint;
import dev.parley.media.transport.IceCredentials;

/**
 * What a client's description says of its transport. All media of a connection share one (RFC 9143
 * bundling), so it is taken from the first section that is not refused.
 *
 * @param ice the client's credentials; a change of them means an ICE restart
 * @param fingerprint of the certificate that it will show
 */
public record RemoteTransport(IceCredentials ice, DtlsFingerprint fingerprint) {
  static RemoteTransport of(SdpSession session) {
    for (SdpSession.Section section : session.sections()) {
      if (section.port() != 0 || section.has("bundle-only")) {
        return of(session, section);
      }
    }
    throw new SdpRefused("the description has no media section in use");
  }

  private static RemoteTransport of(SdpSession session, SdpSession.Section section) {
    String fragment = either(session, section, "ice-ufrag");
    String password = either(session, section, "ice-pwd");
    String[] fingerprint = either(session, section, "fingerprint").trim().split(" +");
    if (fingerprint.length != 2) {
      throw new SdpRefused("the fingerprint is malformed");
    }
    if (fragment.length() < 4 || fragment.length() > 256 || password.length() < 22) {
      throw new SdpRefused("the ICE credentials are too short or too long");
    }
    try {
      return new RemoteTransport(
          new IceCredentials(fragment, password),
          new DtlsFingerprint(fingerprint[0], fingerprint[1]));
    } catch (IllegalArgumentException refused) {
      throw new SdpRefused(String.valueOf(refused.getMessage()));
    }
  }

  private static String either(SdpSession session, SdpSession.Section section, String name) {
    return section
        .first(name)
        .or(() -> session.first(name))
        .orElseThrow(() -> new SdpRefused("the description has no " + name));
  }
}
