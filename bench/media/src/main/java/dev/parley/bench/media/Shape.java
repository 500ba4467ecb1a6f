package dev.parley.bench.media;

import java.util.List;

/**
 * A shape of load.
 *
 * @param publishers who send
 * @param perFrame packets of a frame, sent at once
 * @param framesPerSecond of each publisher
 */
record Shape(int publishers, int perFrame, int framesPerSecond) {
  /** One publisher: 36, 24 and 24 thousand packets a second to 60 receivers. */
  static final List<Shape> ONE_TO_MANY =
      List.of(new Shape(1, 10, 60), new Shape(1, 2, 200), new Shape(1, 1, 400));

  /** Four publishers, each seen by everybody. */
  static final Shape MANY_TO_MANY = new Shape(4, 2, 150);

  @Override
  public String toString() {
    return publishers == 1 ? "" + perFrame : perFrame + ", " + publishers + " publishers";
  }
}
