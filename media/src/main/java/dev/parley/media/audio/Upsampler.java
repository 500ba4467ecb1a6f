package dev.parley.media.audio;

/** Raises the sample rate of one stream by a whole factor; delays it by 12 input samples. */
public final class Upsampler {
  private static final int TAPS = AudioLimits.RESAMPLER_TAPS;

  private final int factor;
  private final float[] taps;

  /** Written twice, so that the last inputs always lie in one piece. */
  private final float[] past = new float[2 * TAPS];

  private int at;

  /** For example factor 6 from 8 to 48 kHz. */
  public Upsampler(int factor) {
    this.factor = factor;
    this.taps = byPhase(LowPass.taps(factor), factor);
  }

  /** Writes {@code samples * factor} samples. */
  public void convert(short[] in, int inOffset, int samples, short[] out, int outOffset) {
    int to = outOffset;
    for (int each = 0; each < samples; each++) {
      past[at] = in[inOffset + each];
      past[at + TAPS] = past[at];
      for (int phase = 0; phase < factor; phase++) {
        float sum = 0;
        for (int back = 0; back < TAPS; back++) {
          sum += past[at + TAPS - back] * taps[phase * TAPS + back];
        }
        out[to++] = LowPass.saturate(sum * factor);
      }
      at = at + 1 == TAPS ? 0 : at + 1;
    }
  }

  /** Taps of one phase side by side. */
  private static float[] byPhase(float[] taps, int factor) {
    float[] sorted = new float[taps.length];
    for (int each = 0; each < taps.length; each++) {
      sorted[each % factor * TAPS + each / factor] = taps[each];
    }
    return sorted;
  }
}
