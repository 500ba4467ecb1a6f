package dev.parley.media.sfu;

import dev.parley.media.codec.PacketBytes;
import dev.parley.media.memory.Memory;

/** Packet bytes at a native address; moved from packet to packet. */
final class SlotBytes implements PacketBytes {
  private long base;

  SlotBytes at(long address) {
    base = address;
    return this;
  }

  @Override
  public int u8(int index) {
    return Memory.u8(base + index);
  }

  @Override
  public void put8(int index, int value) {
    Memory.put8(base + index, value);
  }

  @Override
  public int u16(int index) {
    return Memory.u16(base + index);
  }

  @Override
  public void put16(int index, int value) {
    Memory.put16(base + index, value);
  }
}
