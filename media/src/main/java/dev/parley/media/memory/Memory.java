package dev.parley.media.memory;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads and writes native memory at an address, in network byte order, without making an object.
 * Nothing here checks bounds against the end of a block: every caller proves its length first.
 */
public final class Memory {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

  private Memory() {}

  /** The unsigned byte at {@code address}. */
  public static int u8(long address) {
    return ALL.get(ValueLayout.JAVA_BYTE, address) & 0xff;
  }

  /** The unsigned 16-bit number at {@code address}. */
  public static int u16(long address) {
    return ALL.get(SHORT, address) & 0xffff;
  }

  /** The unsigned 24-bit number at {@code address}. */
  public static int u24(long address) {
    return u8(address) << 16 | u16(address + 1);
  }

  /** The 32 bits at {@code address}, as a signed int that stands for them. */
  public static int i32(long address) {
    return ALL.get(INT, address);
  }

  /** The unsigned 32-bit number at {@code address}. */
  public static long u32(long address) {
    return ALL.get(INT, address) & 0xffffffffL;
  }

  /** The 64 bits at {@code address}. */
  public static long i64(long address) {
    return ALL.get(LONG, address);
  }

  /** Writes the low 8 bits. */
  public static void put8(long address, int value) {
    ALL.set(ValueLayout.JAVA_BYTE, address, (byte) value);
  }

  /** Writes the low 16 bits. */
  public static void put16(long address, int value) {
    ALL.set(SHORT, address, (short) value);
  }

  /** Writes the low 24 bits. */
  public static void put24(long address, int value) {
    put8(address, value >>> 16);
    put16(address + 1, value);
  }

  /** Writes 32 bits. */
  public static void put32(long address, int value) {
    ALL.set(INT, address, value);
  }

  /** Writes 64 bits. */
  public static void put64(long address, long value) {
    ALL.set(LONG, address, value);
  }

  /** The 16 bits at {@code address} in the order of this machine, as system calls use. */
  public static int native16(long address) {
    return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address) & 0xffff;
  }

  /** The 32 bits at {@code address} in the order of this machine. */
  public static int native32(long address) {
    return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  /** The 64 bits at {@code address} in the order of this machine. */
  public static long native64(long address) {
    return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  /** Writes 16 bits in the order of this machine. */
  public static void putNative16(long address, int value) {
    ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, (short) value);
  }

  /** Writes 32 bits in the order of this machine. */
  public static void putNative32(long address, int value) {
    ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  /** Writes 64 bits in the order of this machine. */
  public static void putNative64(long address, long value) {
    ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  /** Copies {@code length} bytes; the ranges may overlap. */
  public static void copy(long from, long to, int length) {
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  /** Copies {@code length} bytes from the heap. */
  public static void copyIn(byte[] from, int offset, long to, int length) {
    MemorySegment.copy(from, offset, ALL, ValueLayout.JAVA_BYTE, to, length);
  }

  /** Copies {@code length} bytes to the heap. */
  public static void copyOut(long from, byte[] to, int offset, int length) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, offset, length);
  }

  /** The bytes as a new array; for the slow paths. */
  public static byte[] bytes(long from, int length) {
    byte[] copy = new byte[length];
    copyOut(from, copy, 0, length);
    return copy;
  }

  /** Sets {@code length} bytes to {@code value}. */
  public static void fill(long address, int length, int value) {
    for (int i = 0; i < length; i++) {
      put8(address + i, value);
    }
  }
}
