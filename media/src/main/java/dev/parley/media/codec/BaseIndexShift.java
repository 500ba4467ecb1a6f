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

  /** Takes note of every packet, also of those left out: a base picture may still be late. */
  void note(VideoPacket packet) {
    int value = shifted(packet);
    if (value >= 0 && ((value - newest) & 0xff) < 0x80) {
      newest = value;
    }
  }

  int shifted(VideoPacket packet) {
    return packet.baseIndex < 0 ? VideoPacket.ABSENT : (packet.baseIndex + shift) & 0xff;
  }

  int newest() {
    return newest;
  }
}
