package dev.parley.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpPacketTest {
  private static boolean parse(RtpPacket packet, NativeBlock block, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    Memory.copyIn(bytes, 0, block.address(), bytes.length);
    return packet.parse(block.address(), bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "a packet with payload, 80e000010203040506070809ff, true",
    "no payload, 80e000010203040506070809, true",
    "cut in the fixed header, 80e00001020304050607, false",
    "version 1, 40e000010203040506070809, false",
    "one source promised and missing, 81e000010203040506070809, false",
    "one source, 81e00001020304050607080900000001, true",
    "an extension promised and missing, 90e000010203040506070809, false",
    "an extension longer than the packet, 90e000010203040506070809bede0002aabbccdd, false",
    "padding of one, a0e000010203040506070809ff01, true",
    "padding of zero, a0e000010203040506070809ff00, false",
    "padding longer than the payload, a0e000010203040506070809ff03, false",
  })
  void isWellFormedOrNot(String what, String hex, boolean expected) {
    try (NativeBlock block = new NativeBlock(256)) {
      assertThat(parse(new RtpPacket(), block, hex)).as(what).isEqualTo(expected);
    }
  }

  @Test
  void findsExtensionsOfBothForms() {
    try (NativeBlock block = new NativeBlock(256)) {
      RtpPacket packet = new RtpPacket();
      String oneByte = "90e000010203040506070809 bede0002 10aa 31bbcc 000000 ff";
      assertThat(parse(packet, block, oneByte)).isTrue();
      assertThat(Memory.u8(packet.address() + packet.extensionAt(1))).isEqualTo(0xaa);
      assertThat(Memory.u16(packet.address() + packet.extensionAt(3))).isEqualTo(0xbbcc);
      assertThat(packet.extensionAt(2)).isZero();
      assertThat(packet.payloadLength()).isEqualTo(1);
      String twoByte = "90e000010203040506070809 10000002 0101aa 0303bbccdd ff";
      assertThat(parse(packet, block, twoByte)).isTrue();
      assertThat(packet.extensionLength(3)).isEqualTo(3);
      assertThat(Memory.u8(packet.address() + packet.extensionAt(1))).isEqualTo(0xaa);
    }
  }

  @FuzzTest
  void anyBytesAreReadOrRefused(byte[] bytes) {
    try (NativeBlock block = new NativeBlock(Math.max(64, bytes.length))) {
      Memory.copyIn(bytes, 0, block.address(), bytes.length);
      RtpPacket packet = new RtpPacket();
      if (packet.parse(block.address(), bytes.length)) {
        assertThat(packet.payloadLength()).isBetween(0, bytes.length);
        for (int id = 1; id <= RtpPacket.EXTENSION_ID_MAX; id++) {
          if (packet.extensionAt(id) != 0) {
            assertThat(packet.extensionAt(id) + packet.extensionLength(id))
                .isLessThanOrEqualTo(packet.headerLength());
          }
        }
      }
    }
  }
}
