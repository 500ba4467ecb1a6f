package dev.parley.media.congestion;

/**
 * Every number of this package, with where it comes from. "GCC draft" is draft-ietf-rmcat-gcc-02;
 * "measured" means chosen by the traces of the simulator tests.
 */
final class CongestionLimits {
  static final long SECOND = 1_000_000L;
  static final long MILLISECOND = 1_000L;

  /**
   * Transport-wide feedback counts arrivals in quarters of a millisecond (draft-holmer-rmcat-01).
   */
  static final long FEEDBACK_TICK = 250;

  /** Its reference time counts 64 ms in 24 bits. */
  static final long FEEDBACK_REFERENCE = 64 * MILLISECOND;

  /** Arrivals remembered for feedback: 2 s at 1000 packets a second. */
  static final int ARRIVAL_MEMORY = 2048;

  /** Packets one feedback may tell about, so that it stays within one datagram. */
  static final int FEEDBACK_PACKETS_MAX = 400;

  /** A late packet is reported again only when this close behind, or the other side forgot it. */
  static final int FEEDBACK_LATE_MAX = 256;

  /** Sent packets remembered: 8 s at 1000 packets a second; a power of two. */
  static final int SENT_MEMORY = 8192;

  /** Packets that left within this time are one group (GCC draft §5.2). */
  static final long GROUP_LENGTH = 5 * MILLISECOND;

  /** A group never spans more arrival time than this, whatever its packets do. */
  static final long GROUP_ARRIVAL_MAX = 100 * MILLISECOND;

  /** A pause of arrivals this long starts the trend anew. */
  static final long TREND_RESET = 3 * SECOND;

  /** Groups the trend line is fitted over; measured. */
  static final int TREND_WINDOW = 20;

  static final double TREND_SMOOTHING = 0.9;
  static final double TREND_GAIN = 4.0;
  static final int TREND_GROUPS_MAX = 60;

  /** Adaptive threshold (GCC draft §5.4), milliseconds. */
  static final double THRESHOLD_START = 12.5;

  static final double THRESHOLD_MIN = 6;
  static final double THRESHOLD_MAX = 600;
  static final double THRESHOLD_UP = 0.0087;
  static final double THRESHOLD_DOWN = 0.039;
  static final double THRESHOLD_OUTLIER = 15;
  static final double THRESHOLD_STEP_MS_MAX = 100;

  /** Overuse must last this long (GCC draft §5.4). */
  static final long OVERUSE_TIME = 10 * MILLISECOND;

  /** The rise over the window must exceed the scatter around the line this many times; measured. */
  static final double RISE_TO_NOISE = 1.0;

  /** Scatter below this is clock and scheduling noise, and never hides a rise. */
  static final double NOISE_FLOOR_MS = 5;

  static final double DECREASE = 0.85;
  static final double INCREASE_PER_SECOND = 1.08;
  static final double INCREASE_OVER_ARRIVED = 1.5;
  static final long INCREASE_SLACK = 10_000;
  static final long PACKET_BITS = 1200 * 8L;

  /** Between two decreases the effect of the first must be able to show. */
  static final long DECREASE_INTERVAL_MIN = 200 * MILLISECOND;

  /** Window of the arrived bit rate. */
  static final int ARRIVED_BUCKETS = 50;

  static final long ARRIVED_BUCKET = 10 * MILLISECOND;

  /** The same over so short a time, trusted for a while after a probe has raised the rate. */
  static final int ARRIVED_BUCKETS_SHORT = 15;

  static final long ARRIVED_SHORT_TRUST = 1 * SECOND;

  /** Nobody is served below this: audio alone needs it. */
  static final long RATE_MIN = 50_000;

  /** As libwebrtc starts, and as browsers expect. */
  static final long RATE_START = 300_000;

  static final long RATE_MAX = 100_000_000;

  /** Loss is judged over at least this time and this many packets. */
  static final long LOSS_WINDOW = 500 * MILLISECOND;

  static final int LOSS_PACKETS_MIN = 25;

  /** Windows that the lowest loss is taken from: about five seconds. */
  static final int LOSS_HISTORY = 10;

  /** Loss beyond this is never taken as the link's own. */
  static final double LOSS_INHERENT_MAX = 0.12;

  /** Excess up to which the bound grows, and from which it falls (GCC draft §6: 2 % and 10 %). */
  static final double LOSS_LOW = 0.03;

  static final double LOSS_HIGH = 0.08;
  static final double LOSS_GROWTH_PER_WINDOW = 1.08;

  /** A probe sends at least this many packets over at least this time. */
  static final int PROBE_PACKETS_MIN = 5;

  static final long PROBE_TIME = 20 * MILLISECOND;
  static final int PROBE_PACKET_BYTES = 1200;

  /** A probe whose feedback does not come is given up. */
  static final long PROBE_TIMEOUT = 1 * SECOND;

  /** Share of a probe's packets that must have arrived to believe it. */
  static final double PROBE_SHARE_MIN = 0.8;

  /** A burst that arrives slower than this share of its rate has met the bottleneck. */
  static final double PROBE_SATURATED = 0.9;

  static final double PROBE_SAFETY = 0.95;

  /** A probe that brings this share of its rate is followed by another. */
  static final double PROBE_CONTINUE = 0.7;

  static final double PROBE_GAIN_MIN = 1.1;
  static final long PROBE_INTERVAL_MIN = 2 * SECOND;
  static final long PROBE_INTERVAL_MAX = 5 * SECOND;

  /** No probe so soon after overuse. */
  static final long PROBE_AFTER_OVERUSE = 1500 * MILLISECOND;

  /** A probe lasts this many times the scatter of arrivals, or it would measure the scatter. */
  static final double PROBE_TIME_PER_NOISE = 6;

  /** Scatter of arrivals up to which a burst can be measured at all. */
  static final double PROBE_NOISE_MAX_MS = 100;

  /** Packets leave at this multiple of the estimate, so that a key frame does not wait for long. */
  static final double PACING_FACTOR = 2.0;

  /** What may leave at once, in time at the paced rate. */
  static final long PACING_BURST = 5 * MILLISECOND;

  /** Videos one receiver can be sent; design: main, pinned and two pages of thumbnails. */
  static final int DEMANDS_MAX = 64;

  /** Steps of one video: four spatial times four temporal. */
  static final int STEPS_MAX = 16;

  /** A step up must leave this share of the bandwidth free. */
  static final double RAISE_MARGIN = 0.1;

  /** A step up waits this long after a step down, and longer after each that did not hold. */
  static final long RAISE_WAIT_MIN = 2 * SECOND;

  static final long RAISE_WAIT_MAX = 20 * SECOND;

  /** A step that held this long is forgiven. */
  static final long RAISE_HELD = 10 * SECOND;

  /** Key frames are asked for at most this often per encoding; a key frame costs 5-10 frames. */
  static final long KEY_FRAME_INTERVAL = 500 * MILLISECOND;

  /** A request that brought nothing for this long was lost. */
  static final long KEY_FRAME_RETRY = 1 * SECOND;

  private CongestionLimits() {}
}
