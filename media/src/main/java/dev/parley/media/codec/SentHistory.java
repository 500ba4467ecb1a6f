package dev.parley.media.codec;

/**
 * How the last packets were projected, by the sequence number the receiver knows, so that a lost
 * one can be made again from the publisher's cache exactly as it was.
 */
final class SentHistory {
  private static final int MASK = CodecLimits.REPLAY_MEMORY - 1;

  private final int[] output = new int[CodecLimits.REPLAY_MEMORY];
  private final int[] source = new int[CodecLimits.REPLAY_MEMORY];
  private final int[] timestamp = new int[CodecLimits.REPLAY_MEMORY];
  private final int[] picture = new int[CodecLimits.REPLAY_MEMORY];
  private final short[] base = new short[CodecLimits.REPLAY_MEMORY];
  private final byte[] flags = new byte[CodecLimits.REPLAY_MEMORY];

  SentHistory() {
    java.util.Arrays.fill(output, -1);
  }

  void remember(ProjectedPacket packet) {
    int at = packet.sequence & MASK;
    output[at] = packet.sequence;
    source[at] = packet.sourceSequence;
    timestamp[at] = (int) packet.timestamp;
    picture[at] = packet.pictureId;
    base[at] = (short) packet.baseIndex;
    flags[at] = (byte) (packet.encoding | (packet.marker ? 0x80 : 0));
  }

  boolean recall(int sequence, ProjectedPacket into) {
    int at = sequence & MASK;
    if (output[at] != sequence) {
      return false;
    }
    into.sequence = sequence;
    into.sourceSequence = source[at];
    into.timestamp = timestamp[at] & 0xffff_ffffL;
    into.pictureId = picture[at];
    into.baseIndex = base[at];
    into.encoding = flags[at] & 0x7f;
    into.marker = (flags[at] & 0x80) != 0;
    return true;
  }
}
