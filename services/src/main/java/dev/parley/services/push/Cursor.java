package dev.parley.services.push;

/**
 * How far a device has come: everything of journal positions below {@code position}, and the first
 * {@code count} messages that the fact at {@code position} has for this user.
 */
record Cursor(long position, int count) implements Comparable<Cursor> {
  /** Everything up to and with the fact at {@code position}. */
  static Cursor through(long position) {
    return new Cursor(position, Integer.MAX_VALUE);
  }

  @Override
  public int compareTo(Cursor other) {
    int byPosition = Long.compare(position, other.position);
    return byPosition != 0 ? byPosition : Integer.compare(count, other.count);
  }

  boolean covers(Cursor other) {
    return compareTo(other) >= 0;
  }
}
