package dev.parley.media.codec;

/**
 * Decides which layers of one encoding pass, from a key frame on. Layers only go up where the
 * stream allows it and go down where a picture ends, so that all that passes can be decoded.
 */
sealed interface LayerGate permits OpenGate, Vp8Gate, Vp9Gate, Av1Gate {
  /** Starts at the key frame in {@code key}; its numbers become the given ones. */
  void start(VideoPacket key, int pictureId, int baseIndex);

  /** The layers wanted from now on. */
  void target(int spatialId, int temporalId);

  /** Whether the packet passes. Asked once per packet, late ones included. */
  boolean admits(VideoPacket packet);

  /** Fills picture id, base index and marker of a packet that was admitted. */
  void number(VideoPacket packet, ProjectedPacket out);

  /** Whether the wish can only be met by a key frame. */
  boolean wantsKeyFrame();

  /** Newest picture id given out. */
  int newestPictureId();

  /** Newest base index given out. */
  int newestBaseIndex();

  /** Highest spatial layer that passes now. */
  int spatialId();

  /** Highest temporal layer that passes now. */
  int temporalId();
}
