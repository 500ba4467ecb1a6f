package dev.parley.media.audio;

/** Every number of this package, with where it comes from. */
public final class AudioLimits {
  /** Sample rate inside the server: Opus' own (RFC 7587 §4.1). */
  public static final int SAMPLE_RATE = 48_000;

  /** Samples of one frame of 20 ms, the packet time of browsers and phones. */
  public static final int FRAME_SAMPLES = 960;

  /** Samples of the longest Opus packet, 120 ms (RFC 6716 §2.1.4). */
  public static final int PACKET_SAMPLES_MAX = 5760;

  /** Bytes of the longest Opus frame (RFC 6716 §3.2.1); a packet of several may be refused. */
  public static final int PACKET_BYTES_MAX = 1500;

  static final long FRAME_MICROS = 20_000;

  /** Packets held; 1.28 s of 20 ms packets. */
  static final int JITTER_SLOTS = 64;

  static final long TARGET_START_MICROS = 40_000;
  static final long TARGET_MIN_MICROS = 20_000;

  /** Beyond this people talk over each other (ITU-T G.114: 400 ms one way is the limit). */
  static final long TARGET_MAX_MICROS = 300_000;

  /** Share of packets that shall be in time. */
  static final double TARGET_SHARE = 0.97;

  /** Weight a packet loses with every later one: about 10 s of memory at 50 a second. */
  static final double TARGET_FORGETTING = 0.998;

  static final int TARGET_BUCKETS = 40;
  static final long TARGET_BUCKET_MICROS = 10_000;

  /**
   * The least transit time is looked for in the last 5 to 10 s, so that clock drift is followed.
   */
  static final long BASE_WINDOW_MICROS = 5_000_000;

  /** A packet this late means that the sender's clock has jumped. */
  static final long TIME_JUMP_MICROS = 1_000_000;

  /** Frames of sound made up for missing ones before silence: 100 ms, then voices sound robotic. */
  static final int CONCEAL_FRAMES_MAX = 5;

  /** Spare sound that is cut at once, and that is cut where it is quiet. */
  static final long SPARE_HARD_MICROS = 120_000;

  static final long SPARE_QUIET_MICROS = 25_000;

  /** Below this level (RFC 6464 scale) a cut is not heard. */
  static final int QUIET_LEVEL = 50;

  /** Between two cuts, so that speech does not hurry audibly. */
  static final int FRAMES_BETWEEN_CUTS = 10;

  /** Input samples each output of the resampler depends on. */
  static final int RESAMPLER_TAPS = 24;

  /** Opus on mixer legs: speech at 32 kbit/s, complexity 5 (measured: 0.14 ms a frame natively). */
  static final int OPUS_BITRATE = 32_000;

  static final int OPUS_COMPLEXITY = 5;
  static final int OPUS_LOSS_PERCENT = 5;

  private AudioLimits() {}
}
