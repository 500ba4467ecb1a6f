package dev.parley.media.audio;

/** Lowers the sample rate of one stream by a whole factor; delays it by 12 output samples. */
public final class Downsampler {
  private final int factor;
  private final float[] taps;

  /** Written twice, so that the last inputs always lie in one piece. */
  private final float[] past;

  private int at;
  private int phase;

  /** For example factor 6 from 48 to 8 kHz. */
  public Downsampler(int factor) {
    this.factor = factor;
    this.taps = LowPass.taps(factor);
    this.past = new float[2 * taps.length];
  }

  /** Writes {@code samples / factor} samples; {@code samples} is a multiple of the factor. */
  public void convert(short[] in, int inOffset, int samples, short[] out, int outOffset) {
    int to = outOffset;
    for (int each = 0; each < samples; each++) {
      past[at] = in[inOffset + each];
      past[at + taps.length] = past[at];
      if (++phase == factor) {
        phase = 0;
        out[to++] = LowPass.saturate(sum());
      }
      at = at + 1 == taps.length ? 0 : at + 1;
    }
  }

  private float sum() {
    float sum = 0;
    int newest = at + taps.length;
    for (int back = 0; back < taps.length; back++) {
      sum += past[newest - back] * taps[back];
    }
    return sum;
  }
}
