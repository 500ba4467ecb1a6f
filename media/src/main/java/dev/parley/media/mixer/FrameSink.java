package dev.parley.media.mixer;

/** Takes what a seat hears. */
@FunctionalInterface
public interface FrameSink {
  /**
   * 20 ms of sound; called every round on the mixer's thread: take a copy and return.
   *
   * @param frame 960 samples, 48 kHz, mono, 16 bit; reused for the next round
   * @param silent whether nobody else speaks
   */
  void frame(short[] frame, boolean silent);
}
