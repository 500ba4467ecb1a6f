package dev.parley.media.audio;

/** Makes sound of packets of one stream. Single-owner; keeps state between packets. */
public interface AudioDecoder extends AutoCloseable {
  /**
   * Decodes one packet.
   *
   * @param pcm takes the sound, 48 kHz mono; {@link AudioLimits#PACKET_SAMPLES_MAX} must fit
   * @return samples written, or -1 when the packet is malformed
   */
  int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset);

  /**
   * Makes up sound for a lost packet, from what the following one repeats of it if it does, or from
   * the sound before.
   *
   * @param next the following packet, or an empty array
   * @param length of it, 0 if it is not there
   * @param samples how many to write
   */
  void conceal(byte[] next, int offset, int length, short[] pcm, int pcmOffset, int samples);

  /** Frees native memory, if any. */
  @Override
  void close();
}
