package dev.parley.media.codec;

/** {@link PacketBytes} over an array; the array may be exchanged so that one view is reused. */
public final class ArrayBytes implements PacketBytes {
  private byte[] array;

  /** A view of {@code array}, which it does not copy. */
  public ArrayBytes(byte[] array) {
    this.array = array;
  }

  /** Looks at another array from now on. */
  public void wrap(byte[] other) {
    this.array = other;
  }

  @Override
  public int u8(int index) {
    return array[index] & 0xff;
  }

  @Override
  public void put8(int index, int value) {
    array[index] = (byte) value;
  }
}
