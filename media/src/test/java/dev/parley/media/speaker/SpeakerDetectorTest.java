package dev.parley.media.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scenes of a meeting, packet by packet. */
final class SpeakerDetectorTest {
  private final SpeakerDetector detector = new SpeakerDetector();
  private final Random random = new Random(5);
  private final List<Integer> dominants = new ArrayList<>();
  private long now = 1_000_000;

  private static final int SILENT = 0;
  private static final int TALKING = 1;
  private static final int TYPING = 2;
  private static final int NOISY = 3;
  private static final int MUTED = 4;

  private void scene(double seconds, int... roles) {
    long end = now + (long) (seconds * 1e6);
    for (; now < end; now += 20_000) {
      for (int each = 0; each < roles.length; each++) {
        if (roles[each] != MUTED) {
          detector.onLevel(each, level(roles[each]), true, now);
        }
      }
      if (now % 100_000 == 0) {
        detector.tick(now);
        if (dominants.isEmpty() || dominants.getLast() != detector.dominant()) {
          dominants.add(detector.dominant());
        }
      }
    }
  }

  private int level(int role) {
    return switch (role) {
      case TALKING -> now / 20_000 % 15 < 11 ? 28 + random.nextInt(12) : 62 + random.nextInt(8);
      case TYPING -> random.nextInt(25) == 0 ? 32 : 72;
      case NOISY -> 45 + random.nextInt(3);
      default -> 78 + random.nextInt(10);
    };
  }

  private void join(int count) {
    for (int each = 0; each < count; each++) {
      detector.join(each);
    }
  }

  @Test
  void whoSpeaksBecomesDominantWithinASecond() {
    join(3);
    scene(3, SILENT, SILENT, SILENT);
    assertThat(detector.dominant()).isEqualTo(SpeakerDetector.NOBODY);
    scene(1, SILENT, TALKING, SILENT);
    assertThat(detector.dominant()).isEqualTo(1);
    assertThat(detector.active(1)).isTrue();
    scene(2.5, SILENT, SILENT, SILENT);
    assertThat(detector.active(1)).isFalse();
    assertThat(detector.dominant()).as("stays until another speaks").isEqualTo(1);
    scene(1.2, TALKING, SILENT, SILENT);
    assertThat(detector.dominant()).isZero();
  }

  @Test
  void keyboardAndFanAreNotSpeech() {
    join(3);
    scene(5, SILENT, TYPING, NOISY);
    scene(10, SILENT, TYPING, NOISY);
    assertThat(detector.active(0)).isFalse();
    assertThat(detector.active(2)).isFalse();
    scene(2, TALKING, TYPING, NOISY);
    assertThat(detector.dominant()).isZero();
  }

  @Test
  void interjectionDoesNotTakeTheFloor() {
    join(2);
    scene(10, TALKING, SILENT);
    dominants.clear();
    scene(0.4, TALKING, TALKING);
    scene(5, TALKING, SILENT);
    assertThat(dominants).containsExactly(0);
  }

  @Test
  void twoWhoTalkAtOnceDoNotFlicker() {
    join(2);
    scene(3, TALKING, SILENT);
    dominants.clear();
    scene(30, TALKING, TALKING);
    assertThat(dominants.size()).as("changes in half a minute").isLessThan(5);
  }

  @Test
  void muteEndsSpeech() {
    join(2);
    scene(3, TALKING, SILENT);
    scene(2.5, MUTED, SILENT);
    assertThat(detector.active(0)).isFalse();
    scene(1.5, MUTED, TALKING);
    assertThat(detector.dominant()).isEqualTo(1);
  }

  @Test
  void lastNIsByRecencyAndLeavesTheViewerOut() {
    join(5);
    scene(2, SILENT, SILENT, SILENT, TALKING, SILENT);
    scene(3, SILENT, SILENT, SILENT, SILENT, SILENT);
    scene(2, SILENT, TALKING, SILENT, SILENT, SILENT);
    int[] three = new int[3];
    assertThat(detector.lastN(SpeakerDetector.NOBODY, three)).isEqualTo(3);
    assertThat(three).containsExactly(1, 3, 0);
    assertThat(detector.lastN(3, three)).isEqualTo(3);
    assertThat(three).containsExactly(1, 0, 2);
    detector.leave(1);
    assertThat(detector.dominant()).isEqualTo(SpeakerDetector.NOBODY);
    assertThat(detector.lastN(3, three)).isEqualTo(3);
    assertThat(three).containsExactly(0, 2, 4);
    detector.leave(0);
    assertThat(detector.lastN(3, three)).isEqualTo(2);
    assertThat(detector.recency(0)).isEqualTo(-1);
  }

  @Test
  void numbersMayBeUsedAgainButNotTwiceAtOnce() {
    join(40);
    assertThat(detector.count()).isEqualTo(40);
    assertThatThrownBy(() -> detector.join(3)).isInstanceOf(IllegalArgumentException.class);
    detector.leave(3);
    detector.leave(3);
    detector.join(3);
    assertThat(detector.recency(3)).isEqualTo(39);
    detector.onLevel(999, 10, true, now);
    detector.onLevel(3, 999, true, now);
    assertThat(detector.active(999)).isFalse();
  }

  @Test
  void nothingIsAllocatedPerPacket() {
    join(50);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 40; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int each = 0; each < 2000; each++) {
        detector.onLevel(each % 50, 30, true, now);
        detector.tick(now);
        now += 1000;
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isLessThan(500);
  }
}
