package dev.parley.services.calling;

/** What a track shows or tells. */
public enum StreamKind {
  AUDIO,
  VIDEO,
  SCREEN_SHARING
}
