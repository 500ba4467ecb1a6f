package dev.parley.media.audio;

/** Loudness on the scale of RFC 6464: 0 is the loudest possible, 127 is silence, in -dBov. */
public final class AudioLevel {
  /** The level of silence. */
  public static final int SILENCE = 127;

  private AudioLevel() {}

  /** Level of the given samples. */
  public static int of(short[] pcm, int offset, int samples) {
    long energy = 0;
    for (int each = offset; each < offset + samples; each++) {
      energy += (long) pcm[each] * pcm[each];
    }
    if (energy == 0 || samples == 0) {
      return SILENCE;
    }
    double below = -10 * Math.log10((double) energy / samples / (32767.0 * 32767.0));
    return (int) Math.clamp(Math.round(below), 0, SILENCE);
  }
}
