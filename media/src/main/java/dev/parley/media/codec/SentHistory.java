package dev.parley.media.codec;

/**
 * How the last packets were projected, by the sequence number the receiver knows, so that a lost
 * one can be made again from the publisher's cache exactly as it was. One place in memory holds all
 * of a packet, because it is written once for each receiver and seldom read.
 */
final class SentHistory {
  private static final int MASK = CodecLimits.REPLAY_MEMORY - 1;

  // Per packet: sequence, source sequence and timestamp; then picture id, base index, encoding,
  // marker and a bit that says the place is in use.
  private static final int SOURCE = 16;
  private static final int TIMESTAMP = 32;
  private static final int BASE = 32;
  private static final int ENCODING = 48;
  private static final int MARKER = 56;
  private static final int USED = 57;

  private final long[] table = new long[2 * CodecLimits.REPLAY_MEMORY];

  void remember(ProjectedPacket packet) {
    int at = 2 * (packet.sequence & MASK);
    table[at] =
        packet.sequence & 0xffff
            | (packet.sourceSequence & 0xffffL) << SOURCE
            | packet.timestamp << TIMESTAMP;
    table[at + 1] =
        packet.pictureId & 0xffff_ffffL
            | (packet.baseIndex & 0xffffL) << BASE
            | (packet.encoding & 0x7fL) << ENCODING
            | (packet.marker ? 1L : 0L) << MARKER
            | 1L << USED;
  }

  boolean recall(int sequence, ProjectedPacket into) {
    int at = 2 * (sequence & MASK);
    long numbers = table[at];
    long rest = table[at + 1];
    if (rest >>> USED == 0 || (numbers & 0xffff) != sequence) {
      return false;
    }
    into.sequence = sequence;
    into.sourceSequence = (int) (numbers >>> SOURCE) & 0xffff;
    into.timestamp = numbers >>> TIMESTAMP;
    into.pictureId = (int) rest;
    into.baseIndex = (short) (rest >>> BASE);
    into.encoding = (int) (rest >>> ENCODING) & 0x7f;
    into.marker = (rest >>> MARKER & 1) != 0;
    return true;
  }
}
