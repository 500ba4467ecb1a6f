package dev.parley.kit.journal;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Tx;
import java.util.List;

/** The journal: facts appended with the change they tell of, and read by position. */
public interface Journal {
  /**
   * Appends {@code fact} in the caller's transaction and gives its position. Readers are woken
   * after the commit.
   */
  long append(Tx tx, Fact fact);

  /**
   * Entries after {@code position}, in order, at most {@code limit}. An entry is seen only when
   * every lower position is decided: nothing ever appears later below one that was returned.
   */
  List<Entry> after(long position, int limit);

  /**
   * Replaces the bodies of all facts about {@code subject} by {@code {}} and gives their number;
   * positions, types and times stay.
   */
  int eraseSubject(Tx tx, ResourceId resource, String subject);

  /** The highest position that is durable now, or 0. */
  long head();
}
