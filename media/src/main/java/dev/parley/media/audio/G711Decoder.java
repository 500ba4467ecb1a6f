package dev.parley.media.audio;

/** G.711 packets of up to 120 ms to 48 kHz sound; a lost one is covered by its predecessor. */
final class G711Decoder implements AudioDecoder {
  private static final int FACTOR = 6;
  private static final int BYTES_MAX = AudioLimits.PACKET_SAMPLES_MAX / FACTOR;

  private final G711 law;
  private final Upsampler upsampler = new Upsampler(FACTOR);
  private final ConcealFade fade = new ConcealFade();
  private final short[] narrow = new short[BYTES_MAX];

  G711Decoder(G711 law) {
    this.law = law;
  }

  @Override
  public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
    if (length <= 0 || length > BYTES_MAX) {
      return -1;
    }
    for (int each = 0; each < length; each++) {
      narrow[each] = law.decode(payload[offset + each] & 0xff);
    }
    upsampler.convert(narrow, 0, length, pcm, pcmOffset);
    fade.heard(pcm, pcmOffset, length * FACTOR);
    return length * FACTOR;
  }

  @Override
  public void conceal(
      byte[] next, int offset, int length, short[] pcm, int pcmOffset, int samples) {
    fade.conceal(pcm, pcmOffset, samples);
  }

  @Override
  public void close() {
    // Plain Java: nothing to free.
  }
}
