package dev.parley.services.calling.media;

/**
 * How a client shows a video.
 *
 * @param height in pixels, 0 when it is not shown
 * @param pinned whether it comes before others when bandwidth is short
 */
record Shown(int height, boolean pinned) {
  /** Browsers send simulcast encodings of a quarter, half and full height, 720 pixels at most. */
  private static final int LOW_MAX = 180;

  private static final int MIDDLE_MAX = 360;

  /** The highest of the three simulcast encodings that is of use at this height. */
  int spatialMax() {
    return height <= LOW_MAX ? 0 : height <= MIDDLE_MAX ? 1 : 2;
  }
}
