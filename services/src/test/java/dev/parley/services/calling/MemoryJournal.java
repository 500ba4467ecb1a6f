package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Tx;
import java.util.ArrayList;
import java.util.List;

/** Facts in a list. */
final class MemoryJournal implements Journal {
  private final List<Entry> entries = new ArrayList<>();

  @Override
  public long append(Tx tx, Fact fact) {
    tx.afterCommit(() -> entries.add(new Entry(entries.size() + 1, fact)));
    return 0;
  }

  @Override
  public List<Entry> after(long position, int limit) {
    return List.copyOf(
        entries.subList((int) position, (int) Math.min(entries.size(), position + limit)));
  }

  @Override
  public int eraseSubject(Tx tx, ResourceId resource, String subject) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long head() {
    return entries.size();
  }
}
