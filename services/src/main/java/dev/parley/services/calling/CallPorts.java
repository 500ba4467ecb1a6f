package dev.parley.services.calling;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Mailbox;
import dev.parley.kit.sql.Database;

/** What all calls stand on. */
record CallPorts(
    Database database,
    CallStore store,
    CallFacts facts,
    Clock clock,
    Ids ids,
    CallClients clients,
    CallMedia media,
    Turns turns) {
  /** How the owner of a call comes to its turn when something waits for it. */
  interface Turns {
    /** Gives what makes {@code turn} run soon, never twice at the same time. */
    Runnable waking(String name, Runnable turn);

    /** Turns run on a virtual thread that lives only while something waits. */
    static Turns threads() {
      return (name, turn) -> {
        // One that waits is enough: it finds all that came before it runs.
        Mailbox<Runnable> mailbox = new Mailbox<>(name, 2, Runnable::run);
        return () -> mailbox.offer(turn);
      };
    }
  }
}
