package dev.parley.media.codec;

/** What one receiver's copy of a packet must say. Reused; owned by the egress loop. */
public final class ProjectedPacket {
  int encoding;
  int sourceSequence;
  int sequence;
  long timestamp;
  boolean marker;
  int pictureId;
  int pictureIdBits;
  int baseIndex;

  /** Encoding that the source packet belongs to. */
  public int encoding() {
    return encoding;
  }

  /** RTP sequence number of the source packet in its encoding. */
  public int sourceSequence() {
    return sourceSequence;
  }

  /** RTP sequence number to send, 0 to 65535. */
  public int sequence() {
    return sequence;
  }

  /** RTP timestamp to send, 0 to 2^32-1. */
  public long timestamp() {
    return timestamp;
  }

  /** RTP marker bit to send. */
  public boolean marker() {
    return marker;
  }

  /** Picture id or AV1 frame number to send, -1 for none. */
  public int pictureId() {
    return pictureId;
  }

  /** TL0PICIDX to send, -1 for none. */
  public int baseIndex() {
    return baseIndex;
  }

  /**
   * Writes picture id, frame number and TL0PICIDX into a copy of the source packet. The size never
   * changes: a source with 7-bit picture ids keeps 7 bits.
   *
   * @param parsed what the parser found in the source packet
   * @param copy the receiver's copy
   * @param shift index of a byte in the copy minus its index in the source, for payload bytes; AV1
   *     uses the shift of the header extension instead
   */
  public void rewrite(VideoPacket parsed, PacketBytes copy, int shift) {
    rewrite(parsed.pictureIdIndex + shift, parsed.baseIndexAt + shift, parsed, copy);
  }

  private void rewrite(int pictureIndex, int baseIndexAt, VideoPacket parsed, PacketBytes copy) {
    if (parsed.pictureIdIndex >= 0 && pictureId >= 0) {
      switch (parsed.pictureIdBits) {
        case 7 -> copy.put8(pictureIndex, pictureId & 0x7f);
        case 15 -> copy.put16(pictureIndex, 0x8000 | (pictureId & 0x7fff));
        default -> copy.put16(pictureIndex, pictureId & 0xffff);
      }
    }
    if (parsed.baseIndexAt >= 0 && baseIndex >= 0) {
      copy.put8(baseIndexAt, baseIndex & 0xff);
    }
  }
}
