package dev.parley.media.transport;

import dev.parley.media.memory.NativeBlock;
import java.util.Arrays;

/**
 * The outgoing slots of one socket and the destinations that have something queued. Slots are given
 * in order and all taken back at a flush.
 */
final class EgressSlots {
  static final int SLOTS = 2048;

  final NativeBlock block = new NativeBlock((long) SLOTS * PacketIo.SLOT_BYTES);
  private Destination[] waiting = new Destination[256];
  private int waitingCount;
  private int used;

  boolean full() {
    return used == SLOTS;
  }

  long next() {
    return block.address() + (long) used++ * PacketIo.SLOT_BYTES;
  }

  /** Queues a packet; the caller flushed before when {@code to} was full. */
  void queue(Destination to, long packet, int length) {
    if (to.count == 0) {
      if (waitingCount == waiting.length) {
        waiting = Arrays.copyOf(waiting, waitingCount * 2);
      }
      waiting[waitingCount++] = to;
    }
    to.packets[to.count] = packet;
    to.lengths[to.count++] = length;
  }

  int waitingCount() {
    return waitingCount;
  }

  Destination waiting(int index) {
    return waiting[index];
  }

  void clear() {
    for (int i = 0; i < waitingCount; i++) {
      waiting[i].count = 0;
    }
    waitingCount = 0;
    used = 0;
  }
}
