package dev.parley.media.congestion;

/** What a video is to its viewer, in order of priority. */
public enum VideoKind {
  /** A shared screen: sharpness before smoothness. */
  SCREEN,
  /** A person the viewer has fixed. */
  PINNED,
  /** A person, by how lately they spoke. */
  SPEAKER
}
