package dev.parley.media.codec;

/**
 * H.264 payload, RFC 6184 §5.2: single NAL units, STAP-A and FU-A (packetization modes 0 and 1, the
 * only ones that browsers offer). The payload names no temporal layer, so H.264 steps down by
 * simulcast only.
 */
public final class H264Payload implements PayloadParser {
  private static final int SLICE = 1;
  private static final int SLICE_IDR = 5;
  private static final int SEQUENCE_PARAMETERS = 7;
  private static final int LAST_SINGLE = 23;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  @Override
  public boolean parse(PacketBytes bytes, int offset, int length, VideoPacket packet) {
    if (length < 1) {
      return false;
    }
    int type = bytes.u8(offset) & 0x1f;
    packet.endOfFrame = packet.marker;
    if (type == STAP_A) {
      return aggregate(bytes, offset + 1, offset + length, packet);
    }
    if (type == FU_A) {
      return fragment(bytes, offset, length, packet);
    }
    if (type == 0 || type > LAST_SINGLE) {
      return false;
    }
    unit(bytes, offset, offset + length, packet);
    return true;
  }

  private static boolean aggregate(PacketBytes bytes, int index, int end, VideoPacket packet) {
    int next = index;
    while (next < end) {
      if (next + 2 > end) {
        return false;
      }
      int size = bytes.u16(next);
      next += 2;
      if (size == 0 || next + size > end) {
        return false;
      }
      unit(bytes, next, next + size, packet);
      next += size;
    }
    return next > index;
  }

  private static boolean fragment(PacketBytes bytes, int offset, int length, VideoPacket packet) {
    if (length < 3) {
      return false;
    }
    int header = bytes.u8(offset + 1);
    int type = header & 0x1f;
    boolean first = (header & 0x80) != 0;
    packet.keyFrame = type == SLICE_IDR || type == SEQUENCE_PARAMETERS;
    packet.parameterSets = type == SEQUENCE_PARAMETERS;
    packet.startOfFrame =
        first && (type == SEQUENCE_PARAMETERS || firstSlice(bytes, type, offset + 2));
    return true;
  }

  private static void unit(PacketBytes bytes, int index, int end, VideoPacket packet) {
    int type = bytes.u8(index) & 0x1f;
    if (type == SEQUENCE_PARAMETERS || type == SLICE_IDR) {
      packet.keyFrame = true;
      packet.parameterSets |= type == SEQUENCE_PARAMETERS;
    }
    if (type == SEQUENCE_PARAMETERS
        || (index + 1 < end && firstSlice(bytes, type, index + 1) && !packet.startOfFrame)) {
      packet.startOfFrame = true;
    }
  }

  /** first_mb_in_slice is an Exp-Golomb code: a leading one bit is the value 0, a new picture. */
  private static boolean firstSlice(PacketBytes bytes, int type, int index) {
    return (type == SLICE || type == SLICE_IDR) && (bytes.u8(index) & 0x80) != 0;
  }
}
