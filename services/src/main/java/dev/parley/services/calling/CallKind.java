package dev.parley.services.calling;

/** What sort of call it is; the wire's words are {@code OneToOne}, {@code Group} and so on. */
public enum CallKind {
  ONE_TO_ONE,
  GROUP,
  ROOM,
  ECHO
}
