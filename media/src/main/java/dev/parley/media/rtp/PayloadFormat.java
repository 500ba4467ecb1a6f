package dev.parley.media.rtp;

import dev.parley.media.codec.VideoCodec;
import java.util.Optional;

/** The payload formats that this engine carries, with the payload types under which it sends. */
public enum PayloadFormat {
  /** RFC 7587. */
  OPUS("opus", 48_000, 111, 0),
  /** G.711 µ-law (RFC 3551 §4.5.14). */
  PCMU("PCMU", 8_000, 0, 0),
  /** G.711 A-law. */
  PCMA("PCMA", 8_000, 8, 0),
  /** RFC 7741. */
  VP8("VP8", 90_000, 96, 97),
  /** RFC 9628, profile 0. */
  VP9("VP9", 90_000, 98, 99),
  /** RFC 6184, baseline profiles in packetization mode 1. */
  H264("H264", 90_000, 102, 103),
  /** Alliance for Open Media, RTP payload format for AV1; main profile. */
  AV1("AV1", 90_000, 45, 46);

  private final String encodingName;
  private final int clockHz;
  private final int egressType;
  private final int egressRetransmissionType;

  PayloadFormat(String encodingName, int clockHz, int egressType, int egressRetransmissionType) {
    this.encodingName = encodingName;
    this.clockHz = clockHz;
    this.egressType = egressType;
    this.egressRetransmissionType = egressRetransmissionType;
  }

  /** The name in {@code a=rtpmap}. */
  public String encodingName() {
    return encodingName;
  }

  /** Ticks of the RTP timestamp per second. */
  public int clockHz() {
    return clockHz;
  }

  /** The payload type under which receivers get it. */
  public int egressType() {
    return egressType;
  }

  /** The payload type of retransmissions (RFC 4588) to receivers; 0 for audio, which has none. */
  public int egressRetransmissionType() {
    return egressRetransmissionType;
  }

  /** Audio or video. */
  public MediaKind kind() {
    return video().isPresent() ? MediaKind.VIDEO : MediaKind.AUDIO;
  }

  /** The video codec, for what looks into payloads. */
  public Optional<VideoCodec> video() {
    return switch (this) {
      case OPUS, PCMU, PCMA -> Optional.empty();
      case VP8 -> Optional.of(VideoCodec.VP8);
      case VP9 -> Optional.of(VideoCodec.VP9);
      case H264 -> Optional.of(VideoCodec.H264);
      case AV1 -> Optional.of(VideoCodec.AV1);
    };
  }

  /** What a decoder is told in {@code a=fmtp}; empty for nothing. */
  public String parameters() {
    return switch (this) {
      case OPUS -> "minptime=10;useinbandfec=1";
      case VP9 -> "profile-id=0";
      case H264 -> "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
      case PCMU, PCMA, VP8, AV1 -> "";
    };
  }
}
