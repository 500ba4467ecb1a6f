package dev.parley.services.calling;

import java.time.Duration;

/** What the journal is told of a call; {@link CallFacts} gives it its form. */
sealed interface CallFact {
  /** It was begun. */
  record Started() implements CallFact {}

  /** It is over, after this time, by this user or, when empty, by nobody. */
  record Ended(EndReason reason, String by, Duration lasted) implements CallFact {}

  /** The participant is in it from now on. */
  record Added(Participant participant) implements CallFact {}

  /** The participant is in it no more. */
  record Removed(Participant participant, EndReason reason) implements CallFact {}

  /** The participant is called by a user. */
  record Incoming(Participant participant, String by) implements CallFact {}

  /** The user's client did not come back. */
  record UserDisconnected(String user) implements CallFact {}
}
