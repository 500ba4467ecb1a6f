package dev.parley.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random wishes, reordering and late packets; the deterministic receiver judges the result. */
final class VideoProjectionRandomTest {
  private static final int PICTURES = 1500;

  private record Delayed(long due, int order, SyntheticPacket packet) {}

  @ParameterizedTest
  @CsvSource({
    "VP8,  3, false, 15, 0",
    "VP8,  3, false, 15, 4",
    "VP8,  3, false,  7, 4",
    "H264, 3, false, 15, 0",
    "H264, 3, false, 15, 4",
    "VP9,  1, false, 15, 0",
    "VP9,  1, false, 15, 4",
    "VP9,  1, true,  15, 4",
    "VP9,  2, true,  15, 4",
    "AV1,  1, false, 15, 0",
    "AV1,  1, false, 15, 4",
    "AV1,  1, true,  15, 4",
    "AV1,  2, true,  15, 4",
  })
  void everySwitchIsContinuousAndDecodable(
      VideoCodec codec, int encodings, boolean keyOnly, int pictureIdBits, int latePercent) {
    for (long seed = 1; seed <= 12; seed++) {
      try {
        new Run(codec, encodings, keyOnly, pictureIdBits, latePercent, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  private static final class Run {
    private final Random random;
    private final VideoCodec codec;
    private final int latePercent;
    private final List<SyntheticEncoder> encoders = new ArrayList<>();
    private final List<DependencyDescriptorReader> readers = new ArrayList<>();
    private final SimulcastClock clock = new SimulcastClock();
    private final VideoProjection projection;
    private final DeterministicReceiver receiver;
    private final PayloadParser parser;
    private final PriorityQueue<Delayed> network =
        new PriorityQueue<>(
            Comparator.comparingLong(Delayed::due).thenComparingInt(Delayed::order));
    private final VideoPacket packet = new VideoPacket();
    private final ProjectedPacket out = new ProjectedPacket();
    private final long[] timestampBase;
    private int encoding = VideoProjection.NOTHING;
    private int order;

    Run(
        VideoCodec codec,
        int encodings,
        boolean keyOnly,
        int pictureIdBits,
        int latePercent,
        long seed) {
      this.random = new Random(seed);
      this.codec = codec;
      this.latePercent = latePercent;
      timestampBase = new long[encodings];
      for (int each = 0; each < encodings; each++) {
        encoders.add(new SyntheticEncoder(codec, each, keyOnly, pictureIdBits, random));
        readers.add(new DependencyDescriptorReader());
        timestampBase[each] = random.nextInt() & 0xffff_ffffL;
        if (random.nextBoolean()) {
          clock.onSenderReport(each, 5L << 32, timestampBase[each] + 5 * 90_000 & 0xffff_ffffL);
        }
      }
      projection = new VideoProjection(codec, clock, 65_530, 0xffff_ff00L);
      receiver = new DeterministicReceiver(codec, latePercent);
      parser = codec.parser();
    }

    void run() {
      wish(0);
      for (int picture = 0; picture < PICTURES; picture++) {
        if (random.nextInt(25) == 0 && picture < PICTURES - 200) {
          wish(picture);
        }
        if (picture == PICTURES - 200) {
          projection.target(encoders.size() - 1, 2, 2);
        }
        encode(picture);
        deliver(picture * 10L);
      }
      deliver(Long.MAX_VALUE);
      receiver.check();
      assertThat(receiver.packets()).isGreaterThan(PICTURES / 3);
      assertThat(projection.encoding()).isEqualTo(encoders.size() - 1);
      if (codec != VideoCodec.H264) {
        assertThat(projection.temporalId()).isEqualTo(2);
      }
      if (codec == VideoCodec.VP9 || codec == VideoCodec.AV1) {
        assertThat(projection.spatialId()).isEqualTo(2);
      }
      assertThat(projection.needsKeyFrame()).isFalse();
    }

    private void wish(int picture) {
      boolean nothing = picture > 0 && random.nextInt(12) == 0;
      projection.target(
          nothing ? VideoProjection.NOTHING : random.nextInt(encoders.size()),
          random.nextInt(3),
          random.nextInt(3));
    }

    private void encode(int picture) {
      for (int each = 0; each < encoders.size(); each++) {
        if (projection.needsKeyFrame() && projection.wantedEncoding() == each && picture % 8 == 0) {
          encoders.get(each).wantKey();
        }
        for (SyntheticPacket made :
            encoders.get(each).next(timestampBase[each] + picture * 3000L)) {
          boolean late = random.nextInt(100) < latePercent;
          long delay = late ? 1 + random.nextInt(60) : 0;
          network.add(new Delayed(picture * 10L + delay, order++, made));
        }
      }
    }

    private void deliver(long until) {
      while (!network.isEmpty() && network.element().due() <= until) {
        Delayed next = network.remove();
        offer(next.packet(), next.due() * 33_333_333L / 10);
        if (random.nextInt(50) == 0) {
          offer(next.packet(), next.due() * 33_333_333L / 10);
        }
      }
    }

    private void offer(SyntheticPacket made, long nanos) {
      packet.begin(made.frame().encoding, made.sequence(), made.timestamp(), made.marker(), nanos);
      byte[] payload = made.payload();
      assertThat(parser.parse(new ArrayBytes(payload), 0, payload.length, packet)).isTrue();
      byte[] descriptor = made.descriptor();
      if (descriptor != null) {
        boolean read =
            readers
                .get(made.frame().encoding)
                .read(new ArrayBytes(descriptor), 0, descriptor.length, packet);
        assertThat(read || order < 200).isTrue();
        if (!read) {
          packet.empty();
        }
      }
      VideoProjection.Outcome outcome = projection.project(packet, out);
      if (projection.encoding() != encoding) {
        encoding = projection.encoding();
        receiver.segmentEnded();
      }
      receiver.take(outcome, out, made);
      if (outcome == VideoProjection.Outcome.FORWARD) {
        checkReplay();
      }
    }

    private void checkReplay() {
      ProjectedPacket again = new ProjectedPacket();
      assertThat(projection.replay(out.sequence(), again)).isTrue();
      assertThat(again.sourceSequence()).isEqualTo(out.sourceSequence());
      assertThat(again.timestamp()).isEqualTo(out.timestamp());
      assertThat(again.pictureId()).isEqualTo(out.pictureId());
      assertThat(again.baseIndex()).isEqualTo(out.baseIndex());
      assertThat(again.marker()).isEqualTo(out.marker());
      assertThat(again.encoding()).isEqualTo(out.encoding());
    }
  }
}
