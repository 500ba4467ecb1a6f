package dev.parley.media.codec;

/**
 * AV1 aggregation header ("RTP Payload Format For AV1" §4.4). Layers and references come from the
 * {@link DependencyDescriptorReader}, which runs after this parser; without the descriptor the
 * stream counts as one layer.
 */
public final class Av1Payload implements PayloadParser {
  @Override
  public boolean parse(PacketBytes bytes, int offset, int length, VideoPacket packet) {
    if (length < 2) {
      return false;
    }
    int header = bytes.u8(offset);
    boolean continues = (header & 0x80) != 0;
    boolean newSequence = (header & 0x08) != 0;
    if (continues && newSequence) {
      return false;
    }
    packet.keyFrame = newSequence;
    packet.startOfFrame = newSequence;
    packet.endOfFrame = packet.marker;
    return elementsFit(bytes, offset + 1, offset + length, header >>> 4 & 0x03);
  }

  /** W elements of which the last has no length; with W = 0 each has one. */
  private static boolean elementsFit(PacketBytes bytes, int index, int end, int count) {
    int next = index;
    int element = 1;
    while (next < end && element != count) {
      int size = 0;
      int shift = 0;
      int part;
      do {
        if (next >= end || shift > 28) {
          return false;
        }
        part = bytes.u8(next++);
        size |= (part & 0x7f) << shift;
        shift += 7;
      } while ((part & 0x80) != 0);
      if (size < 0 || size > end - next) {
        return false;
      }
      next += size;
      element++;
    }
    return count == 0 || (element == count && next < end);
  }
}
