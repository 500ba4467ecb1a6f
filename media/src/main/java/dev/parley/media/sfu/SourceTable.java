package dev.parley.media.sfu;

import org.jspecify.annotations.Nullable;

/** Finds what belongs to an SSRC without making an object. Small, bounded, owned by one loop. */
final class SourceTable<T> {
  /** Sources of one connection; a client has no reason for more. */
  static final int MAX = 512;

  private static final int SIZE = 2048;

  private final int[] keys = new int[SIZE];
  private final @Nullable Object[] values = new Object[SIZE];
  private int count;

  @SuppressWarnings("unchecked")
  @Nullable T get(int ssrc) {
    return (T) values[place(ssrc)];
  }

  /** Binds; false when the table is full. */
  boolean put(int ssrc, T value) {
    int place = place(ssrc);
    if (values[place] == null) {
      if (count == MAX) {
        return false;
      }
      count++;
    }
    keys[place] = ssrc;
    values[place] = value;
    return true;
  }

  /** Forgets everything that belongs to {@code value}. */
  void removeAll(T value) {
    int[] oldKeys = keys.clone();
    @Nullable Object[] oldValues = values.clone();
    java.util.Arrays.fill(values, null);
    count = 0;
    for (int i = 0; i < SIZE; i++) {
      if (oldValues[i] != null && oldValues[i] != value) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
        count++;
      }
    }
  }

  private int place(int ssrc) {
    int place = ssrc * 0x9E3779B9 >>> 21;
    while (values[place] != null && keys[place] != ssrc) {
      place = place + 1 & SIZE - 1;
    }
    return place;
  }
}
