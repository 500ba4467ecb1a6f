package dev.parley.media.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A zeroed block of native memory with one owner. After {@link #close} its addresses are dead: the
 * owner closes it only when nothing on the packet path can still hold one.
 */
public final class NativeBlock implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;

  /** Takes {@code bytes} bytes, aligned to a cache line. */
  public NativeBlock(long bytes) {
    this.segment = arena.allocate(bytes, 64);
  }

  /** The address of the first byte. */
  public long address() {
    return segment.address();
  }

  /** The size in bytes. */
  public long size() {
    return segment.byteSize();
  }

  /** The block as a segment, for interfaces that take one. */
  public MemorySegment segment() {
    return segment;
  }

  /** The block as a buffer, for channels. */
  public ByteBuffer buffer() {
    return segment.asByteBuffer();
  }

  @Override
  public void close() {
    arena.close();
  }
}
