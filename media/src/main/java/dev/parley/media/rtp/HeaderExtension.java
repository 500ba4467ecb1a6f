package dev.parley.media.rtp;

import java.util.Optional;

/** The header extensions that this engine reads or writes, by the URI that SDP names them with. */
public enum HeaderExtension {
  /** RFC 6464: how loud the packet is. */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  /** draft-holmer-rmcat-transport-wide-cc-extensions-01 §2. */
  TRANSPORT_SEQUENCE("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  /** RFC 9143: the media section that the packet belongs to. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  /** RFC 8852: the simulcast encoding that the packet belongs to. */
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  /** RFC 8852: the encoding that a retransmission repairs. */
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  /** 3GPP TS 26.114 §7.4.5: how the picture is turned. */
  VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
  /** Alliance for Open Media, RTP payload format for AV1, appendix A. */
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

  private final String uri;

  HeaderExtension(String uri) {
    this.uri = uri;
  }

  /** The URI of the extension. */
  public String uri() {
    return uri;
  }

  /** The id under which this engine sends it; clients must take it as offered. */
  public int egressId() {
    return ordinal() + 1;
  }

  /** The extension of this URI, if it is one of ours. */
  public static Optional<HeaderExtension> ofUri(String uri) {
    for (HeaderExtension each : values()) {
      if (each.uri.equals(uri)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
