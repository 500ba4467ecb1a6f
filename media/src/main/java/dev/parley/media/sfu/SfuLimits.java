package dev.parley.media.sfu;

/** The numbers of forwarding, with their reasons. */
final class SfuLimits {
  /** An encoding without packets for this long is off: browsers pause encodings they cannot pay. */
  static final long LAYER_SILENT_NANOS = 1_000_000_000;

  /** A shared screen may stand still for long. */
  static final long SCREEN_SILENT_NANOS = 15_000_000_000L;

  /** Between transport-wide feedbacks to a publisher; libwebrtc sends every 50 to 250 ms. */
  static final long FEEDBACK_NANOS = 50_000_000;

  /** Between reports in each direction; RFC 3550 §6.2 wants less than 5 % of the bandwidth. */
  static final long REPORT_NANOS = 1_000_000_000;

  /** Tracks that one member may publish. */
  static final int TRACKS_PER_MEMBER_MAX = 32;

  /** A round trip before the first was measured. */
  static final long ROUND_TRIP_NANOS_INITIAL = 100_000_000;

  private SfuLimits() {}
}
