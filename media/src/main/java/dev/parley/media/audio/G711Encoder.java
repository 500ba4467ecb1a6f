package dev.parley.media.audio;

/** 48 kHz frames to G.711 packets of 160 bytes. */
final class G711Encoder implements AudioEncoder {
  private static final int FACTOR = 6;

  private final G711 law;
  private final Downsampler downsampler = new Downsampler(FACTOR);
  private final short[] narrow = new short[AudioLimits.FRAME_SAMPLES / FACTOR];

  G711Encoder(G711 law) {
    this.law = law;
  }

  @Override
  public int encode(short[] pcm, int pcmOffset, byte[] out, int offset, int capacity) {
    if (capacity < narrow.length) {
      throw new IllegalArgumentException("a G.711 frame takes " + narrow.length + " bytes");
    }
    downsampler.convert(pcm, pcmOffset, AudioLimits.FRAME_SAMPLES, narrow, 0);
    for (int each = 0; each < narrow.length; each++) {
      out[offset + each] = law.encode(narrow[each]);
    }
    return narrow.length;
  }

  @Override
  public int timestampStep() {
    return narrow.length;
  }

  @Override
  public void close() {
    // Plain Java: nothing to free.
  }
}
