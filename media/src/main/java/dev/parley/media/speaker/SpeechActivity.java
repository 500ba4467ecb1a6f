package dev.parley.media.speaker;

/** Loudness of one participant over three lengths of time, 0 (silent) to 1 (speaks). */
final class SpeechActivity {
  private double background = SpeakerLimits.BACKGROUND_START;
  private double instant;
  private double shortWhile;
  private double sentence;
  private double pending;
  private long heardAt = Long.MIN_VALUE / 2;
  private long advancedAt = -1;
  private boolean active;

  void reset() {
    background = SpeakerLimits.BACKGROUND_START;
    instant = 0;
    shortWhile = 0;
    sentence = 0;
    pending = 0;
    heardAt = Long.MIN_VALUE / 2;
    advancedAt = -1;
    active = false;
  }

  /** A packet with this level, 0 loudest to 127 silent. */
  void heard(int level, boolean voice, long nowMicros) {
    advance(nowMicros);
    double step = Math.min(nowMicros - heardAt, SpeakerLimits.STALE_MICROS) / 1e6;
    background = Math.max(20, background - SpeakerLimits.BACKGROUND_RISE_DB_PER_SECOND * step);
    double loudness = SpeakerLimits.SILENCE - level;
    double floor = SpeakerLimits.SILENCE - background;
    background = loudness < floor ? level : background;
    double above = loudness - (SpeakerLimits.SILENCE - background);
    boolean audible = level <= SpeakerLimits.AUDIBLE_LEVEL && voice;
    pending =
        audible && above > SpeakerLimits.SPEECH_FLOOR_DB
            ? Math.min(1, above / SpeakerLimits.SPEECH_DB)
            : 0;
    heardAt = nowMicros;
  }

  /** Lets time pass with the last loudness, or with silence when nothing has come for long. */
  void advance(long nowMicros) {
    if (advancedAt < 0) {
      advancedAt = nowMicros;
      return;
    }
    long step = nowMicros - advancedAt;
    if (step <= 0) {
      return;
    }
    advancedAt = nowMicros;
    double value = nowMicros - heardAt > SpeakerLimits.STALE_MICROS ? 0 : pending;
    instant = follow(instant, value, step, SpeakerLimits.INSTANT_MICROS);
    shortWhile = follow(shortWhile, value, step, SpeakerLimits.WHILE_MICROS);
    sentence = follow(sentence, value, step, SpeakerLimits.LONG_MICROS);
    active = shortWhile > (active ? SpeakerLimits.ACTIVE_OFF : SpeakerLimits.ACTIVE_ON);
  }

  private static double follow(double old, double value, long step, double time) {
    return value + (old - value) * Math.exp(-step / time);
  }

  double instant() {
    return instant;
  }

  double shortWhile() {
    return shortWhile;
  }

  double sentence() {
    return sentence;
  }

  boolean active() {
    return active;
  }
}
