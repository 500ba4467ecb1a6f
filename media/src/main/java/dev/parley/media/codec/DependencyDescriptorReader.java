package dev.parley.media.codec;

import org.jspecify.annotations.Nullable;

/**
 * Reads the Dependency Descriptor header extension ("RTP Payload Format For AV1", appendix A) of
 * one encoding and remembers its template structure. Owned by the media loop of the publisher.
 */
public final class DependencyDescriptorReader {
  private final BitReader bits = new BitReader();
  private DependencyStructure current = new DependencyStructure();
  private DependencyStructure spare = new DependencyStructure();
  private boolean known;

  /** One bit per decode target that the encoder makes at present; it may stop upper layers. */
  private int activeTargets = -1;

  /**
   * Fills layers, references and frame number into {@code packet}, after the payload parser.
   *
   * @param offset first byte of the extension element
   * @param length bytes of the element
   * @return false when it is malformed, or refers to a structure that has not been seen; the packet
   *     cannot be placed then and a key frame is wanted
   */
  public boolean read(PacketBytes bytes, int offset, int length, VideoPacket packet) {
    if (length < 3) {
      return false;
    }
    bits.start(bytes, offset, length);
    packet.startOfFrame = bits.flag();
    packet.endOfFrame = bits.flag();
    int templateId = bits.bits(6);
    packet.pictureId = bits.bits(16);
    packet.pictureIdBits = 16;
    packet.pictureIdIndex = offset + 1;
    int flags = length > 3 ? bits.bits(5) : 0;
    if ((flags & 0x10) != 0 && !readStructure()) {
      return false;
    }
    if (!known) {
      return false;
    }
    if ((flags & 0x08) != 0) {
      activeTargets = bits.bits(current.decodeTargetCount);
    }
    packet.activeDecodeTargets = activeTargets;
    packet.keyFrame = (flags & 0x10) != 0;
    return readFrame(templateId, flags, packet) && !bits.overrun();
  }

  /** A broken structure must not spoil the one in use, so it is read aside. */
  private boolean readStructure() {
    if (!spare.read(bits)) {
      return false;
    }
    DependencyStructure old = current;
    current = spare;
    spare = old;
    known = true;
    activeTargets = -1;
    return true;
  }

  private boolean readFrame(int templateId, int flags, VideoPacket packet) {
    int template = (templateId + 64 - current.idOffset) % 64;
    if (template >= current.templateCount) {
      return false;
    }
    packet.layered = true;
    packet.structure = current;
    packet.spatialId = current.spatialId[template];
    packet.temporalId = current.temporalId[template];
    packet.decodeTargetIndications =
        (flags & 0x04) != 0 ? current.readIndications(bits) : current.indications[template];
    if ((flags & 0x02) != 0) {
      return readFrameDiffs(packet);
    }
    packet.frameDiffCount = current.frameDiffCount[template];
    System.arraycopy(current.frameDiffs[template], 0, packet.frameDiffs, 0, packet.frameDiffCount);
    packet.predictedFromPast = packet.frameDiffCount > 0;
    return true;
  }

  private boolean readFrameDiffs(VideoPacket packet) {
    int count = 0;
    for (int size = bits.bits(2); size != 0; size = bits.bits(2)) {
      if (count == CodecLimits.FRAME_DIFFS_MAX || bits.overrun()) {
        return false;
      }
      packet.frameDiffs[count++] = bits.bits(4 * size) + 1;
    }
    packet.frameDiffCount = count;
    packet.predictedFromPast = count > 0;
    return true;
  }

  @Nullable DependencyStructure structure() {
    return known ? current : null;
  }
}
