package dev.parley.media.codec;

/**
 * Bytes of one packet, wherever they lie: a native slot of a media loop or an array. Callers pass
 * offset and length beside it, so that one view serves a whole slab.
 */
public interface PacketBytes {
  /** The byte at {@code index}, 0 to 255. The caller has checked the bound. */
  int u8(int index);

  /** Writes the low eight bits of {@code value} at {@code index}. */
  void put8(int index, int value);

  /** Two bytes at {@code index} in network order, 0 to 65535. */
  default int u16(int index) {
    return u8(index) << 8 | u8(index + 1);
  }

  /** Writes the low sixteen bits of {@code value} at {@code index} in network order. */
  default void put16(int index, int value) {
    put8(index, value >>> 8);
    put8(index + 1, value);
  }
}
