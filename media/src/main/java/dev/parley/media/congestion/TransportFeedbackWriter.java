package dev.parley.media.congestion;

import dev.parley.media.codec.PacketBytes;

/**
 * Remembers arrivals of a publisher's packets and writes transport-wide feedback
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1). Owned by the publisher's media loop.
 */
public final class TransportFeedbackWriter {
  private static final int MASK = CongestionLimits.ARRIVAL_MEMORY - 1;
  private static final int HEAD = 20;
  private static final int LOST = 0;
  private static final int SMALL = 1;
  private static final int LARGE = 2;

  private final long[] sequenceAt = new long[CongestionLimits.ARRIVAL_MEMORY];
  private final long[] tickAt = new long[CongestionLimits.ARRIVAL_MEMORY];
  private final byte[] symbols = new byte[CongestionLimits.FEEDBACK_PACKETS_MAX];
  private final int[] deltas = new int[CongestionLimits.FEEDBACK_PACKETS_MAX];
  private long next = -1;
  private long highest = -1;
  private int feedbackCount;

  /**
   * Notes that a packet arrived.
   *
   * @param sequence transport-wide number, 0 to 65535
   */
  public void arrived(int sequence, long nowMicros) {
    long full = unwrap(sequence & 0xffff);
    if (full < 0 || highest - full > CongestionLimits.FEEDBACK_LATE_MAX) {
      return;
    }
    int at = (int) full & MASK;
    if (sequenceAt[at] == full && tickAt[at] > 0) {
      return;
    }
    sequenceAt[at] = full;
    tickAt[at] = nowMicros / CongestionLimits.FEEDBACK_TICK;
    highest = Math.max(highest, full);
    next = Math.min(next, full);
  }

  private long unwrap(int sequence) {
    if (highest < 0) {
      highest = 0x1_0000L + sequence;
      next = highest;
      return highest;
    }
    long full = highest + (short) (sequence - (int) highest);
    if (full - next >= CongestionLimits.ARRIVAL_MEMORY) {
      next = full;
    }
    return full;
  }

  /** Whether there is something to report. */
  public boolean pending() {
    return next >= 0 && next <= highest;
  }

  /**
   * Writes one feedback packet, RTCP header included; call again while {@link #pending}.
   *
   * @param capacity bytes free from {@code offset}; at least 64
   * @return bytes written, a multiple of four; 0 when there is nothing to report
   */
  public int write(PacketBytes out, int offset, int capacity, int senderSsrc, int mediaSsrc) {
    long first = next;
    while (first >= 0 && first <= highest && !received(first)) {
      first++;
    }
    if (!pending() || first > highest) {
      next = highest + 1;
      return 0;
    }
    long reference = tickAt[(int) first & MASK] >> 8;
    int count = collect(reference << 8, capacity);
    int end = writeChunks(out, offset + HEAD, count);
    end = writeDeltas(out, end, count);
    end = writeHead(out, offset, end, count, reference, senderSsrc, mediaSsrc);
    next += count;
    return end - offset;
  }

  private boolean received(long sequence) {
    return sequenceAt[(int) sequence & MASK] == sequence;
  }

  /** Every packet may cost two bytes of delta and, at worst, 2 bytes per 7 of status. */
  private int collect(long referenceTicks, int capacity) {
    long last = referenceTicks;
    int room = capacity - HEAD - 8;
    int count = 0;
    while (count < symbols.length && next + count <= highest && room > 4) {
      long sequence = next + count;
      if (!received(sequence)) {
        symbols[count++] = LOST;
        room -= 1;
        continue;
      }
      long delta = tickAt[(int) sequence & MASK] - last;
      if (delta != (short) delta) {
        break;
      }
      last += delta;
      symbols[count] = (byte) (delta >= 0 && delta <= 255 ? SMALL : LARGE);
      deltas[count++] = (int) delta;
      room -= 3;
    }
    return count;
  }

  private int writeChunks(PacketBytes out, int offset, int count) {
    int at = offset;
    for (int index = 0; index < count; ) {
      int run = runFrom(index, count);
      int chunk;
      if (run >= 14 || index + run == count) {
        chunk = symbols[index] << 13 | run;
        index += run;
      } else if (smallFrom(index, count) >= 14) {
        chunk = 0x8000;
        for (int bit = 0; bit < 14; bit++) {
          chunk |= symbols[index + bit] << (13 - bit);
        }
        index += 14;
      } else {
        chunk = 0xc000;
        int taken = Math.min(7, count - index);
        for (int pair = 0; pair < taken; pair++) {
          chunk |= symbols[index + pair] << (12 - 2 * pair);
        }
        index += taken;
      }
      out.put16(at, chunk);
      at += 2;
    }
    return at;
  }

  private int runFrom(int index, int count) {
    int end = index + 1;
    while (end < count && symbols[end] == symbols[index]) {
      end++;
    }
    return end - index;
  }

  private int smallFrom(int index, int count) {
    int end = index;
    while (end < count && end < index + 14 && symbols[end] != LARGE) {
      end++;
    }
    return end - index;
  }

  private int writeDeltas(PacketBytes out, int offset, int count) {
    int at = offset;
    for (int index = 0; index < count; index++) {
      if (symbols[index] == SMALL) {
        out.put8(at++, deltas[index]);
      } else if (symbols[index] == LARGE) {
        out.put16(at, deltas[index]);
        at += 2;
      }
    }
    return at;
  }

  private int writeHead(
      PacketBytes out,
      int offset,
      int bodyEnd,
      int count,
      long reference,
      int senderSsrc,
      int mediaSsrc) {
    int padding = -(bodyEnd - offset) & 3;
    for (int each = 1; each <= padding; each++) {
      out.put8(bodyEnd + each - 1, each == padding ? padding : 0);
    }
    int end = bodyEnd + padding;
    out.put8(offset, (padding > 0 ? 0xa0 : 0x80) | 15);
    out.put8(offset + 1, 205);
    out.put16(offset + 2, (end - offset) / 4 - 1);
    put32(out, offset + 4, senderSsrc);
    put32(out, offset + 8, mediaSsrc);
    out.put16(offset + 12, (int) next);
    out.put16(offset + 14, count);
    put32(out, offset + 16, (int) reference << 8 | (feedbackCount++ & 0xff));
    return end;
  }

  private static void put32(PacketBytes out, int offset, int value) {
    out.put16(offset, value >>> 16);
    out.put16(offset + 2, value);
  }
}
