package dev.parley.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.audio.JitterBuffer.Played;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The buffer over simulated arrivals; the sender talks without pause in 20 ms packets. */
final class JitterBufferTest {
  private static final byte[] PACKET = encoded();
  private final JitterBuffer buffer = new JitterBuffer(G711.A_LAW.decoder(), 8000);
  private final short[] frame = new short[AudioLimits.FRAME_SAMPLES];
  private final int[] counts = new int[Played.values().length];

  private static byte[] encoded() {
    byte[] bytes = new byte[160];
    AudioEncoder encoder = G711.A_LAW.encoder();
    encoder.encode(Tone.sine(400, 8000, 960, 48_000), 0, bytes, 0, 160);
    encoder.encode(Tone.sine(400, 8000, 960, 48_000), 0, bytes, 0, 160);
    return bytes;
  }

  private byte[] packet() {
    return PACKET;
  }

  private void put(int index, long nowMicros) {
    int sequence = 65_530 + index & 0xffff;
    long timestamp = 0xffff_ff00L + index * 160L & 0xffff_ffffL;
    buffer.put(sequence, timestamp, packet(), 0, 160, nowMicros);
  }

  private Played play() {
    Played played = buffer.next(frame);
    counts[played.ordinal()]++;
    return played;
  }

  private int count(Played played) {
    return counts[played.ordinal()];
  }

  /** Runs a call; gives the share of frames after the first five seconds that were not decoded. */
  private double run(int seconds, int jitterMs, double loss, double drift, long seed) {
    Random random = new Random(seed);
    TreeMap<Long, Integer> arrivals = new TreeMap<>();
    int packets = seconds * 50;
    for (int index = 0; index < packets; index++) {
      if (random.nextDouble() >= loss) {
        long at = (long) (index * 20_000 * drift) + 30_000 + random.nextInt(jitterMs * 1000 + 1);
        while (arrivals.containsKey(at)) {
          at++;
        }
        arrivals.put(at, index);
      }
    }
    for (long now = 0; now < seconds * 1_000_000L; now += 20_000) {
      while (!arrivals.isEmpty() && arrivals.firstKey() <= now) {
        var next = arrivals.pollFirstEntry();
        put(next.getValue(), next.getKey());
      }
      if (now == 5_000_000) {
        java.util.Arrays.fill(counts, 0);
      }
      play();
    }
    int all = count(Played.DECODED) + count(Played.CONCEALED) + count(Played.SILENT);
    return 1 - (double) count(Played.DECODED) / all;
  }

  @ParameterizedTest
  @CsvSource({
    // jitter ms, loss, clock drift, share made up at most, target ms at most
    "0,   0,    1.0,    0.001, 40",
    "20,  0,    1.0,    0.01,  60",
    "60,  0,    1.0,    0.05,  100",
    "150, 0,    1.0,    0.06,  200",
    "20,  0.05, 1.0,    0.075, 60",
    "40,  0.1,  1.0,    0.14,  80",
    "20,  0,    1.0005, 0.02,  60",
    "20,  0,    0.9995, 0.02,  60",
  })
  void soundIsEvenAndSoon(int jitterMs, double loss, double drift, double madeUp, int targetMs) {
    for (long seed = 1; seed <= 3; seed++) {
      JitterBufferTest each = new JitterBufferTest();
      double share = each.run(60, jitterMs, loss, drift, seed);
      assertThat(share).as("made up, seed %d", seed).isLessThanOrEqualTo(madeUp);
      assertThat(each.buffer.targetMicros() / 1000)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(targetMs);
      assertThat(each.buffer.reserveMicros() / 1000)
          .as("held back, seed %d", seed)
          .isLessThanOrEqualTo(targetMs + jitterMs + 160);
    }
  }

  @Test
  void oneLostPacketIsConcealedInItsPlace() {
    for (int index = 0; index < 10; index++) {
      if (index != 4) {
        put(index, index * 20_000L);
      }
    }
    for (int each = 0; each < 4; each++) {
      assertThat(play()).isEqualTo(Played.DECODED);
    }
    assertThat(play()).isEqualTo(Played.CONCEALED);
    assertThat(AudioLevel.of(frame, 0, 960)).isLessThan(30);
    assertThat(play()).isEqualTo(Played.DECODED);
    assertThat(buffer.concealed()).isEqualTo(1);
  }

  @Test
  void senderThatStopsFallsSilentAndComesBack() {
    for (int index = 0; index < 5; index++) {
      put(index, index * 20_000L);
    }
    for (int each = 0; each < 20; each++) {
      play();
    }
    assertThat(play()).isEqualTo(Played.SILENT);
    assertThat(AudioLevel.of(frame, 0, 960)).isEqualTo(AudioLevel.SILENCE);
    for (int index = 5; index < 10; index++) {
      put(index, 2_000_000 + index * 20_000L);
    }
    Played back = Played.SILENT;
    for (int each = 0; each < 5 && back != Played.DECODED; each++) {
      back = play();
    }
    assertThat(back).isEqualTo(Played.DECODED);
  }

  @Test
  void lateDoubledAndOddPacketsAreRefused() {
    for (int index = 0; index < 5; index++) {
      put(index, index * 20_000L);
    }
    play();
    play();
    assertThat(buffer.put(65_530, 0xffff_ff00L, packet(), 0, 160, 100_000)).isFalse();
    assertThat(buffer.put(65_533, 0xffff_ff00L + 480 & 0xffff_ffffL, packet(), 0, 160, 100_000))
        .isFalse();
    assertThat(buffer.late()).isEqualTo(2);
    assertThat(buffer.put(65_539, 0, new byte[0], 0, 0, 100_000)).isFalse();
    assertThat(buffer.put(65_539, 0, new byte[2000], 0, 2000, 100_000)).isFalse();
    assertThat(buffer.malformed()).isEqualTo(2);
  }

  @Test
  void jumpOfTheSenderStartsAnew() {
    for (int index = 0; index < 5; index++) {
      put(index, index * 20_000L);
    }
    play();
    for (int index = 0; index < 5; index++) {
      buffer.put(
          20_000 + index, 5_000_000 + index * 160L, packet(), 0, 160, 100_000 + index * 20_000L);
    }
    assertThat(play()).isEqualTo(Played.DECODED);
    assertThat(buffer.received()).isEqualTo(10);
  }

  @Test
  void randomPacketsDoNoHarm() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      buffer.put(
          random.nextInt(65_536),
          random.nextInt() & 0xffff_ffffL,
          bytes,
          0,
          bytes.length,
          round * 5_000L);
      if (round % 4 == 0) {
        play();
      }
    }
    assertThat(count(Played.SILENT) + count(Played.CONCEALED) + count(Played.DECODED))
        .isEqualTo(5000);
  }

  @Test
  void packetsOfSixtyMillisecondsPlayThrough() {
    byte[] long60 = new byte[480];
    for (int part = 0; part < 3; part++) {
      System.arraycopy(packet(), 0, long60, part * 160, 160);
    }
    for (int index = 0; index < 6; index++) {
      buffer.put(index, index * 480L, long60, 0, 480, index * 60_000L);
    }
    for (int each = 0; each < 15; each++) {
      assertThat(play()).as("frame %d", each).isEqualTo(Played.DECODED);
    }
  }
}
