package dev.parley.media.congestion;

import dev.parley.media.codec.PacketBytes;

/**
 * Reads transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1). Keeps
 * only what makes the 24-bit reference time continuous.
 */
final class TransportFeedbackReader {
  private static final int HEAD = 20;
  private static final long REFERENCE_ROUND = 1L << 24;

  private long reference = -1;

  /**
   * Reads one RTCP packet, its header included.
   *
   * @return false when it is malformed; what came before the fault has been handed over
   */
  boolean read(PacketBytes bytes, int offset, int length, ArrivalSink sink) {
    if (length < HEAD) {
      return false;
    }
    int end = offset + length;
    if ((bytes.u8(offset) & 0x20) != 0) {
      int padding = bytes.u8(end - 1);
      if (padding == 0 || padding > length - HEAD) {
        return false;
      }
      end -= padding;
    }
    int base = bytes.u16(offset + 12);
    int count = bytes.u16(offset + 14);
    int deltas = deltaStart(bytes, offset + HEAD, end, count);
    if (count == 0 || deltas < 0) {
      return false;
    }
    long time = unwrap(bytes.u16(offset + 16) << 8 | bytes.u8(offset + 18));
    return hand(bytes, offset + HEAD, deltas, end, base, count, time, sink);
  }

  private long unwrap(int value) {
    if (reference < 0) {
      reference = REFERENCE_ROUND + value;
    } else {
      long step = (value - reference) & (REFERENCE_ROUND - 1);
      reference += step < REFERENCE_ROUND / 2 ? step : step - REFERENCE_ROUND;
    }
    return reference * CongestionLimits.FEEDBACK_REFERENCE;
  }

  /** Where the chunks for {@code count} packets end; -1 when they do not fit. */
  private static int deltaStart(PacketBytes bytes, int offset, int end, int count) {
    int at = offset;
    int told = 0;
    while (told < count) {
      if (at + 2 > end) {
        return -1;
      }
      int packets = packetsOf(bytes.u16(at));
      if (packets == 0) {
        return -1;
      }
      told += packets;
      at += 2;
    }
    return at;
  }

  private static int packetsOf(int chunk) {
    if ((chunk & 0x8000) == 0) {
      return chunk & 0x1fff;
    }
    return (chunk & 0x4000) == 0 ? 14 : 7;
  }

  private static int symbolOf(int chunk, int index) {
    if ((chunk & 0x8000) == 0) {
      return chunk >>> 13 & 3;
    }
    return (chunk & 0x4000) == 0 ? chunk >>> (13 - index) & 1 : chunk >>> (12 - 2 * index) & 3;
  }

  private static boolean hand(
      PacketBytes bytes,
      int chunks,
      int deltas,
      int end,
      int base,
      int count,
      long time,
      ArrivalSink sink) {
    int chunkAt = chunks;
    int deltaAt = deltas;
    int inChunk = 0;
    long now = time;
    for (int index = 0; index < count; index++) {
      int chunk = bytes.u16(chunkAt);
      int symbol = symbolOf(chunk, inChunk);
      if (++inChunk == packetsOf(chunk)) {
        chunkAt += 2;
        inChunk = 0;
      }
      int sequence = (base + index) & 0xffff;
      if (symbol == 0) {
        sink.missing(sequence);
        continue;
      }
      if (symbol == 3 || deltaAt + symbol > end) {
        return false;
      }
      int delta = symbol == 1 ? bytes.u8(deltaAt) : (short) bytes.u16(deltaAt);
      deltaAt += symbol;
      now += delta * CongestionLimits.FEEDBACK_TICK;
      sink.arrived(sequence, now);
    }
    return true;
  }
}
