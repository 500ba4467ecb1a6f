package dev.parley.kit.base;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.test.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClockTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void systemClockRunsTimersOnVirtualThreadsInOrder() throws Exception {
    var clock = new SystemClock();
    var ran = new LinkedBlockingQueue<Boolean>();
    Clock.Timer far = clock.after(HOUR, () -> ran.add(false));
    var unused = clock.at(Instant.EPOCH, () -> ran.add(Thread.currentThread().isVirtual()));
    assertThat(ran.poll(20, SECONDS)).isTrue();
    far.cancel();
    clock.sleep(Duration.ofMillis(2));
    assertThat(ran).isEmpty();
  }

  @Test
  void advancingClockMakesPassedTimersDue() throws Exception {
    var clock = new AdvancingClock();
    var due = new CountDownLatch(1);
    var later = new AtomicBoolean();
    var unused = clock.after(HOUR, due::countDown);
    var alsoUnused = clock.after(HOUR.multipliedBy(3), () -> later.set(true));
    Instant before = clock.now();
    clock.advance(HOUR.multipliedBy(2));
    due.await();
    assertThat(Duration.between(before, clock.now())).isGreaterThan(HOUR);
    assertThat(later).isFalse();
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void advancingClockWakesSleepers() throws Exception {
    var clock = new AdvancingClock();
    Thread sleeper =
        Thread.startVirtualThread(() -> {
          try {
            clock.sleep(HOUR);
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
    while (sleeper.isAlive()) {
      clock.advance(HOUR);
      Thread.yield();
    }
  }

  @Test
  void fakeClockStandsStillAndFiresInOrder() {
    var clock = new FakeClock();
    Instant start = clock.now();
    List<String> fired = new ArrayList<>();
    var second =
        clock.after(HOUR.multipliedBy(2), () -> fired.add("second " + since(clock, start)));
    var first = clock.after(HOUR, () -> fired.add("first " + since(clock, start)));
    Clock.Timer never = clock.after(HOUR, () -> fired.add("cancelled"));
    never.cancel();
    assertThat(clock.timers()).isEqualTo(2);
    assertThat(clock.now()).isEqualTo(start);
    clock.advance(HOUR.multipliedBy(3));
    assertThat(fired).containsExactly("first PT1H", "second PT2H");
    assertThat(since(clock, start)).isEqualTo(HOUR.multipliedBy(3));
    first.cancel();
    second.cancel();
  }

  private static Duration since(Clock clock, Instant start) {
    return Duration.between(start, clock.now());
  }
}
