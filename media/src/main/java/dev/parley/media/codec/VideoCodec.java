package dev.parley.media.codec;

/** The video codecs that Parley forwards. */
public enum VideoCodec {
  /** RFC 7741. */
  VP8,
  /** RFC 9628. */
  VP9,
  /** RFC 6184. */
  H264,
  /** "RTP Payload Format For AV1" of the Alliance for Open Media. */
  AV1;

  /** A parser for this codec; AV1 also wants a {@link DependencyDescriptorReader} per encoding. */
  public PayloadParser parser() {
    return switch (this) {
      case VP8 -> new Vp8Payload();
      case VP9 -> new Vp9Payload();
      case H264 -> new H264Payload();
      case AV1 -> new Av1Payload();
    };
  }
}
