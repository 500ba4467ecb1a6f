package dev.parley.media.congestion;

/** What the trend of the delay says about the way to the receiver. */
enum NetworkUse {
  /** Queues drain. */
  UNDER,
  /** Queues keep their length. */
  NORMAL,
  /** Queues grow. */
  OVER
}
