package dev.parley.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.codec.VideoProjection.Outcome;
import org.junit.jupiter.api.Test;

/** Single behaviours of the projection, one each. */
final class VideoProjectionTest {
  private final SimulcastClock clock = new SimulcastClock();
  private final VideoProjection projection =
      new VideoProjection(VideoCodec.VP8, clock, 0xffff, 0xffff_fff0L);
  private final ProjectedPacket out = new ProjectedPacket();
  private final VideoPacket packet = new VideoPacket();
  private byte[] payload = {};

  private Outcome offer(
      int encoding,
      int sequence,
      long timestamp,
      int picture,
      int base,
      int temporal,
      int y,
      boolean key) {
    long nanos = timestamp * 100_000 / 9;
    packet.begin(encoding, sequence, timestamp, true, nanos);
    payload =
        new BitWriter()
            .bits(0x90, 8)
            .bits(0xe0, 8)
            .bits(0x8000 | picture, 16)
            .bits(base, 8)
            .bits(temporal, 2)
            .bits(y, 1)
            .bits(0, 5)
            .bits(key ? 0 : 1, 8)
            .bytes();
    assertThat(new Vp8Payload().parse(new ArrayBytes(payload), 0, payload.length, packet)).isTrue();
    return projection.project(packet, out);
  }

  @Test
  void nothingPassesBeforeAKeyFrame() {
    projection.target(0, 0, 2);
    assertThat(projection.needsKeyFrame()).isTrue();
    assertThat(offer(0, 1, 0, 1, 1, 0, 0, false)).isEqualTo(Outcome.DROP);
    assertThat(offer(0, 2, 3000, 2, 2, 0, 0, true)).isEqualTo(Outcome.FORWARD);
    assertThat(out.sequence()).isEqualTo(0xffff);
    assertThat(out.timestamp()).isEqualTo(0xffff_fff0L);
    assertThat(projection.needsKeyFrame()).isFalse();
    assertThat(offer(0, 3, 6000, 3, 3, 0, 0, false)).isEqualTo(Outcome.FORWARD);
    assertThat(out.sequence()).isZero();
    assertThat(out.timestamp()).isEqualTo(2984);
  }

  @Test
  void leftOutPicturesLeaveNoHole() {
    projection.target(0, 0, 0);
    offer(0, 10, 0, 1, 1, 0, 0, true);
    int first = out.pictureId();
    assertThat(offer(0, 11, 3000, 2, 1, 2, 1, false)).isEqualTo(Outcome.DROP);
    assertThat(offer(0, 12, 6000, 3, 2, 0, 0, false)).isEqualTo(Outcome.FORWARD);
    assertThat(out.sequence()).isZero();
    assertThat(out.pictureId()).isEqualTo(first + 1);
  }

  @Test
  void lateUnwantedPacketIsFilled() {
    projection.target(0, 0, 0);
    offer(0, 10, 0, 1, 1, 0, 0, true);
    assertThat(offer(0, 12, 6000, 3, 2, 0, 0, false)).isEqualTo(Outcome.FORWARD);
    assertThat(out.sequence()).isEqualTo(1);
    assertThat(offer(0, 11, 3000, 2, 1, 2, 1, false)).isEqualTo(Outcome.FILL);
    assertThat(out.sequence()).isZero();
  }

  @Test
  void duplicateIsDropped() {
    projection.target(0, 0, 0);
    offer(0, 10, 0, 1, 1, 0, 0, true);
    assertThat(offer(0, 10, 0, 1, 1, 0, 0, true)).isEqualTo(Outcome.DROP);
  }

  @Test
  void senderReportsAlignTheTimestampsOfEncodings() {
    clock.onSenderReport(0, 100L << 32, 1_000_000);
    clock.onSenderReport(1, 101L << 32, 5_090_000);
    projection.target(0, 0, 2);
    offer(0, 1, 1_003_000, 1, 1, 0, 0, true);
    projection.target(1, 0, 2);
    assertThat(projection.needsKeyFrame()).isTrue();
    assertThat(offer(1, 500, 5_009_000, 700, 90, 0, 0, true)).isEqualTo(Outcome.FORWARD);
    assertThat(out.timestamp()).isEqualTo((0xffff_fff0L + 6000) & 0xffff_ffffL);
    assertThat(out.sequence()).isZero();
    assertThat(out.encoding()).isEqualTo(1);
  }

  @Test
  void emptyPacketsCloseUp() {
    projection.target(0, 0, 2);
    offer(0, 1, 0, 1, 1, 0, 0, true);
    packet.begin(0, 2, 0, false, 0);
    packet.empty();
    assertThat(projection.project(packet, out)).isEqualTo(Outcome.DROP);
    offer(0, 3, 3000, 2, 2, 0, 0, false);
    assertThat(out.sequence()).isZero();
  }

  @Test
  void rewriteChangesTheCopyInPlace() {
    projection.target(0, 0, 2);
    offer(0, 1, 0, 77, 9, 0, 0, true);
    byte[] copy = new byte[payload.length + 12];
    System.arraycopy(payload, 0, copy, 12, payload.length);
    out.rewrite(packet, new ArrayBytes(copy), 12);
    VideoPacket again = new VideoPacket();
    again.begin(0, 1, 0, true, 0);
    new Vp8Payload().parse(new ArrayBytes(copy), 12, payload.length, again);
    assertThat(again.pictureId()).isEqualTo(out.pictureId());
    assertThat(again.baseIndex()).isEqualTo(out.baseIndex());
  }

  @Test
  void pauseEndsWithThePicture() {
    projection.target(0, 0, 2);
    offer(0, 1, 0, 1, 1, 0, 0, true);
    projection.target(VideoProjection.NOTHING, 0, 0);
    assertThat(projection.needsKeyFrame()).isFalse();
    assertThat(offer(0, 2, 3000, 2, 2, 0, 0, false)).isEqualTo(Outcome.DROP);
    projection.target(0, 0, 2);
    assertThat(offer(0, 3, 6000, 3, 3, 0, 0, false)).isEqualTo(Outcome.DROP);
    assertThat(projection.needsKeyFrame()).isTrue();
    assertThat(offer(0, 4, 9000, 4, 4, 0, 0, true)).isEqualTo(Outcome.FORWARD);
    assertThat(out.sequence()).isZero();
  }

  @Test
  void pauseThatSwallowedPacketsNeedsAKeyFrame() {
    projection.target(0, 0, 2);
    offer(0, 1, 0, 1, 1, 0, 0, true);
    projection.target(VideoProjection.NOTHING, 0, 0);
    projection.target(0, 0, 2);
    assertThat(projection.needsKeyFrame()).isTrue();
    assertThat(offer(0, 300, 900_000, 90, 90, 0, 0, false)).isEqualTo(Outcome.DROP);
    assertThat(offer(0, 301, 903_000, 91, 91, 0, 0, true)).isEqualTo(Outcome.FORWARD);
    assertThat(out.sequence()).isZero();
  }

  /**
   * One packet of VP9: picture, spatial layer, whether a key picture, whether upper ones use it.
   */
  private static Outcome vp9(
      VideoProjection projection,
      int sequence,
      int picture,
      int spatial,
      boolean key,
      boolean used) {
    byte[] bytes =
        new BitWriter()
            .bits(1, 1)
            .bits(key ? 0 : 1, 1)
            .bits(1, 1)
            .bits(0, 1)
            .bits(3, 2)
            .bits(0, 1)
            .bits(used ? 0 : 1, 1)
            .bits(0x8000 | picture, 16)
            .bits(1, 4)
            .bits(spatial, 3)
            .bits(0, 1)
            .bits(1, 8)
            .bits(0, 8)
            .bytes();
    VideoPacket packet = new VideoPacket();
    packet.begin(0, sequence, picture * 3000L, false, picture * 33_000_000L);
    assertThat(new Vp9Payload().parse(new ArrayBytes(bytes), 0, bytes.length, packet)).isTrue();
    return projection.project(packet, new ProjectedPacket());
  }

  @Test
  void layerThatTheEncoderDoesNotMakeIsNotWaitedFor() {
    VideoProjection vp9 = new VideoProjection(VideoCodec.VP9, clock, 1, 1);
    vp9.target(0, 2, 0);
    assertThat(vp9(vp9, 1, 1, 0, true, true)).isEqualTo(Outcome.FORWARD);
    assertThat(vp9(vp9, 2, 1, 1, true, false)).isEqualTo(Outcome.FORWARD);
    for (int picture = 2; picture < 10; picture++) {
      assertThat(vp9(vp9, 2 * picture - 1, picture, 0, false, false)).isEqualTo(Outcome.DROP);
      assertThat(vp9(vp9, 2 * picture, picture, 1, false, false)).isEqualTo(Outcome.FORWARD);
      assertThat(vp9.needsKeyFrame()).isFalse();
    }
    for (int picture = 10; picture < 18; picture++) {
      assertThat(vp9(vp9, 9 + picture, picture, 0, false, false)).isEqualTo(Outcome.DROP);
    }
    assertThat(vp9.needsKeyFrame()).as("the upper layer has ended").isTrue();
  }
}
