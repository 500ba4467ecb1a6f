package dev.parley.media.codec;

/**
 * The stretch of a receiver's stream that comes from one encoding, from the key frame it was
 * entered at until the next switch.
 */
final class Segment {
  final LayerGate gate;
  final DenseNumbering numbering = new DenseNumbering(CodecLimits.SEQUENCE_MEMORY);
  final Unwrapper sequences = new Unwrapper();
  int encoding = VideoPacket.ABSENT;
  long timestampShift;

  /** Whether it still takes new packets; if not, only late ones find their place. */
  boolean open;

  Segment(VideoCodec codec) {
    gate =
        switch (codec) {
          case VP8 -> new Vp8Gate();
          case VP9 -> new Vp9Gate();
          case H264 -> new OpenGate();
          case AV1 -> new Av1Gate();
        };
  }

  void start(VideoPacket key, long sequence, long timestamp) {
    encoding = key.encoding;
    sequences.restart(16);
    numbering.restart(sequences.unwrap(key.sequence), sequence);
    timestampShift = key.timestamp - timestamp;
    open = true;
  }
}
