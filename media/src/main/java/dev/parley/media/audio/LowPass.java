package dev.parley.media.audio;

/** Taps of a windowed-sinc low pass for changing the sample rate by a whole factor. */
final class LowPass {
  private LowPass() {}

  /**
   * The taps, at the higher rate, with a sum of 1.
   *
   * @param factor between the rates; the edge lies a little below the lower one's half
   */
  static float[] taps(int factor) {
    int length = factor * AudioLimits.RESAMPLER_TAPS;
    double[] taps = new double[length];
    double sum = 0;
    double edge = 0.92 / factor;
    for (int each = 0; each < length; each++) {
      double at = each - (length - 1) / 2.0;
      double angle = Math.PI * at * edge;
      double sinc = Math.abs(at) < 1e-9 ? 1 : Math.sin(angle) / angle;
      double turn = 2 * Math.PI * (each + 0.5) / length;
      double window = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
      taps[each] = sinc * window;
      sum += taps[each];
    }
    float[] result = new float[length];
    for (int each = 0; each < length; each++) {
      result[each] = (float) (taps[each] / sum);
    }
    return result;
  }

  static short saturate(float value) {
    return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
