package dev.parley.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  // RFC 5769 §2.1: the sample request.
  private static final byte[] SAMPLE =
      HexFormat.of()
          .parseHex(
              "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
                  + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
                  + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

  // What stands behind the integrity is not protected by it (RFC 8489 §14.5).
  private static final int INTEGRITY_END = 100;

  @Test
  void readsTheSampleOfTheStandard() {
    StunMessage message = StunMessage.parse(SAMPLE).orElseThrow();
    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.username()).isEqualTo("evtj:h6vY");
    assertThat(message.authentic("VOkJxbRl1RmTxUk/WvJxBt")).isTrue();
    assertThat(message.authentic("another")).isFalse();
    assertThat(message.has(StunMessage.ICE_CONTROLLED)).isTrue();
  }

  @Test
  void everyFlippedBitOrCutIsRefused() {
    for (int bit = 0; bit < INTEGRITY_END * 8; bit++) {
      byte[] broken = SAMPLE.clone();
      broken[bit / 8] ^= (byte) (1 << bit % 8);
      boolean accepted =
          StunMessage.parse(broken)
              .map(message -> message.authentic("VOkJxbRl1RmTxUk/WvJxBt"))
              .orElse(false);
      assertThat(accepted).as("bit %d", bit).isFalse();
    }
    for (int cut = 0; cut < SAMPLE.length; cut++) {
      assertThat(StunMessage.parse(Arrays.copyOf(SAMPLE, cut))).isEmpty();
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    byte[] written =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username("left:right")
            .attribute(StunMessage.USE_CANDIDATE)
            .finish("a password of some length");
    StunMessage message = StunMessage.parse(written).orElseThrow();
    assertThat(message.username()).isEqualTo("left:right");
    assertThat(message.has(StunMessage.USE_CANDIDATE)).isTrue();
    assertThat(message.authentic("a password of some length")).isTrue();
  }

  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    StunMessage.parse(bytes)
        .ifPresent(message -> {
          message.authentic("password");
          assertThat(message.username()).isNotNull();
          assertThat(message.transaction()).hasSize(12);
        });
  }
}
