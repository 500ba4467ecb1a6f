package dev.parley.media.rtp;

import dev.parley.media.memory.Memory;

/**
 * Walks a compound RTCP packet (RFC 3550 §6.1), one block after the other. A block whose length
 * does not fit ends the walk.
 */
public final class RtcpReader {
  public static final int SENDER_REPORT = 200;
  public static final int RECEIVER_REPORT = 201;
  public static final int SOURCE_DESCRIPTION = 202;
  public static final int GOODBYE = 203;
  public static final int TRANSPORT_FEEDBACK = 205;
  public static final int PAYLOAD_FEEDBACK = 206;

  /** Format of {@link #TRANSPORT_FEEDBACK}: generic NACK (RFC 4585 §6.2.1). */
  public static final int NACK = 1;

  /** Format of {@link #TRANSPORT_FEEDBACK}: transport-wide congestion control. */
  public static final int TRANSPORT_WIDE = 15;

  /** Format of {@link #PAYLOAD_FEEDBACK}: picture loss indication (RFC 4585 §6.3.1). */
  public static final int PICTURE_LOSS = 1;

  /** Format of {@link #PAYLOAD_FEEDBACK}: full intra request (RFC 5104 §4.3.1). */
  public static final int FULL_INTRA = 4;

  /** Format of {@link #PAYLOAD_FEEDBACK}: application layer, REMB among it. */
  public static final int APPLICATION = 15;

  private static final int REPORT_BLOCK_BYTES = 24;

  private long block;
  private int blockLength;
  private long next;
  private long end;

  /** Starts at the compound packet at {@code address}. */
  public void begin(long address, int length) {
    next = address;
    end = address + length;
    blockLength = 0;
  }

  /** Goes to the next block; false at the end or at something malformed. */
  public boolean advance() {
    if (end - next < 4 || Memory.u8(next) >>> 6 != 2) {
      return false;
    }
    int bytes = (Memory.u16(next + 2) + 1) * 4;
    if (bytes > end - next) {
      return false;
    }
    block = next;
    blockLength = bytes;
    next += bytes;
    return true;
  }

  /** The packet type of the block. */
  public int type() {
    return Memory.u8(block + 1);
  }

  /** Report count or feedback format of the block. */
  public int count() {
    return Memory.u8(block) & 0x1f;
  }

  /** The address of the block. */
  public long address() {
    return block;
  }

  /** Bytes of the block. */
  public int length() {
    return blockLength;
  }

  /** Whether the block holds {@code bytes} bytes. */
  public boolean holds(int bytes) {
    return blockLength >= bytes;
  }

  /** The SSRC of who sent the block. */
  public int senderSsrc() {
    return Memory.i32(block + 4);
  }

  /** The SSRC that feedback is about; asked of feedback of at least 12 bytes. */
  public int mediaSsrc() {
    return Memory.i32(block + 8);
  }

  /** NTP time of a sender report of at least 28 bytes. */
  public long ntpTimestamp() {
    return Memory.i64(block + 8);
  }

  /** RTP time of a sender report. */
  public long rtpTimestamp() {
    return Memory.u32(block + 16);
  }

  /** Where report {@code index} of a sender or receiver report starts, or 0 when cut short. */
  public long report(int index) {
    int start = (type() == SENDER_REPORT ? 28 : 8) + index * REPORT_BLOCK_BYTES;
    return index < count() && holds(start + REPORT_BLOCK_BYTES) ? block + start : 0;
  }

  /** Pairs of a NACK. */
  public int nackCount() {
    return Math.max(0, (blockLength - 12) / 4);
  }

  /** The first lost sequence number of pair {@code index}. */
  public int nackBase(int index) {
    return Memory.u16(block + 12 + index * 4);
  }

  /** Which of the 16 after it are lost too. */
  public int nackMask(int index) {
    return Memory.u16(block + 14 + index * 4);
  }

  /** SSRC of FIR entry {@code index}; 0 when there is none. */
  public int firSsrc(int index) {
    int at = 12 + index * 8;
    return holds(at + 8) ? Memory.i32(block + at) : 0;
  }
}
