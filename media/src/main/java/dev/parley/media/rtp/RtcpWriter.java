package dev.parley.media.rtp;

import dev.parley.media.memory.Memory;

/** Writes a compound RTCP packet into a slot. The caller keeps within {@link #BYTES_MAX}. */
public final class RtcpWriter {
  /** Bytes of plain RTCP in one packet: safe on every path. */
  public static final int BYTES_MAX = 1200;

  private long start;
  private long at;

  /** Starts at {@code address}. */
  public RtcpWriter begin(long address) {
    start = address;
    at = address;
    return this;
  }

  /** Bytes written. */
  public int length() {
    return (int) (at - start);
  }

  /** Bytes that are free. */
  public int room() {
    return BYTES_MAX - length();
  }

  private void header(int count, int type, int bytes) {
    Memory.put8(at, 0x80 | count);
    Memory.put8(at + 1, type);
    Memory.put16(at + 2, bytes / 4 - 1);
  }

  /** A sender report without report blocks (RFC 3550 §6.4.1). */
  public RtcpWriter senderReport(
      int ssrc, long ntpTimestamp, long rtpTimestamp, long packets, long octets) {
    header(0, RtcpReader.SENDER_REPORT, 28);
    Memory.put32(at + 4, ssrc);
    Memory.put64(at + 8, ntpTimestamp);
    Memory.put32(at + 16, (int) rtpTimestamp);
    Memory.put32(at + 20, (int) packets);
    Memory.put32(at + 24, (int) octets);
    at += 28;
    return this;
  }

  /** A receiver report that will hold {@code count} blocks, written by {@link #reportBlock}. */
  public RtcpWriter receiverReport(int ssrc, int count) {
    header(count, RtcpReader.RECEIVER_REPORT, 8 + count * 24);
    Memory.put32(at + 4, ssrc);
    at += 8;
    return this;
  }

  /** One report block (RFC 3550 §6.4.1). */
  public RtcpWriter reportBlock(
      int ssrc,
      int fractionLost,
      int lost,
      long highest,
      long jitter,
      int lastReport,
      int sinceLastReport) {
    Memory.put32(at, ssrc);
    Memory.put8(at + 4, fractionLost);
    Memory.put24(at + 5, lost);
    Memory.put32(at + 8, (int) highest);
    Memory.put32(at + 12, (int) jitter);
    Memory.put32(at + 16, lastReport);
    Memory.put32(at + 20, sinceLastReport);
    at += 24;
    return this;
  }

  /** A canonical name, which RFC 3550 §6.5.1 wants beside every report. */
  public RtcpWriter canonicalName(int ssrc, long name) {
    header(1, RtcpReader.SOURCE_DESCRIPTION, 20);
    Memory.put32(at + 4, ssrc);
    Memory.put8(at + 8, 1);
    Memory.put8(at + 9, 8);
    Memory.put64(at + 10, name);
    Memory.put16(at + 18, 0);
    at += 20;
    return this;
  }

  /** A picture loss indication (RFC 4585 §6.3.1). */
  public RtcpWriter pictureLoss(int sender, int media) {
    header(RtcpReader.PICTURE_LOSS, RtcpReader.PAYLOAD_FEEDBACK, 12);
    Memory.put32(at + 4, sender);
    Memory.put32(at + 8, media);
    at += 12;
    return this;
  }

  /** A full intra request (RFC 5104 §4.3.1). */
  public RtcpWriter fullIntra(int sender, int media, int sequence) {
    header(RtcpReader.FULL_INTRA, RtcpReader.PAYLOAD_FEEDBACK, 20);
    Memory.put32(at + 4, sender);
    Memory.put32(at + 8, 0);
    Memory.put32(at + 12, media);
    Memory.put32(at + 16, sequence << 24);
    at += 20;
    return this;
  }

  /** A generic NACK (RFC 4585 §6.2.1) for the first {@code count} of {@code sequences}, rising. */
  public RtcpWriter nack(int sender, int media, int[] sequences, int count) {
    long head = at;
    Memory.put32(at + 4, sender);
    Memory.put32(at + 8, media);
    at += 12;
    int index = 0;
    while (index < count) {
      int base = sequences[index++];
      int mask = 0;
      while (index < count && (sequences[index] - base & 0xffff) <= 16) {
        mask |= 1 << (sequences[index++] - base & 0xffff) - 1;
      }
      Memory.put16(at, base);
      Memory.put16(at + 2, mask);
      at += 4;
    }
    long end = at;
    at = head;
    header(RtcpReader.NACK, RtcpReader.TRANSPORT_FEEDBACK, (int) (end - head));
    at = end;
    return this;
  }

  /** Where a block that another part writes may start; {@link #wrote} tells how long it became. */
  public long position() {
    return at;
  }

  /** Counts {@code bytes} that were written at {@link #position}. */
  public RtcpWriter wrote(int bytes) {
    at += bytes;
    return this;
  }
}
