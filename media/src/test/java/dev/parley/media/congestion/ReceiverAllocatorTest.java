package dev.parley.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who gets how much, and that the choice is steady. */
final class ReceiverAllocatorTest {
  private static final long[][] CAMERA = {
    {60_000, 90_000, 120_000}, {250_000, 380_000, 500_000}, {800_000, 1_200_000, 1_600_000}
  };
  private final ReceiverAllocator allocator = new ReceiverAllocator();
  private long now = 100_000_000;

  private static VideoDemand demand(VideoKind kind, int recency) {
    VideoDemand demand = new VideoDemand();
    demand.describe(kind, recency);
    demand.ladder(CAMERA, 2);
    return demand;
  }

  private void share(long bps, VideoDemand... demands) {
    allocator.clear();
    for (VideoDemand demand : demands) {
      assertThat(allocator.add(demand)).isTrue();
    }
    long used = allocator.allocate(bps, now);
    assertThat(used).isLessThanOrEqualTo(bps);
    long sum = 0;
    for (VideoDemand demand : demands) {
      sum += demand.costBps();
    }
    assertThat(sum).isEqualTo(used);
  }

  @Test
  void screenThenPinnedThenSpeakersByRecency() {
    VideoDemand old = demand(VideoKind.SPEAKER, 1);
    VideoDemand fresh = demand(VideoKind.SPEAKER, 0);
    VideoDemand pinned = demand(VideoKind.PINNED, 0);
    VideoDemand screen = demand(VideoKind.SCREEN, 0);
    share(3_000_000, old, fresh, pinned, screen);
    assertThat(screen.costBps()).isEqualTo(1_600_000);
    assertThat(pinned.costBps()).isEqualTo(500_000);
    assertThat(fresh.costBps()).isEqualTo(500_000);
    assertThat(old.costBps()).isEqualTo(90_000);
  }

  @Test
  void everyoneGetsTheLowestStepFirst() {
    VideoDemand[] all = new VideoDemand[10];
    for (int each = 0; each < all.length; each++) {
      all[each] = demand(VideoKind.SPEAKER, each);
    }
    share(700_000, all);
    for (VideoDemand one : all) {
      assertThat(one.costBps()).isPositive();
    }
    now += 1_000_000;
    share(200_000, all);
    assertThat(all[2].costBps()).isEqualTo(60_000);
    assertThat(all[3].spatialId()).isEqualTo(VideoDemand.NONE);
  }

  @Test
  void screenGetsSharpnessBeforeSmoothness() {
    VideoDemand screen = demand(VideoKind.SCREEN, 0);
    share(950_000, screen);
    assertThat(screen.spatialId()).isEqualTo(2);
    assertThat(screen.temporalId()).isZero();
    VideoDemand camera = demand(VideoKind.SPEAKER, 0);
    share(950_000, camera);
    assertThat(camera.spatialId()).isEqualTo(1);
    assertThat(camera.temporalId()).isEqualTo(2);
  }

  @Test
  void whatWasTakenAwayOnPurposeComesBackAtOnce() {
    VideoDemand demand = demand(VideoKind.SPEAKER, 0);
    share(3_000_000, demand);
    for (int each = 0; each < 5; each++) {
      now += 400_000;
      demand.ladder(CAMERA, -1);
      share(3_000_000, demand);
      assertThat(demand.costBps()).isZero();
      now += 400_000;
      demand.ladder(CAMERA, 2);
      share(3_000_000, demand);
      assertThat(demand.costBps()).isEqualTo(1_600_000);
    }
  }

  @Test
  void layersThatAreNotThereAreNoSteps() {
    VideoDemand demand = new VideoDemand();
    demand.describe(VideoKind.SPEAKER, 0);
    demand.ladder(new long[][] {{100_000, 0, 0}, {0, 0, 0}, {0, 0, 0}}, 2);
    share(5_000_000, demand);
    assertThat(demand.spatialId()).isZero();
    assertThat(demand.wantedBps()).isEqualTo(100_000);
    demand.ladder(new long[][] {{0, 0, 0}}, 2);
    share(5_000_000, demand);
    assertThat(demand.spatialId()).isEqualTo(VideoDemand.NONE);
  }

  @Test
  void viewerWithASmallTileGetsNoLargePicture() {
    VideoDemand demand = new VideoDemand();
    demand.ladder(CAMERA, 1);
    share(5_000_000, demand);
    assertThat(demand.spatialId()).isEqualTo(1);
  }

  @Test
  void stepUpLeavesRoomAndWaitsAfterAStepDown() {
    VideoDemand demand = demand(VideoKind.SPEAKER, 0);
    share(1_700_000, demand);
    assertThat(demand.costBps()).isEqualTo(1_200_000);
    share(1_800_000, demand);
    assertThat(demand.costBps()).isEqualTo(1_600_000);
    share(1_600_000, demand);
    assertThat(demand.costBps()).isEqualTo(1_600_000);
    now += 1_000_000;
    share(1_500_000, demand);
    assertThat(demand.costBps()).isEqualTo(1_200_000);
    now += 1_000_000;
    share(3_000_000, demand);
    assertThat(demand.costBps()).isEqualTo(1_200_000);
    now += 5_000_000;
    share(3_000_000, demand);
    assertThat(demand.costBps()).isEqualTo(1_600_000);
  }

  @Test
  void estimateAtTheEdgeDoesNotFlicker() {
    Random random = new Random(7);
    VideoDemand demand = demand(VideoKind.SPEAKER, 0);
    int changes = 0;
    int last = -2;
    for (int tick = 0; tick < 600; tick++) {
      now += 100_000;
      share(1_600_000 + random.nextInt(500_000) - 250_000, demand);
      changes += demand.spatialId() * 4 + demand.temporalId() != last ? 1 : 0;
      last = demand.spatialId() * 4 + demand.temporalId();
    }
    assertThat(changes).as("changes in a minute").isLessThan(15);
  }

  @Test
  void tooManyVideosAreRefused() {
    for (int each = 0; each < CongestionLimits.DEMANDS_MAX; each++) {
      assertThat(allocator.add(demand(VideoKind.SPEAKER, each))).isTrue();
    }
    assertThat(allocator.add(demand(VideoKind.SPEAKER, 99))).isFalse();
  }

  @Test
  void keyFramesAreAskedForOnceForAll() {
    KeyFrameThrottle throttle = new KeyFrameThrottle();
    assertThat(throttle.due(50_000, 0)).isFalse();
    throttle.want();
    assertThat(throttle.due(50_000, 0)).isTrue();
    throttle.want();
    assertThat(throttle.due(50_000, 600_000)).as("one is on its way").isFalse();
    assertThat(throttle.due(50_000, 1_100_000)).as("it was lost").isTrue();
    throttle.came(1_200_000);
    assertThat(throttle.due(50_000, 3_000_000)).as("all are served").isFalse();
    throttle.want();
    assertThat(throttle.due(50_000, 3_000_000)).isTrue();
    throttle.came(3_050_000);
    throttle.want();
    assertThat(throttle.due(50_000, 3_200_000)).as("so soon after one").isFalse();
    assertThat(throttle.due(50_000, 3_600_000)).isTrue();
  }

  @Test
  void pacingSpreadsABurst() {
    PacingBudget pacing = new PacingBudget();
    pacing.exactly(1_200_000, 0);
    long time = 0;
    for (int packet = 0; packet < 100; packet++) {
      time += pacing.waitMicros(time);
      pacing.sent(1500, time);
    }
    assertThat(time).isBetween(970_000L, 1_000_000L);
  }

  @Test
  void rembAndReportsBoundAReceiverWithoutTransportFeedback() {
    SendSideEstimator estimator = new SendSideEstimator(0);
    estimator.onRemb(2_000_000);
    assertThat(estimator.targetBps()).isEqualTo(2_000_000);
    estimator.onReceiverReport(0.01, 50_000);
    estimator.onReceiverReport(0.3, 50_000);
    assertThat(estimator.targetBps()).isLessThan(1_800_000);
    for (int each = 0; each < 40; each++) {
      estimator.onReceiverReport(0, 50_000);
    }
    assertThat(estimator.targetBps()).isEqualTo(2_000_000);
  }
}
