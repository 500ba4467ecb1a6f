package dev.parley.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LossTrackerTest {
  private static final long MS = 1_000_000;

  private final LossTracker tracker = new LossTracker();

  private int[] ask(long now) {
    return Arrays.copyOf(tracker.due(), tracker.ask(now));
  }

  @Test
  void aHoleIsAskedForAfterAMomentAndAgainAfterARoundTrip() {
    tracker.arrived(10, 0);
    tracker.arrived(13, 0);
    assertThat(ask(1 * MS)).isEmpty();
    assertThat(ask(6 * MS)).containsExactly(11, 12);
    assertThat(ask(20 * MS)).isEmpty();
    assertThat(ask(140 * MS)).containsExactly(11, 12);
  }

  @Test
  void whatArrivesIsNotAskedForAndCountsOnce() {
    tracker.arrived(65_534, 0);
    tracker.arrived(1, 0);
    assertThat(tracker.arrived(65_535, 1 * MS)).isTrue();
    assertThat(tracker.arrived(65_535, 1 * MS)).isFalse();
    assertThat(tracker.arrived(1, 1 * MS)).isFalse();
    assertThat(ask(10 * MS)).containsExactly(0);
    assertThat(tracker.arrived(0, 60 * MS)).isTrue();
    assertThat(tracker.missingCount()).isZero();
    assertThat(tracker.recovered()).isEqualTo(1);
    assertThat(tracker.expected()).isEqualTo(4);
    assertThat(tracker.received()).isEqualTo(4);
  }

  @Test
  void itGivesUpAfterASecond() {
    tracker.arrived(1, 0);
    tracker.arrived(3, 0);
    for (long now = 0; now < 1500 * MS; now += 5 * MS) {
      tracker.ask(now);
    }
    assertThat(tracker.missingCount()).isZero();
    assertThat(tracker.givenUp()).isEqualTo(1);
  }

  @Test
  void aJumpIsANewStart() {
    tracker.arrived(1, 0);
    tracker.arrived(20_000, 0);
    assertThat(ask(10 * MS)).isEmpty();
    tracker.arrived(20_002, 10 * MS);
    assertThat(ask(20 * MS)).containsExactly(20_001);
  }

  @Test
  void holesAreBounded() {
    tracker.arrived(0, 0);
    for (int i = 1; i < 1000; i++) {
      tracker.arrived(i * 2, 0);
    }
    assertThat(tracker.missingCount()).isEqualTo(LossTracker.MISSING_MAX);
  }
}
