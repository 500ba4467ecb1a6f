package dev.parley.services.push;

/** What a session is doing; each record holds only what is true in that state. */
sealed interface SessionState {
  /** Connected, not registered: nothing is delivered, the journal is not followed. */
  record Open(Cursor cursor) implements SessionState {}

  /** In the hands of the catch-up reader, which offers what was missed. */
  record CatchingUp(Cursor cursor, Window window) implements SessionState {}

  /** Gets each message as it happens. */
  record Live(Cursor cursor, Window window) implements SessionState {}

  /** The window is full; goes back to catching up when the device has answered half of it. */
  record Stalled(Cursor cursor, Window window) implements SessionState {}

  /** The server stops: sends nothing new, and waits for the answers to what it sent. */
  record Leaving(Window window) implements SessionState {}

  /** The client was asked to reconnect; its next connection says how far it came. */
  record Left() implements SessionState {}

  /** Over. */
  record Ended(EndReason reason) implements SessionState {}
}
