package dev.parley.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same proofs for every codec and tier: energy, delay, loss, garbage. */
final class CodecContractTest {
  private record Codec(String name, AudioEncoder encoder, AudioDecoder decoder, boolean clean) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Codec> codecs() {
    Stream<OpusCodec> opus =
        Stream.concat(Stream.of(new ConcentusOpus()), NativeOpus.load().stream());
    return Stream.concat(
        opus.map(
            one -> new Codec(one.name(), one.encoder(), one.decoder(), one instanceof NativeOpus)),
        Stream.of(G711.values())
            .map(law -> new Codec(law.name(), law.encoder(), law.decoder(), true)));
  }

  /** All but concentus, which makes its work arrays anew for every frame. */
  static Stream<Codec> codecsWithoutGarbage() {
    return codecs().filter(Codec::clean);
  }

  private static short[] roundTrip(Codec codec, short[] sent) {
    short[] heard = new short[sent.length + AudioLimits.PACKET_SAMPLES_MAX];
    byte[] packet = new byte[AudioLimits.PACKET_BYTES_MAX];
    int at = 0;
    for (int frame = 0; frame + 960 <= sent.length; frame += 960) {
      int length = codec.encoder.encode(sent, frame, packet, 0, packet.length);
      assertThat(length).isPositive();
      at += codec.decoder.decode(packet, 0, length, heard, at);
    }
    assertThat(at).isEqualTo(sent.length / 960 * 960);
    return heard;
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void energyIsKept(Codec codec) {
    short[] sent = Tone.sine(440, 8000, 48_000, 48_000);
    short[] heard = roundTrip(codec, sent);
    int before = AudioLevel.of(sent, 9600, 28_800);
    assertThat(AudioLevel.of(heard, 9600, 28_800)).isBetween(before - 2, before + 2);
    codec.encoder.close();
    codec.decoder.close();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void delayIsSmall(Codec codec) {
    short[] sent = Tone.sweep(9000, 48_000, 48_000);
    int delay = Tone.delay(sent, roundTrip(codec, sent), 3000);
    assertThat(delay / 48.0).as("milliseconds").isBetween(0.5, 15.0);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void lossIsCoveredForAWhile(Codec codec) {
    short[] sent = Tone.sine(440, 8000, 48_000, 48_000);
    roundTrip(codec, sent);
    short[] made = new short[AudioLimits.FRAME_SAMPLES];
    codec.decoder.conceal(new byte[0], 0, 0, made, 0, made.length);
    assertThat(AudioLevel.of(made, 0, made.length)).isLessThan(26);
    for (int frame = 0; frame < 40; frame++) {
      codec.decoder.conceal(new byte[0], 0, 0, made, 0, made.length);
    }
    assertThat(AudioLevel.of(made, 0, made.length)).isGreaterThan(28);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void garbageDoesNoHarm(Codec codec) {
    Random random = new Random(42);
    short[] pcm = new short[AudioLimits.PACKET_SAMPLES_MAX];
    assertThat(codec.decoder.decode(new byte[0], 0, 0, pcm, 0)).isEqualTo(-1);
    for (int round = 0; round < 3000; round++) {
      byte[] packet = new byte[1 + random.nextInt(300)];
      random.nextBytes(packet);
      int samples = codec.decoder.decode(packet, 0, packet.length, pcm, 0);
      assertThat(samples).isBetween(-1, AudioLimits.PACKET_SAMPLES_MAX);
      codec.decoder.conceal(packet, 0, packet.length, pcm, 0, AudioLimits.FRAME_SAMPLES);
    }
    short[] sent = Tone.sine(440, 8000, 48_000, 48_000);
    short[] heard = roundTrip(codec, sent);
    assertThat(AudioLevel.of(heard, 24_000, 19_200)).as("recovers").isBetween(12, 18);
  }

  @ParameterizedTest
  @MethodSource("codecsWithoutGarbage")
  void nothingIsAllocatedPerFrame(Codec codec) {
    short[] sent = Tone.sine(440, 8000, 960, 48_000);
    short[] heard = new short[AudioLimits.PACKET_SAMPLES_MAX];
    byte[] packet = new byte[AudioLimits.PACKET_BYTES_MAX];
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 12; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int frame = 0; frame < 250; frame++) {
        int length = codec.encoder.encode(sent, 0, packet, 0, packet.length);
        codec.decoder.decode(packet, 0, length, heard, 0);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes in 250 frames").isLessThan(250);
  }
}
