package dev.parley.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What SRTP does on every cipher tier and in both profiles. */
class SrtpContractTest {
  private static final int SSRC = 0x12345678;

  record Case(CipherTier tier, SrtpProfile profile) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (CipherTier tier : CipherTier.values()) {
      for (SrtpProfile profile : SrtpProfile.values()) {
        cases.add(new Case(tier, profile));
      }
    }
    return cases.stream();
  }

  private static SrtpCipher cipher(CipherTier tier) {
    Optional<SrtpCipher> found = SrtpCipherTiers.of(tier);
    Assumptions.assumeTrue(found.isPresent(), "cipher tier " + tier + " is not here");
    return found.orElseThrow();
  }

  private static SrtpKeys keys(SrtpProfile profile) {
    byte[] key = new byte[SrtpProfile.KEY_BYTES];
    byte[] salt = new byte[profile.saltBytes()];
    new Random(5).nextBytes(key);
    new Random(6).nextBytes(salt);
    return SrtpKeys.derive(profile, key, salt);
  }

  /** One direction, with a packet in memory. */
  private static final class Bench implements AutoCloseable {
    final NativeBlock block = new NativeBlock(PacketIo.SLOT_BYTES);
    final SrtpSender sender;
    final SrtpReceiver receiver;
    final long packet = block.address();

    Bench(Case each) {
      SrtpCipher cipher = cipher(each.tier());
      sender = new SrtpSender(cipher, keys(each.profile()));
      receiver = new SrtpReceiver(cipher, keys(each.profile()));
    }

    int rtp(long index, int payload) {
      Memory.put16(packet, 0x8060);
      Memory.put16(packet + 2, (int) index);
      Memory.put32(packet + 4, 1000);
      Memory.put32(packet + 8, SSRC);
      for (int i = 0; i < payload; i++) {
        Memory.put8(packet + 12 + i, i);
      }
      return sender.protectRtp(packet, 12, 12 + payload, index);
    }

    int rtcp(int words) {
      return rtcp(words, SSRC);
    }

    int rtcpFrom(int ssrc) {
      return rtcp(8, ssrc);
    }

    private int rtcp(int words, int ssrc) {
      Memory.put16(packet, 0x80c9);
      Memory.put16(packet + 2, words - 1);
      Memory.put32(packet + 4, ssrc);
      for (int i = 8; i < words * 4; i++) {
        Memory.put8(packet + i, i);
      }
      return sender.protectRtcp(packet, words * 4);
    }

    @Override
    public void close() {
      sender.close();
      receiver.close();
      block.close();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsProtectedOpensAgain(Case each) {
    try (Bench bench = new Bench(each)) {
      for (int payload : new int[] {0, 1, 15, 16, 17, 160, 1200, 1400}) {
        int length = bench.rtp(payload + 1L, payload);
        assertThat(length).isEqualTo(12 + payload + each.profile().tagBytes());
        byte[] sealed = Memory.bytes(bench.packet, length);
        assertThat(bench.receiver.openRtp(bench.packet, length)).isEqualTo(12 + payload);
        for (int i = 0; i < payload; i++) {
          assertThat(Memory.u8(bench.packet + 12 + i)).isEqualTo(i & 0xff);
        }
        assertThat(sealed.length).isEqualTo(length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aReplayIsRefused(Case each) {
    try (Bench bench = new Bench(each)) {
      int length = bench.rtp(100, 50);
      byte[] sealed = Memory.bytes(bench.packet, length);
      assertThat(bench.receiver.openRtp(bench.packet, length)).isEqualTo(62);
      Memory.copyIn(sealed, 0, bench.packet, length);
      assertThat(bench.receiver.openRtp(bench.packet, length)).isEqualTo(SrtpReceiver.REPLAYED);
      int control = bench.rtcp(8);
      byte[] sealedControl = Memory.bytes(bench.packet, control);
      assertThat(bench.receiver.openRtcp(bench.packet, control)).isEqualTo(32);
      Memory.copyIn(sealedControl, 0, bench.packet, control);
      assertThat(bench.receiver.openRtcp(bench.packet, control)).isEqualTo(SrtpReceiver.REPLAYED);
    }
  }

  /** Browsers report from several sources, and each counts its RTCP packets from zero. */
  @ParameterizedTest
  @MethodSource("cases")
  void everySourceHasItsOwnRtcpIndex(Case each) {
    try (Bench left = new Bench(each);
        Bench right = new Bench(each)) {
      int first = left.rtcp(8);
      assertThat(left.receiver.openRtcp(left.packet, first)).isEqualTo(32);
      right.rtcpFrom(SSRC + 1);
      byte[] other = Memory.bytes(right.packet, first);
      Memory.copyIn(other, 0, left.packet, first);
      assertThat(left.receiver.openRtcp(left.packet, first)).isEqualTo(32);
      Memory.copyIn(other, 0, left.packet, first);
      assertThat(left.receiver.openRtcp(left.packet, first)).isEqualTo(SrtpReceiver.REPLAYED);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyFlippedBitIsNoticed(Case each) {
    try (Bench bench = new Bench(each)) {
      int length = bench.rtp(7, 20);
      byte[] sealed = Memory.bytes(bench.packet, length);
      for (int bit = 0; bit < length * 8; bit++) {
        Memory.copyIn(sealed, 0, bench.packet, length);
        long at = bench.packet + bit / 8;
        Memory.put8(at, Memory.u8(at) ^ 1 << bit % 8);
        assertThat(bench.receiver.openRtp(bench.packet, length)).as("bit %d", bit).isNegative();
      }
      Memory.copyIn(sealed, 0, bench.packet, length);
      assertThat(bench.receiver.openRtp(bench.packet, length)).isEqualTo(32);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyTruncationIsRefused(Case each) {
    try (Bench bench = new Bench(each)) {
      int length = bench.rtp(7, 20);
      byte[] sealed = Memory.bytes(bench.packet, length);
      for (int cut = 0; cut < length; cut++) {
        Memory.copyIn(sealed, 0, bench.packet, length);
        assertThat(bench.receiver.openRtp(bench.packet, cut)).isNegative();
        Memory.copyIn(sealed, 0, bench.packet, length);
        assertThat(bench.receiver.openRtcp(bench.packet, cut)).isNegative();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theRollOverCounterIsGuessedAcrossWraps(Case each) {
    try (Bench bench = new Bench(each)) {
      long[] indexes = {65_530, 65_535, 65_537, 65_534, 65_540, 98_000, 130_000, 131_080, 131_071};
      for (long index : indexes) {
        int length = bench.rtp(index, 30);
        assertThat(bench.receiver.openRtp(bench.packet, length))
            .as("index %d", index)
            .isEqualTo(42);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sourcesAreBounded(Case each) {
    try (Bench bench = new Bench(each)) {
      for (int i = 0; i <= SrtpReceiver.SOURCES_MAX; i++) {
        bench.rtp(1, 4);
        Memory.put32(bench.packet + 8, i);
        Memory.put16(bench.packet + 2, 1);
        int length = bench.sender.protectRtp(bench.packet, 12, 16, 1);
        int expected = i < SrtpReceiver.SOURCES_MAX ? 16 : SrtpReceiver.TOO_MANY_SOURCES;
        assertThat(bench.receiver.openRtp(bench.packet, length)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void allTiersWriteTheSameBytes(SrtpProfile profile) {
    List<String> outputs = new ArrayList<>();
    for (CipherTier tier : CipherTier.values()) {
      if (SrtpCipherTiers.of(tier).isPresent()) {
        try (Bench bench = new Bench(new Case(tier, profile))) {
          String rtp = HexFormat.of().formatHex(Memory.bytes(bench.packet, bench.rtp(70_000, 99)));
          String rtcp = HexFormat.of().formatHex(Memory.bytes(bench.packet, bench.rtcp(12)));
          outputs.add(rtp + " " + rtcp);
        }
      }
    }
    assertThat(outputs.stream().distinct()).hasSize(1);
  }

  /** RFC 3711 appendix B.3: key derivation. */
  @Test
  void keysAreDerivedAsTheStandardSays() {
    HexFormat hex = HexFormat.of();
    SrtpKeys keys =
        SrtpKeys.derive(
            SrtpProfile.AES128_CM_SHA1_80,
            hex.parseHex("e1f97a0d3e018be0d64fa32c06de4139"),
            hex.parseHex("0ec675ad498afeebb6960b3aabe6"));
    assertThat(hex.formatHex(keys.rtpKey())).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
    assertThat(hex.formatHex(keys.rtpSalt())).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
    assertThat(hex.formatHex(keys.rtpAuthentication()))
        .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
  }
}
