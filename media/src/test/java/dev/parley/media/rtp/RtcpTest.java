package dev.parley.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {
  @Test
  void whatIsWrittenIsReadBack() {
    try (NativeBlock block = new NativeBlock(2048)) {
      int[] lost = {10, 11, 26, 27, 65_535, 0};
      RtcpWriter writer =
          new RtcpWriter()
              .begin(block.address())
              .senderReport(1, 0x1122334455667788L, 90_000, 5, 500)
              .canonicalName(1, 0x6162636465666768L)
              .nack(1, 2, lost, lost.length)
              .pictureLoss(1, 3)
              .fullIntra(1, 4, 7);
      RtcpReader reader = new RtcpReader();
      reader.begin(block.address(), writer.length());
      assertThat(reader.advance()).isTrue();
      assertThat(reader.type()).isEqualTo(RtcpReader.SENDER_REPORT);
      assertThat(reader.ntpTimestamp()).isEqualTo(0x1122334455667788L);
      assertThat(reader.rtpTimestamp()).isEqualTo(90_000);
      assertThat(reader.advance()).isTrue();
      assertThat(reader.type()).isEqualTo(RtcpReader.SOURCE_DESCRIPTION);
      assertThat(reader.advance()).isTrue();
      assertThat(numbers(reader)).containsExactly(10, 11, 26, 27, 65_535, 0);
      assertThat(reader.advance()).isTrue();
      assertThat(reader.mediaSsrc()).isEqualTo(3);
      assertThat(reader.advance()).isTrue();
      assertThat(reader.firSsrc(0)).isEqualTo(4);
      assertThat(reader.firSsrc(1)).isZero();
      assertThat(reader.advance()).isFalse();
    }
  }

  private static List<Integer> numbers(RtcpReader reader) {
    List<Integer> numbers = new ArrayList<>();
    for (int pair = 0; pair < reader.nackCount(); pair++) {
      numbers.add(reader.nackBase(pair));
      for (int bit = 0; bit < 16; bit++) {
        if ((reader.nackMask(pair) >>> bit & 1) != 0) {
          numbers.add(reader.nackBase(pair) + bit + 1 & 0xffff);
        }
      }
    }
    return numbers;
  }

  @FuzzTest
  void anyBytesAreWalkedWithinTheirBounds(byte[] bytes) {
    try (NativeBlock block = new NativeBlock(Math.max(64, bytes.length))) {
      Memory.copyIn(bytes, 0, block.address(), bytes.length);
      RtcpReader reader = new RtcpReader();
      reader.begin(block.address(), bytes.length);
      while (reader.advance()) {
        assertThat(reader.address() + reader.length())
            .isLessThanOrEqualTo(block.address() + bytes.length);
        for (int i = 0; i < reader.count(); i++) {
          assertThat(reader.report(i)).isBetween(0L, block.address() + bytes.length - 24);
        }
        for (int i = 0; reader.firSsrc(i) != 0; i++) {
          assertThat(i).isLessThan(bytes.length);
        }
      }
    }
  }
}
