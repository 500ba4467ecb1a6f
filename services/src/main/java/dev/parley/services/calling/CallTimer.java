package dev.parley.services.calling;

/** What a call waits for until a moment. */
sealed interface CallTimer {
  /** The user's answer. */
  record Answer(String user) implements CallTimer {}

  /** The client whose socket is gone. */
  record Return(LegId leg) implements CallTimer {}

  /** The media of a leg, to come or to come back. */
  record Media(LegId leg) implements CallTimer {}

  /** The end of the room's time. */
  record RoomClosing() implements CallTimer {}
}
