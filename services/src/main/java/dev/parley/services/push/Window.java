package dev.parley.services.push;

/** Frames that the device has not answered yet. */
record Window(int frames, long bytes) {
  static final Window EMPTY = new Window(0, 0);

  Window plus(long more) {
    return new Window(frames + 1, bytes + more);
  }

  Window minus(long fewer) {
    return new Window(frames - 1, bytes - fewer);
  }

  /** A single frame always fits, however large: else a large one would never go out. */
  boolean hasRoom(long more, boolean budget) {
    return frames == 0
        || budget
            && frames < PushLimits.WINDOW_FRAMES_MAX
            && bytes + more <= PushLimits.WINDOW_BYTES_MAX;
  }

  boolean isHalfEmpty() {
    return frames <= PushLimits.WINDOW_FRAMES_MAX / 2 && bytes <= PushLimits.WINDOW_BYTES_MAX / 2;
  }
}
