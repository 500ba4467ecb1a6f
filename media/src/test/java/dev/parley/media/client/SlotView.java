package dev.parley.media.client;

import dev.parley.media.codec.PacketBytes;
import dev.parley.media.memory.Memory;

/**
 * Packet bytes at a native address.
 *
 * @param base address of the first
 */
public record SlotView(long base) implements PacketBytes {
  @Override
  public int u8(int at) {
    return Memory.u8(base + at);
  }

  @Override
  public void put8(int at, int value) {
    Memory.put8(base + at, value);
  }
}
