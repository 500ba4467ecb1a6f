package dev.parley.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.congestion.SendSideEstimator;
import dev.parley.media.congestion.TransportFeedbackWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packet path makes no garbage: parse, project, rewrite, replay, feedback and estimate. */
final class ProjectionAllocationTest {
  private static long leastOf(int rounds, Runnable round) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int each = 0; each < rounds; each++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      round.run();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource
  void projectionAllocatesNothing(VideoCodec codec) {
    SyntheticEncoder encoder = new SyntheticEncoder(codec, 0, false, 15, new Random(1));
    List<SyntheticPacket> made = new ArrayList<>();
    for (int picture = 0; picture < 2000; picture++) {
      made.addAll(encoder.next(picture * 3000L));
    }
    VideoProjection projection = new VideoProjection(codec, new SimulcastClock(), 1, 1);
    projection.target(0, 1, 1);
    DependencyDescriptorReader reader = new DependencyDescriptorReader();
    PayloadParser parser = codec.parser();
    VideoPacket packet = new VideoPacket();
    ProjectedPacket out = new ProjectedPacket();
    ArrayBytes bytes = new ArrayBytes(new byte[0]);
    int[] next = {0, 0};
    int batch = made.size() / 20;
    long least =
        leastOf(
            20,
            () -> {
              for (int each = 0; each < batch; each++) {
                SyntheticPacket one = made.get(next[0]++);
                packet.begin(0, one.sequence(), one.timestamp(), one.marker(), next[0] * 1000L);
                bytes.wrap(one.payload());
                parser.parse(bytes, 0, one.payload().length, packet);
                byte[] descriptor = one.descriptor();
                if (descriptor != null) {
                  bytes.wrap(descriptor);
                  reader.read(bytes, 0, descriptor.length, packet);
                }
                if (projection.project(packet, out) == VideoProjection.Outcome.FORWARD) {
                  out.rewrite(packet, bytes, 0);
                  projection.replay(out.sequence(), out);
                  next[1]++;
                }
              }
            });
    assertThat(next[1]).isGreaterThan(made.size() / 5);
    assertThat(least).as("bytes for %d packets", batch).isLessThan(batch / 10);
  }

  @Test
  void feedbackAndEstimateAllocateNothing() {
    SendSideEstimator estimator = new SendSideEstimator(0);
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    ArrayBytes bytes = new ArrayBytes(new byte[1200]);
    long[] now = {1_000_000};
    int[] sequence = {0};
    long least =
        leastOf(
            60,
            () -> {
              for (int each = 0; each < 1000; each++) {
                now[0] += 2_000;
                estimator.onSent(sequence[0], 1200, estimator.probeNumber(), now[0]);
                writer.arrived(sequence[0]++ & 0xffff, now[0] + 30_000);
                estimator.tick(now[0]);
                if (each % 25 == 24) {
                  int length = writer.write(bytes, 0, 1200, 1, 2);
                  estimator.onFeedback(bytes, 0, length, now[0] + 60_000);
                }
              }
            });
    assertThat(least).as("bytes for 1000 packets").isLessThan(200);
  }
}
