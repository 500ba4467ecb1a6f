package dev.parley.kit.journal;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Tx;
import java.util.List;
import java.util.Set;

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
   * Entries of some types after {@code position}, in order, at most {@code limit}, as {@link
   * #after(long, int)} sees them.
   *
   * @param types of the facts that are wanted; empty for all
   */
  default Page after(long position, Set<String> types, int limit) {
    List<Entry> entries = after(position, limit);
    return Page.of(position, entries, types, entries.size() == limit);
  }

  /**
   * What a look into the journal showed.
   *
   * @param missing entries after the asked position that were trimmed before it
   * @param entries of the wanted types, in order
   * @param through the position up to which nothing more is wanted
   * @param more whether the look ended before the journal did
   */
  record Page(long missing, List<Entry> entries, long through, boolean more) {
    /** A page out of all entries that follow {@code position}, up to the last of them. */
    static Page of(long position, List<Entry> all, Set<String> types, boolean more) {
      if (all.isEmpty()) {
        return new Page(0, all, position, more);
      }
      List<Entry> wanted =
          types.isEmpty()
              ? all
              : all.stream().filter(entry -> types.contains(entry.fact().type())).toList();
      long missing = all.getFirst().position() - position - 1;
      return new Page(missing, wanted, all.getLast().position(), more);
    }
  }

  /**
   * Replaces the bodies of all facts about {@code subject} by {@code {}} and gives their number;
   * positions, types and times stay.
   */
  int eraseSubject(Tx tx, ResourceId resource, String subject);

  /** The highest position that is durable now, or 0. */
  long head();
}
