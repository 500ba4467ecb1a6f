package dev.parley.media.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Fuzz targets of the descriptor parsers; as plain tests they run over the kept corpus. */
final class PayloadFuzzTest {
  /** A view that fails on any access outside the packet, and counts as a finding then. */
  private static final class Fenced implements PacketBytes {
    private final byte[] bytes;

    Fenced(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int u8(int index) {
      return bytes[index] & 0xff;
    }

    @Override
    public void put8(int index, int value) {
      bytes[index] = (byte) value;
    }
  }

  private static void parse(VideoCodec codec, byte[] input) {
    VideoPacket packet = new VideoPacket();
    packet.begin(0, 1, 2, false, 3);
    Fenced bytes = new Fenced(input);
    if (codec.parser().parse(bytes, 0, input.length, packet)) {
      project(codec, packet, bytes);
    }
  }

  private static void project(VideoCodec codec, VideoPacket packet, Fenced bytes) {
    VideoProjection projection = new VideoProjection(codec, new SimulcastClock(), 1, 1);
    projection.target(0, 1, 1);
    ProjectedPacket out = new ProjectedPacket();
    if (projection.project(packet, out) == VideoProjection.Outcome.FORWARD) {
      out.rewrite(packet, bytes, 0);
    }
  }

  @FuzzTest
  void vp8(byte[] input) {
    parse(VideoCodec.VP8, input);
  }

  @FuzzTest
  void vp9(byte[] input) {
    parse(VideoCodec.VP9, input);
  }

  @FuzzTest
  void h264(byte[] input) {
    parse(VideoCodec.H264, input);
  }

  @FuzzTest
  void av1(byte[] input) {
    parse(VideoCodec.AV1, input);
  }

  /** The input is cut into descriptors by a length byte before each, so that state is kept. */
  @FuzzTest
  void dependencyDescriptor(byte[] input) {
    DependencyDescriptorReader reader = new DependencyDescriptorReader();
    VideoProjection projection = new VideoProjection(VideoCodec.AV1, new SimulcastClock(), 1, 1);
    projection.target(0, 1, 1);
    Fenced bytes = new Fenced(input);
    VideoPacket packet = new VideoPacket();
    ProjectedPacket out = new ProjectedPacket();
    int sequence = 0;
    for (int at = 0; at < input.length; ) {
      int length = Math.min(input[at] & 0xff, input.length - at - 1);
      packet.begin(0, sequence++, sequence * 3000L, false, sequence * 33_000_000L);
      if (reader.read(bytes, at + 1, length, packet)
          && projection.project(packet, out) == VideoProjection.Outcome.FORWARD) {
        out.rewrite(packet, bytes, 0);
      }
      at += length + 1;
    }
  }

  @FuzzTest
  void opus(byte[] input) {
    int samples = OpusPayload.samples(new Fenced(input), 0, input.length);
    if (samples > 5760) {
      throw new IllegalStateException("longer than an Opus packet may be");
    }
  }
}
