package dev.parley.media.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the owner of a remote address without making an object: open addressing over IP and port.
 * Owned by one media loop. Removal rebuilds the run behind the hole, so lookups stay short.
 */
public final class AddressTable<T> {
  private long[] highs = new long[64];
  private long[] lows = new long[64];
  private int[] ports = new int[64];
  private @Nullable Object[] values = new Object[64];
  private int size;

  /** The value for the address at {@code block} (see {@link SocketAddresses}), or null. */
  public @Nullable T get(long block) {
    return get(
        SocketAddresses.high(block), SocketAddresses.low(block), SocketAddresses.port(block));
  }

  @SuppressWarnings("unchecked")
  private @Nullable T get(long high, long low, int port) {
    int index = find(high, low, port);
    return (T) values[index];
  }

  /** Binds the address at {@code block} to {@code value}; gives what it was bound to before. */
  @SuppressWarnings("unchecked")
  public @Nullable T put(long block, T value) {
    if (size * 2 >= values.length) {
      grow();
    }
    long high = SocketAddresses.high(block);
    long low = SocketAddresses.low(block);
    int port = SocketAddresses.port(block);
    int index = find(high, low, port);
    T before = (T) values[index];
    if (before == null) {
      size++;
    }
    highs[index] = high;
    lows[index] = low;
    ports[index] = port;
    values[index] = value;
    return before;
  }

  /** Forgets every address that is bound to {@code value}. */
  public void removeAll(T value) {
    boolean found = false;
    for (Object bound : values) {
      found |= bound == value;
    }
    if (found) {
      rebuild(values.length, value);
    }
  }

  /** How many addresses are bound. */
  public int size() {
    return size;
  }

  private int find(long high, long low, int port) {
    int mask = values.length - 1;
    int index = hash(high, low, port) & mask;
    while (values[index] != null
        && (highs[index] != high || lows[index] != low || ports[index] != port)) {
      index = (index + 1) & mask;
    }
    return index;
  }

  private static int hash(long high, long low, int port) {
    long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L + port * 0xC2B2AE3D27D4EB4FL;
    return (int) (mixed ^ mixed >>> 32);
  }

  private void grow() {
    rebuild(values.length * 2, null);
  }

  private void rebuild(int capacity, @Nullable Object without) {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    int[] oldPorts = ports;
    @Nullable Object[] oldValues = values;
    highs = new long[capacity];
    lows = new long[capacity];
    ports = new int[capacity];
    values = new Object[capacity];
    Arrays.fill(values, null);
    size = 0;
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != null && oldValues[i] != without) {
        int index = find(oldHighs[i], oldLows[i], oldPorts[i]);
        highs[index] = oldHighs[i];
        lows[index] = oldLows[i];
        ports[index] = oldPorts[i];
        values[index] = oldValues[i];
        size++;
      }
    }
  }
}
