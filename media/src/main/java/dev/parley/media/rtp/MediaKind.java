package dev.parley.media.rtp;

import java.util.Locale;

/** What a track carries. */
public enum MediaKind {
  AUDIO,
  VIDEO;

  /** The word in SDP. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
