package dev.parley.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** G.711 against values of the standard's tables, and rate changes by energy. */
final class G711Test {
  @ParameterizedTest
  @CsvSource({
    "A_LAW, d5, 8", "A_LAW, 55, -8", "A_LAW, aa, 32256", "A_LAW, 2a, -32256", "A_LAW, c5, 264",
    "MU_LAW, ff, 0", "MU_LAW, 7f, 0", "MU_LAW, 80, 32124", "MU_LAW, 00, -32124", "MU_LAW, f0, 120",
  })
  void codesMeanWhatTheTablesSay(G711 law, String code, int sample) {
    assertThat(law.decode(Integer.parseInt(code, 16))).isEqualTo((short) sample);
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeComesBack(G711 law) {
    for (int code = 0; code < 256; code++) {
      short sample = law.decode(code);
      assertThat(law.decode(law.encode(sample) & 0xff)).as("code %02x", code).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorIsSmallForEverySample(G711 law) {
    for (int sample = -32_768; sample <= 32_767; sample++) {
      int error = Math.abs(law.decode(law.encode(sample) & 0xff) - sample);
      assertThat(error).as("sample %d", sample).isLessThanOrEqualTo(16 + Math.abs(sample) / 30);
    }
  }

  @Test
  void rateChangeKeepsSpeechAndStopsTheRest() {
    short[] speech = Tone.sine(1000, 10_000, 48_000, 48_000);
    short[] hiss = Tone.sine(6000, 10_000, 48_000, 48_000);
    short[] narrow = new short[8000];
    new Downsampler(6).convert(speech, 0, 48_000, narrow, 0);
    assertThat(AudioLevel.of(narrow, 1000, 6000)).isEqualTo(AudioLevel.of(speech, 0, 48_000));
    short[] wide = new short[48_000];
    new Upsampler(6).convert(narrow, 0, 8000, wide, 0);
    assertThat(AudioLevel.of(wide, 6000, 36_000)).isEqualTo(AudioLevel.of(speech, 0, 48_000));
    new Downsampler(6).convert(hiss, 0, 48_000, narrow, 0);
    assertThat(AudioLevel.of(narrow, 1000, 6000)).as("no alias").isGreaterThan(60);
  }

  @Test
  void levelIsThatOfRfc6464() {
    assertThat(AudioLevel.of(new short[960], 0, 960)).isEqualTo(127);
    assertThat(AudioLevel.of(Tone.sine(1000, 32_767, 960, 48_000), 0, 960)).isEqualTo(3);
    assertThat(AudioLevel.of(Tone.sine(1000, 3277, 960, 48_000), 0, 960)).isEqualTo(23);
  }

  @Test
  void bestTierIsChosen() {
    OpusCodec chosen = OpusCodecs.choose();
    assertThat(OpusCodecs.works(chosen)).isTrue();
    boolean fastIsThere = NativeOpus.load().isPresent();
    assertThat(chosen instanceof NativeOpus).isEqualTo(fastIsThere);
  }
}
