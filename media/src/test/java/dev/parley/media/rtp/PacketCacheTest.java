package dev.parley.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketCacheTest {
  @Test
  void whatIsFoundIsWhole() {
    long seed = System.nanoTime();
    System.out.println("cache seed " + seed);
    Random random = new Random(seed);
    try (PacketCache cache = new PacketCache(20_000);
        NativeBlock block = new NativeBlock(1500)) {
      int found = 0;
      for (int i = 0; i < 20_000; i++) {
        int length = 12 + random.nextInt(1400);
        Memory.fill(block.address(), length, i * 7);
        cache.keep(i & 0xffff, block.address(), length);
        int back = i - random.nextInt(Math.min(i + 1, 40));
        long at = cache.find(back & 0xffff);
        if (at != 0) {
          found++;
          int kept = cache.length(back & 0xffff);
          assertThat(Memory.bytes(at, kept)).containsOnly((byte) (back * 7));
        }
        assertThat(cache.find(i & 0xffff)).isNotZero();
      }
      assertThat(found).isPositive();
      assertThat(cache.find(30_000)).isZero();
    }
  }
}
