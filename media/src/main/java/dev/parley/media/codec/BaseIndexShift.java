package dev.parley.media.codec;

/**
 * Moves TL0PICIDX by a constant. Base layer pictures are never left out within a segment, so a
 * constant keeps the counter continuous.
 */
final class BaseIndexShift {
  private int shift;
  private int newest;

  void start(VideoPacket key, int baseIndex) {
    shift = key.baseIndex < 0 ? 0 : baseIndex - key.baseIndex;
    newest = baseIndex & 0xff;
  }

  int shifted(VideoPacket packet) {
    if (packet.baseIndex < 0) {
      return VideoPacket.ABSENT;
    }
    int value = (packet.baseIndex + shift) & 0xff;
    if (((value - newest) & 0xff) < 0x80) {
      newest = value;
    }
    return value;
  }

  int newest() {
    return newest;
  }
}
