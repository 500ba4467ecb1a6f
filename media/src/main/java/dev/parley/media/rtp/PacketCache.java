package dev.parley.media.rtp;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.Arrays;

/**
 * The last plain packets of one layer, kept once for all receivers: retransmission and pacing take
 * from here. A ring of bytes; the oldest packets give way.
 */
public final class PacketCache implements AutoCloseable {
  private static final int INDEX = 1024;
  private static final int MASK = INDEX - 1;

  private final NativeBlock ring;
  private final int capacity;
  private final int[] sequences = new int[INDEX];
  private final long[] starts = new long[INDEX];
  private final int[] lengths = new int[INDEX];
  private long head;

  /** A cache of {@code bytes} bytes, which must be more than one packet. */
  public PacketCache(int bytes) {
    this.ring = new NativeBlock(bytes);
    this.capacity = bytes;
    Arrays.fill(sequences, -1);
  }

  /** Keeps a copy of the packet under its sequence number. */
  public void keep(int sequence, long packet, int length) {
    int place = (int) (head % capacity);
    if (place + length > capacity) {
      head += capacity - place;
      place = 0;
    }
    Memory.copy(packet, ring.address() + place, length);
    int index = sequence & MASK;
    sequences[index] = sequence;
    starts[index] = head;
    lengths[index] = length;
    head += length;
  }

  /** The address of the packet with this sequence number, or 0 when it is not kept. */
  public long find(int sequence) {
    int index = sequence & MASK;
    boolean kept = sequences[index] == sequence && head - starts[index] <= capacity;
    return kept ? ring.address() + starts[index] % capacity : 0;
  }

  /** Bytes of a packet that was found. */
  public int length(int sequence) {
    return lengths[sequence & MASK];
  }

  @Override
  public void close() {
    ring.close();
  }
}
