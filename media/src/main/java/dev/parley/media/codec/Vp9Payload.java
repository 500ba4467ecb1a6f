package dev.parley.media.codec;

/** VP9 payload descriptor, RFC 9628 §4.2. */
public final class Vp9Payload implements PayloadParser {
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int PREDICTED = 0x40;
  private static final int HAS_LAYERS = 0x20;
  private static final int FLEXIBLE = 0x10;
  private static final int START = 0x08;
  private static final int END = 0x04;
  private static final int HAS_STRUCTURE = 0x02;
  private static final int NOT_FOR_UPPER = 0x01;

  @Override
  public boolean parse(PacketBytes bytes, int offset, int length, VideoPacket packet) {
    int end = offset + length;
    if (length < 1) {
      return false;
    }
    int flags = bytes.u8(offset);
    int next = offset + 1;
    if ((flags & HAS_PICTURE_ID) != 0) {
      next = Vp8Payload.pictureId(bytes, next, end, packet);
    }
    if (next >= 0 && (flags & HAS_LAYERS) != 0) {
      next = layers(bytes, next, end, (flags & FLEXIBLE) != 0, packet);
    }
    if (next >= 0 && (flags & FLEXIBLE) != 0 && (flags & PREDICTED) != 0) {
      next = referenceIndices(bytes, next, end);
    }
    if (next >= 0 && (flags & HAS_STRUCTURE) != 0) {
      next = scalabilityStructure(bytes, next, end);
    }
    if (next < 0 || next >= end) {
      return false;
    }
    packet.startOfFrame = (flags & START) != 0;
    packet.endOfFrame = (flags & END) != 0;
    packet.predictedFromPast = (flags & PREDICTED) != 0;
    packet.usedByUpperLayers = (flags & NOT_FOR_UPPER) == 0;
    packet.keyFrame = !packet.predictedFromPast && packet.spatialId == 0;
    return true;
  }

  private static int layers(
      PacketBytes bytes, int index, int end, boolean flexible, VideoPacket packet) {
    int size = flexible ? 1 : 2;
    if (index + size > end) {
      return -1;
    }
    int layer = bytes.u8(index);
    packet.layered = true;
    packet.temporalId = layer >>> 5;
    packet.switchUp = (layer & 0x10) != 0;
    packet.spatialId = layer >>> 1 & 0x07;
    if (!flexible) {
      packet.baseIndexAt = index + 1;
      packet.baseIndex = bytes.u8(index + 1);
    }
    return index + size;
  }

  /** Up to three P_DIFF bytes; the low bit says that another follows. */
  private static int referenceIndices(PacketBytes bytes, int index, int end) {
    for (int count = 0; count < 3; count++) {
      if (index + count >= end) {
        return -1;
      }
      if ((bytes.u8(index + count) & 0x01) == 0) {
        return index + count + 1;
      }
    }
    return -1;
  }

  private static int scalabilityStructure(PacketBytes bytes, int index, int end) {
    if (index >= end) {
      return -1;
    }
    int head = bytes.u8(index);
    int next = index + 1;
    if ((head & 0x10) != 0) {
      next += 4 * ((head >>> 5) + 1);
    }
    if ((head & 0x08) == 0) {
      return next;
    }
    if (next >= end) {
      return -1;
    }
    int pictures = bytes.u8(next++);
    for (int picture = 0; picture < pictures; picture++) {
      if (next >= end) {
        return -1;
      }
      next += 1 + (bytes.u8(next) >>> 2 & 0x03);
    }
    return next;
  }
}
