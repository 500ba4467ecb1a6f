package dev.parley.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.codec.ArrayBytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport-wide feedback: known bytes, what is written is read back, and faults are refused. */
final class TransportFeedbackTest {
  private static final class Collected implements ArrivalSink {
    private final TreeMap<Integer, Long> arrived = new TreeMap<>();
    private final List<Integer> missing = new ArrayList<>();

    @Override
    public void arrived(int sequence, long micros) {
      arrived.put(sequence, micros);
    }

    @Override
    public void missing(int sequence) {
      missing.add(sequence);
    }
  }

  private static byte[] write(TransportFeedbackWriter writer, int capacity) {
    byte[] packet = new byte[capacity];
    int length = writer.write(new ArrayBytes(packet), 0, capacity, 0x11223344, 0x55667788);
    return java.util.Arrays.copyOf(packet, length);
  }

  @Test
  void bytesAreThoseOfTheDraft() {
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    writer.arrived(1, 64_000);
    writer.arrived(2, 65_000);
    writer.arrived(4, 64_500);
    assertThat(HexFormat.of().formatHex(write(writer, 1200)))
        .isEqualTo(
            "afcd0006"
                + "11223344"
                + "55667788"
                + "0001"
                + "0004"
                + "00000100"
                + "d480"
                + "00"
                + "04"
                + "fffe"
                + "0002");
    assertThat(writer.pending()).isFalse();
    assertThat(write(writer, 1200)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsWrittenIsReadBack(long seed) {
    Random random = new Random(seed);
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    TransportFeedbackReader reader = new TransportFeedbackReader();
    Collected got = new Collected();
    TreeMap<Integer, Long> truth = new TreeMap<>();
    long now = 16_777_000L * 64_000;
    for (int sequence = 65_000; sequence < 66_500; sequence++) {
      now += random.nextInt(random.nextInt(30) == 0 ? 300_000 : 3_000);
      if (random.nextInt(100) >= seed * 5) {
        long arrival = now - random.nextInt(20_000);
        writer.arrived(sequence & 0xffff, arrival);
        truth.put(sequence & 0xffff, arrival / 250 * 250);
      }
      if (sequence % 97 == 0) {
        drain(writer, reader, got, 80 + random.nextInt(1100));
      }
    }
    drain(writer, reader, got, 1200);
    long shift = got.arrived.firstEntry().getValue() - truth.firstEntry().getValue();
    got.arrived.replaceAll((sequence, micros) -> micros - shift);
    assertThat(got.arrived).isEqualTo(truth);
    assertThat(got.missing).doesNotContainAnyElementsOf(truth.keySet());
  }

  private static void drain(
      TransportFeedbackWriter writer,
      TransportFeedbackReader reader,
      Collected into,
      int capacity) {
    while (writer.pending()) {
      byte[] packet = write(writer, capacity);
      assertThat(packet.length % 4).isZero();
      assertThat(packet.length).isLessThanOrEqualTo(capacity);
      if (packet.length > 0) {
        assertThat(reader.read(new ArrayBytes(packet), 0, packet.length, into)).isTrue();
      }
    }
  }

  @Test
  void latePacketIsReportedOnceMore() {
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    writer.arrived(10, 1_000_000);
    writer.arrived(12, 1_001_000);
    write(writer, 1200);
    writer.arrived(11, 1_050_000);
    Collected got = new Collected();
    byte[] packet = write(writer, 1200);
    assertThat(new TransportFeedbackReader().read(new ArrayBytes(packet), 0, packet.length, got))
        .isTrue();
    assertThat(got.arrived).containsKey(11);
  }

  @Test
  void everyCutIsRefused() {
    TransportFeedbackWriter writer = new TransportFeedbackWriter();
    for (int sequence = 0; sequence < 40; sequence++) {
      writer.arrived(sequence * 2, 1_000_000 + sequence * 700L);
    }
    byte[] packet = write(writer, 1200);
    packet[0] &= ~0x20;
    int body = packet.length - packet[packet.length - 1];
    for (int length = 0; length < Math.min(body, packet.length - 3); length++) {
      boolean read =
          new TransportFeedbackReader().read(new ArrayBytes(packet), 0, length, new Collected());
      assertThat(read).as("%d of %d", length, packet.length).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8fcd0005112233445566778800010000000001002001",
        "8fcd000511223344556677880001000400000100600400000000",
        "8fcd00051122334455667788000100040000010000000000",
        "afcd000511223344556677880001000100000100200104ff",
        "afcd00051122334455667788000100010000010020010400",
      })
  void malformedIsRefused(String hex) {
    byte[] packet = HexFormat.of().parseHex(hex);
    assertThat(
            new TransportFeedbackReader()
                .read(new ArrayBytes(packet), 0, packet.length, new Collected()))
        .isFalse();
  }

  @Test
  void rembIsWrittenAndRead() {
    for (long bps : new long[] {0, 1, 262_143, 262_144, 1_500_000, 1L << 40}) {
      byte[] packet = new byte[24];
      assertThat(Remb.write(new ArrayBytes(packet), 0, 1, 2, bps)).isEqualTo(24);
      long read = Remb.read(new ArrayBytes(packet), 0, 24);
      assertThat(read).isBetween(bps - bps / 100_000, bps);
      for (int length = 0; length < 24; length++) {
        assertThat(Remb.read(new ArrayBytes(packet), 0, length)).isEqualTo(-1);
      }
    }
  }
}
