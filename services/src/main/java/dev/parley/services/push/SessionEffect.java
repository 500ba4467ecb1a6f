package dev.parley.services.push;

/** What a decision wants done. */
sealed interface SessionEffect {
  /** Send the offered message; the client remembers {@code after} with it. */
  record Send(Cursor after) implements SessionEffect {}

  /** Send the signal. */
  record SendSignal() implements SessionEffect {}

  /** Let the client remember a place in the journal, without a message. */
  record Remember(Cursor cursor) implements SessionEffect {}

  /** Hand the session to the catch-up reader. */
  record CatchUp() implements SessionEffect {}

  /** Ask the client to open a new connection. */
  record AskReconnect() implements SessionEffect {}

  /** Close the socket. */
  record Close(EndReason reason) implements SessionEffect {}
}
