package dev.parley.services.push;

import dev.parley.kit.journal.Entry;

/**
 * A feature whose facts are pushed. Push owns the reader of the journal and hands each entry to
 * every source, and hands it again, with another {@link Push} that knows one user only, when a
 * device comes back and catches up. So a source keeps no state and calls nothing but {@code to}.
 */
@FunctionalInterface
public interface PushSource {
  /**
   * Turns one fact into messages: for each of {@code to.connectedUsers(...)} whom it concerns,
   * {@code to.deliver(...)} with the entry's position. The same entry must give the same messages
   * whenever it is asked; an entry of another feature gives none.
   */
  void push(Entry entry, Push to);
}
