package dev.parley.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a link that has keys does with any datagram: it refuses it with a reason. */
class DemuxFuzzTest {
  private static final SrtpCipher CIPHER = SrtpCipherTiers.of(CipherTier.SUN).orElseThrow();

  @FuzzTest
  void anyDatagramIsRefusedWithAReason(byte[] bytes) {
    byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, PacketIo.SLOT_BYTES));
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpKeys keys =
          SrtpKeys.derive(profile, new byte[SrtpProfile.KEY_BYTES], new byte[profile.saltBytes()]);
      try (NativeBlock block = new NativeBlock(PacketIo.SLOT_BYTES + 64);
          SrtpReceiver receiver = new SrtpReceiver(CIPHER, keys)) {
        Memory.copyIn(datagram, 0, block.address(), datagram.length);
        assertThat(receiver.openRtp(block.address(), datagram.length)).isNegative();
        Memory.copyIn(datagram, 0, block.address(), datagram.length);
        assertThat(receiver.openRtcp(block.address(), datagram.length)).isNegative();
      }
    }
  }

  @Test
  void shortestDatagramsOfEveryFirstByteAreRefused() {
    for (int first = 0; first < 256; first++) {
      for (int length = 1; length < 24; length++) {
        byte[] datagram = new byte[length];
        datagram[0] = (byte) first;
        anyDatagramIsRefusedWithAReason(datagram);
      }
    }
  }
}
