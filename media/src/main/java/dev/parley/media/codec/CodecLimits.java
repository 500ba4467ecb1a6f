package dev.parley.media.codec;

/** Every number of this package, with where it comes from. */
final class CodecLimits {
  /**
   * Packets of one segment whose numbering is remembered. About one second of 8 Mbit/s video at
   * 1100 bytes, which is longer than any useful retransmission.
   */
  static final int SEQUENCE_MEMORY = 1024;

  /** Pictures (or AV1 frames) whose fate is remembered; 4 s at 60 fps, or 1.4 s of L3 at 60 fps. */
  static final int PICTURE_MEMORY = 256;

  /** Sent packets that a receiver may ask for again; the same second as above. */
  static final int REPLAY_MEMORY = 1024;

  /** Simulcast encodings of one track; browsers make at most 3 (RFC 8853 names no bound). */
  static final int ENCODINGS_MAX = 4;

  /** Templates of an AV1 dependency structure: template ids have 6 bits. */
  static final int TEMPLATES_MAX = 64;

  /** Decode targets of an AV1 dependency structure: dt_cnt_minus_one has 5 bits. */
  static final int DECODE_TARGETS_MAX = 32;

  /** References of one AV1 frame that are kept; AV1 has 7 reference slots, libaom names fewer. */
  static final int FRAME_DIFFS_MAX = 16;

  /** Spatial ids have 3 bits in VP9 (RFC 9628 §4.2) and 2 in AV1. */
  static final int SPATIAL_LAYERS_MAX = 8;

  /**
   * AV1 frames to wait for a switch point before a key frame is asked for: 0.3 s of L3 at 30 fps.
   */
  static final int SWITCH_POINT_WAIT_FRAMES = 27;

  /** Pictures between two base pictures whose layers are learnt; encoders use 2 or 4. */
  static final int PATTERN_MEMORY = 16;

  /** Pictures without the top layer until it counts as ended; fewer may only be late. */
  static final int TOP_MISSING_PICTURES = 5;

  /** Clock of every RTP video payload, in ticks per second. */
  static final int VIDEO_CLOCK_HZ = 90_000;

  /** Smallest step of the RTP timestamp over a switch: 1 ms, so that two frames never share one. */
  static final int TIMESTAMP_STEP_MIN = VIDEO_CLOCK_HZ / 1000;

  /** Largest step over a switch, 10 s: a longer pause is shown as this long. */
  static final long TIMESTAMP_STEP_MAX = 10L * VIDEO_CLOCK_HZ;

  private CodecLimits() {}
}
