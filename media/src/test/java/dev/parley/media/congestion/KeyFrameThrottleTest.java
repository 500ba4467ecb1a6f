package dev.parley.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** However many viewers want a key frame, the publisher is asked as often as it can answer. */
final class KeyFrameThrottleTest {
  private static final long MILLI = 1_000;
  private static final long ROUND_TRIP = 100 * MILLI;

  private final KeyFrameThrottle throttle = new KeyFrameThrottle();
  private long now = 10_000_000;

  private boolean dueAfter(long millis) {
    now += millis * MILLI;
    return throttle.due(ROUND_TRIP, now);
  }

  @Test
  void nobodyWantsOneNobodyAsks() {
    assertThat(dueAfter(5_000)).isFalse();
  }

  @Test
  void manyWishesMakeOneRequest() {
    for (int viewer = 0; viewer < 50; viewer++) {
      throttle.want();
    }
    assertThat(dueAfter(0)).isTrue();
    for (int each = 0; each < 9; each++) {
      throttle.want();
      assertThat(dueAfter(100)).isFalse();
    }
  }

  @Test
  void aRequestThatBroughtNothingIsMadeAgainAfterASecond() {
    throttle.want();
    assertThat(dueAfter(0)).isTrue();
    assertThat(dueAfter(990)).isFalse();
    assertThat(dueAfter(10)).isTrue();
  }

  @Test
  void overASlowPathTheSecondRequestWaitsForTheFirstAnswer() {
    throttle.want();
    assertThat(throttle.due(2_000 * MILLI, now)).isTrue();
    now += 3_900 * MILLI;
    assertThat(throttle.due(2_000 * MILLI, now)).isFalse();
    now += 100 * MILLI;
    assertThat(throttle.due(2_000 * MILLI, now)).isTrue();
  }

  @Test
  void aKeyFrameMeetsAllWishesAndTheNextWaitsAWhile() {
    throttle.want();
    assertThat(dueAfter(0)).isTrue();
    now += 80 * MILLI;
    throttle.came(now);
    assertThat(dueAfter(2_000)).isFalse();
    throttle.came(now);
    throttle.want();
    assertThat(dueAfter(400)).isFalse();
    assertThat(dueAfter(100)).isTrue();
  }
}
