package dev.parley.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
  @Test
  void agreesWithASetOverRandomOrders() {
    long seed = System.nanoTime();
    System.out.println("replay seed " + seed);
    Random random = new Random(seed);
    ReplayWindow window = new ReplayWindow();
    Set<Long> seen = new HashSet<>();
    long highest = 1000;
    for (int i = 0; i < 100_000; i++) {
      long index = Math.max(0, highest + random.nextInt(200) - 150);
      boolean tooOld = !seen.isEmpty() && highestOf(seen, highest) - index >= ReplayWindow.WINDOW;
      boolean expected = seen.contains(index) || tooOld;
      assertThat(window.isReplay(index)).as("index %d", index).isEqualTo(expected);
      if (!expected) {
        window.accept(index);
        seen.add(index);
        highest = Math.max(highest, index);
      }
    }
  }

  private static long highestOf(Set<Long> seen, long bound) {
    for (long each = bound; each >= bound - 200; each--) {
      if (seen.contains(each)) {
        return each;
      }
    }
    return Long.MIN_VALUE / 2;
  }
}
