package dev.parley.media.audio;

/** Concealment for codecs that have none: repeats the last sound, lower each time. */
final class ConcealFade {
  private final short[] last = new short[AudioLimits.FRAME_SAMPLES];
  private int position;
  private float gain;

  void heard(short[] pcm, int offset, int samples) {
    int kept = Math.min(samples, last.length);
    if (kept <= 0) {
      return;
    }
    System.arraycopy(last, kept, last, 0, last.length - kept);
    System.arraycopy(pcm, offset + samples - kept, last, last.length - kept, kept);
    position = 0;
    gain = 1;
  }

  /** Falls by half each 20 ms. Plays back and forth, so that the seams do not click. */
  void conceal(short[] pcm, int offset, int samples) {
    int round = 2 * last.length;
    for (int each = 0; each < samples; each++) {
      int at = position < last.length ? last.length - 1 - position : position - last.length;
      pcm[offset + each] = (short) (last[at] * gain);
      position = (position + 1) % round;
      gain *= 0.99928f;
    }
  }
}
