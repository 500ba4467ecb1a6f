package dev.parley.media.transport;

import org.jspecify.annotations.Nullable;

/**
 * The replay windows of one connection, by SSRC: each source counts for itself, in RTP and in RTCP
 * (RFC 3711 §3.2.3). Bounded; a source is added only after a packet of it was authentic.
 */
final class SourceWindows {
  private static final int TABLE = 512;
  private static final int SHIFT = 32 - 9;

  private final int[] sources = new int[TABLE];
  private final @Nullable ReplayWindow[] windows = new ReplayWindow[TABLE];
  private int count;

  @Nullable ReplayWindow find(int ssrc) {
    return windows[place(ssrc)];
  }

  boolean full() {
    return count == SrtpReceiver.SOURCES_MAX;
  }

  /** A new window for a source that has none. */
  ReplayWindow add(int ssrc) {
    int place = place(ssrc);
    ReplayWindow window = new ReplayWindow();
    sources[place] = ssrc;
    windows[place] = window;
    count++;
    return window;
  }

  private int place(int ssrc) {
    int place = ssrc * 0x9E3779B9 >>> SHIFT;
    while (windows[place] != null && sources[place] != ssrc) {
      place = place + 1 & TABLE - 1;
    }
    return place;
  }
}
