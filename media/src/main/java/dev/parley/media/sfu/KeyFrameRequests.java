package dev.parley.media.sfu;

/**
 * When to ask a publisher for a key frame: at once when none was asked for lately, else once the
 * pause is over. A key frame that arrives settles every wish that stood.
 */
final class KeyFrameRequests {
  /** Least time between two requests for one layer: a key frame costs five to ten others. */
  static final long PAUSE_NANOS = 500_000_000;

  private boolean wanted;
  private boolean asked;
  private long lastAsked;

  void want() {
    wanted = true;
  }

  void keyFrameArrived() {
    wanted = false;
  }

  /** Whether to ask now; notes that it was done. */
  boolean ask(long now) {
    if (!wanted || (asked && now - lastAsked < PAUSE_NANOS)) {
      return false;
    }
    asked = true;
    lastAsked = now;
    return true;
  }
}
