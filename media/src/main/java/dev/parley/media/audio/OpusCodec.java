package dev.parley.media.audio;

/** One way to do Opus; the best that works on this machine is chosen at start. */
public interface OpusCodec {
  /** For logs: which tier, which library. */
  String name();

  /** A new encoder for speech. */
  AudioEncoder encoder();

  /** A new decoder. */
  AudioDecoder decoder();
}
