package dev.parley.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Everyone hears all others and not itself. */
final class MixMinusTest {
  private final MixMinus mix = new MixMinus(4);
  private final short[] heard = new short[AudioLimits.FRAME_SAMPLES];

  private static short[] level(int value) {
    short[] frame = new short[AudioLimits.FRAME_SAMPLES];
    java.util.Arrays.fill(frame, (short) value);
    return frame;
  }

  @Test
  void eachHearsTheOthersOnly() {
    mix.begin();
    mix.add(0, level(1));
    mix.add(1, level(20));
    mix.add(2, level(300));
    assertThat(mix.mixFor(0, heard)).isTrue();
    assertThat(heard).containsOnly((short) 320);
    mix.mixFor(1, heard);
    assertThat(heard).containsOnly((short) 301);
    mix.mixFor(3, heard);
    assertThat(heard).containsOnly((short) 321);
    assertThat(mix.hearsAll(3)).isTrue();
    assertThat(mix.hearsAll(0)).isFalse();
  }

  @Test
  void loudVoicesSaturateAndDoNotWrap() {
    mix.begin();
    mix.add(0, level(30_000));
    mix.add(1, level(30_000));
    mix.add(2, level(-30_000));
    mix.mixFor(2, heard);
    assertThat(heard).containsOnly(Short.MAX_VALUE);
    mix.mixFor(0, heard);
    assertThat(heard).containsOnly((short) 0);
  }

  @Test
  void aloneIsSilence() {
    mix.begin();
    mix.add(2, level(500));
    assertThat(mix.mixFor(2, heard)).isFalse();
    assertThat(heard).containsOnly((short) 0);
    assertThat(mix.level(2)).isEqualTo(36);
    assertThat(mix.level(1)).isEqualTo(AudioLevel.SILENCE);
    mix.begin();
    assertThat(mix.mixFor(1, heard)).isFalse();
  }

  @Test
  void seatIsTakenOncePerRound() {
    mix.begin();
    mix.add(0, level(1));
    assertThatThrownBy(() -> mix.add(0, level(1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> mix.add(4, level(1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsAllocatedPerRound() {
    short[] frame = level(100);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 40; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int each = 0; each < 500; each++) {
        mix.begin();
        mix.add(0, frame);
        mix.add(1, frame);
        mix.mixFor(1, heard);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isLessThan(500);
  }
}
