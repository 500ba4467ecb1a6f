package dev.parley.media.audio;

/** Tones for tests, and measures of what came out. */
final class Tone {
  private Tone() {}

  static short[] sine(double hertz, int amplitude, int samples, int rate) {
    short[] pcm = new short[samples];
    for (int each = 0; each < samples; each++) {
      pcm[each] = (short) (amplitude * Math.sin(2 * Math.PI * hertz * each / rate));
    }
    return pcm;
  }

  /** A sine whose frequency rises, so that its place in time can be found again. */
  static short[] sweep(int amplitude, int samples, int rate) {
    short[] pcm = new short[samples];
    double phase = 0;
    for (int each = 0; each < samples; each++) {
      phase += 2 * Math.PI * (200 + 2500.0 * each / samples) / rate;
      pcm[each] = (short) (amplitude * Math.sin(phase));
    }
    return pcm;
  }

  /** The shift at which {@code heard} is most like {@code sent}, in samples. */
  static int delay(short[] sent, short[] heard, int most) {
    int best = 0;
    double highest = -1;
    int from = sent.length / 4;
    for (int shift = 0; shift < most; shift += 4) {
      double sum = 0;
      for (int each = from; each < from + sent.length / 2; each += 3) {
        sum += (double) sent[each] * heard[each + shift];
      }
      if (sum > highest) {
        highest = sum;
        best = shift;
      }
    }
    return best;
  }
}
