package dev.parley.media.audio;

/** Makes packets of frames of sound. Single-owner; keeps state between frames. */
public interface AudioEncoder extends AutoCloseable {
  /**
   * Encodes one frame of 20 ms, 48 kHz mono.
   *
   * @param capacity bytes free in {@code out} from {@code offset}
   * @return bytes written
   */
  int encode(short[] pcm, int pcmOffset, byte[] out, int offset, int capacity);

  /** Steps of the RTP timestamp per frame: 960 for Opus, 160 for G.711. */
  int timestampStep();

  /** Frees native memory, if any. */
  @Override
  void close();
}
