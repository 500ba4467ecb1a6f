package dev.parley.kit.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest entries of the journal that this process appended, without a hole, so that readers
 * that keep up cost no query. At most {@value #ENTRIES} entries with bodies of at most {@value
 * #BODY_CHARACTERS} characters; a larger one, and a hole where another process wrote, empties it.
 * Thread-safe.
 */
final class RecentEntries {
  static final int ENTRIES = 1024;
  static final int BODY_CHARACTERS = 4096;

  private final Entry[] ring = new Entry[ENTRIES];
  private long newest;
  private int size;

  /** Takes an entry that is durable; positions rise from call to call. */
  synchronized void add(Entry entry) {
    if (entry.position() != newest + 1) {
      size = 0;
    }
    newest = entry.position();
    if (entry.fact().body().length() > BODY_CHARACTERS) {
      size = 0;
      return;
    }
    ring[(int) (newest % ENTRIES)] = entry;
    size = Math.min(size + 1, ENTRIES);
  }

  /** What follows {@code position}, at most {@code limit}; empty when the store must be asked. */
  synchronized List<Entry> after(long position, int limit) {
    if (position < newest - size || position >= newest) {
      return List.of();
    }
    long last = Math.min(newest, position + limit);
    List<Entry> page = new ArrayList<>((int) (last - position));
    for (long at = position + 1; at <= last; at++) {
      page.add(ring[(int) (at % ENTRIES)]);
    }
    return page;
  }

  /** Forgets all: entries were changed or removed in the store. */
  synchronized void clear() {
    size = 0;
  }
}
