package dev.parley.media.speaker;

/**
 * Every number of this package. Times follow how speech is built (syllable 0.1-0.2 s, word 0.5 s,
 * sentence 2 s); thresholds were set by the scenes of the tests.
 */
final class SpeakerLimits {
  static final int SILENCE = 127;

  static final double INSTANT_MICROS = 100_000;
  static final double WHILE_MICROS = 500_000;
  static final double LONG_MICROS = 2_000_000;

  /** A participant without packets for this long is silent (browsers stop sending in DTX). */
  static final long STALE_MICROS = 400_000;

  /** Loudness above the background that counts fully as speech, dB. */
  static final double SPEECH_DB = 30;

  /** Below this above the background nothing is speech. */
  static final double SPEECH_FLOOR_DB = 9;

  /** Quieter than this is never speech: -60 dBov. */
  static final int AUDIBLE_LEVEL = 60;

  /** The background falls at once and rises by so much a second. */
  static final double BACKGROUND_RISE_DB_PER_SECOND = 2;

  static final double BACKGROUND_START = 70;

  /** Activity of a while from which a participant is active, and below which no longer. */
  static final double ACTIVE_ON = 0.30;

  static final double ACTIVE_OFF = 0.08;

  /** A new dominant speaker must be ahead by these factors. */
  static final double AHEAD_INSTANT = 1.2;

  static final double AHEAD_WHILE = 1.5;
  static final double AHEAD_LONG = 1.0;

  /** The dominant one has fallen silent when its while falls below this. */
  static final double FLOOR_FREE = 0.10;

  /** A dominant speaker stays so for at least this long. */
  static final long HOLD_MICROS = 1_000_000;

  private SpeakerLimits() {}
}
