package dev.parley.services.push;

/** Everything that can happen to a session. */
sealed interface SessionEvent {
  /** The client registered, or renewed its registration. */
  record Registered() implements SessionEvent {}

  /** The client unregistered, or its registration expired; {@code now} is the journal's end. */
  record Unregistered(Cursor now) implements SessionEvent {}

  /**
   * A message of the journal.
   *
   * @param after where the cursor stands once it is delivered
   * @param bytes that it takes until it is answered
   * @param budget whether all sessions together may take these bytes
   * @param replay whether it comes from the catch-up reader
   */
  record Offered(Cursor after, long bytes, boolean budget, boolean replay)
      implements SessionEvent {}

  /** A message that is in no journal. */
  record Signalled(long bytes, boolean budget) implements SessionEvent {}

  /** The device answered a frame of so many bytes. */
  record Answered(long bytes) implements SessionEvent {}

  /** The catch-up reader has offered everything up to here, and live delivery goes on from here. */
  record CaughtUp(Cursor upTo) implements SessionEvent {}

  /** The device is alive, and live delivery has offered everything up to here. */
  record Alive(Cursor upTo) implements SessionEvent {}

  /** The server wants to stop. */
  record Stopping() implements SessionEvent {}

  /** The session is over. */
  record Over(EndReason reason) implements SessionEvent {}
}
