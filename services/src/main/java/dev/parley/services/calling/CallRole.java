package dev.parley.services.calling;

/** What a participant may do; calls without a room know presenters only. */
public enum CallRole {
  PRESENTER,
  COLLABORATOR,
  ATTENDEE,
  CONSUMER
}
