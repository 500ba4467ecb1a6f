package dev.parley.media.codec;

/** VP8 payload descriptor, RFC 7741 §4.2, and the key frame bit of the payload header §4.3. */
public final class Vp8Payload implements PayloadParser {
  @Override
  public boolean parse(PacketBytes bytes, int offset, int length, VideoPacket packet) {
    int end = offset + length;
    if (length < 2) {
      return false;
    }
    int first = bytes.u8(offset);
    boolean start = (first & 0x10) != 0 && (first & 0x07) == 0;
    int next = offset + 1;
    if ((first & 0x80) != 0) {
      next = extension(bytes, next, end, packet);
    }
    if (next < 0 || next >= end) {
      return false;
    }
    packet.startOfFrame = start;
    packet.endOfFrame = packet.marker;
    packet.keyFrame = start && (bytes.u8(next) & 0x01) == 0;
    return true;
  }

  /** Reads the optional fields; gives the index after them, or -1 when they do not fit. */
  private static int extension(PacketBytes bytes, int index, int end, VideoPacket packet) {
    int next = index;
    if (next >= end) {
      return -1;
    }
    int flags = bytes.u8(next++);
    if ((flags & 0x80) != 0) {
      next = pictureId(bytes, next, end, packet);
      if (next < 0) {
        return -1;
      }
    }
    if ((flags & 0x40) != 0) {
      if (next >= end) {
        return -1;
      }
      packet.baseIndexAt = next;
      packet.baseIndex = bytes.u8(next++);
    }
    if ((flags & 0x30) == 0) {
      return next;
    }
    if (next >= end) {
      return -1;
    }
    if ((flags & 0x20) != 0) {
      packet.layered = true;
      packet.temporalId = bytes.u8(next) >>> 6;
      packet.switchUp = (bytes.u8(next) & 0x20) != 0;
    }
    return next + 1;
  }

  /** The picture id of VP8 and VP9: 7 bits, or 15 when the M bit is set. */
  static int pictureId(PacketBytes bytes, int index, int end, VideoPacket packet) {
    if (index >= end) {
      return -1;
    }
    packet.pictureIdIndex = index;
    if ((bytes.u8(index) & 0x80) == 0) {
      packet.pictureIdBits = 7;
      packet.pictureId = bytes.u8(index);
      return index + 1;
    }
    if (index + 1 >= end) {
      return -1;
    }
    packet.pictureIdBits = 15;
    packet.pictureId = bytes.u16(index) & 0x7fff;
    return index + 2;
  }
}
