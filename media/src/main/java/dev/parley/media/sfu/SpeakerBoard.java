package dev.parley.media.sfu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks in a room, from the levels that packets carry (RFC 6464). A speaker must stay clearly
 * louder for a while before he becomes the dominant one, so that a cough changes nothing.
 */
final class SpeakerBoard {
  private static final long INTERVAL_NANOS = 100_000_000;

  // Levels are 0 (loudest) to 127 dB below overload; quieter than this is background.
  private static final double SPEECH_LEVEL = 127 - 55;
  private static final double RISE = 0.4;
  private static final double FALL = 0.12;
  private static final double DOMINANCE_MARGIN = 6;
  private static final int DOMINANCE_INTERVALS = 5;
  private static final int HOLD_INTERVALS = 20;

  private final List<Voice> voices = new ArrayList<>();
  private final List<Member> recent = new ArrayList<>();
  private final List<Member> speaking = new ArrayList<>();
  private @Nullable Voice dominant;
  private @Nullable Voice challenger;
  private int challenged;
  private int lastN;
  private long nextInterval;

  SpeakerBoard(long now) {
    this.nextInterval = now + INTERVAL_NANOS;
  }

  void lastN(int count) {
    lastN = count;
  }

  /** One audio track on the board. */
  static final class Voice {
    final SourceTrack track;
    private int loudest;
    private double level;
    private int held;
    private boolean audible = true;

    Voice(SourceTrack track) {
      this.track = track;
    }

    /** Notes a packet's level byte: voice flag and 7 bits of -dBov. */
    void packet(int levelByte) {
      loudest = Math.max(loudest, 127 - (levelByte & 0x7f));
    }

    /** Smoothed loudness, 0 for silence to 127. */
    double level() {
      return level;
    }

    /** Whether the voice is among those that are forwarded. */
    boolean audible() {
      return audible;
    }

    private void interval() {
      level += (loudest - level) * (loudest > level ? RISE : FALL);
      held = level >= SPEECH_LEVEL ? HOLD_INTERVALS : Math.max(0, held - 1);
      loudest = 0;
    }
  }

  Voice add(SourceTrack track) {
    Voice voice = new Voice(track);
    voices.add(voice);
    return voice;
  }

  void remove(SourceTrack track) {
    voices.removeIf(voice -> voice.track == track);
    recent.remove(track.owner());
    if (dominant != null && dominant.track == track) {
      dominant = null;
    }
  }

  /** The place of {@code member} among those who were dominant, the latest first. */
  int recency(Member member) {
    int place = recent.indexOf(member);
    return place < 0 ? recent.size() : place;
  }

  List<Member> speaking() {
    return List.copyOf(speaking);
  }

  /** Whether the list of speakers changed. */
  boolean tick(long now) {
    if (now - nextInterval < 0) {
      return false;
    }
    nextInterval = now + INTERVAL_NANOS;
    for (int i = 0; i < voices.size(); i++) {
      voices.get(i).interval();
    }
    chooseDominant();
    chooseAudible();
    return changed();
  }

  private void chooseDominant() {
    Voice loudest = null;
    for (int i = 0; i < voices.size(); i++) {
      Voice voice = voices.get(i);
      boolean louder = loudest == null || voice.level > loudest.level;
      if (voice.level >= SPEECH_LEVEL && louder && !voice.track.muted()) {
        loudest = voice;
      }
    }
    if (loudest == null || loudest == dominant) {
      challenger = null;
      return;
    }
    boolean free = dominant == null || dominant.held == 0;
    boolean clear = dominant == null || loudest.level > dominant.level + DOMINANCE_MARGIN;
    challenged = loudest == challenger && clear ? challenged + 1 : 1;
    challenger = loudest;
    if (free || challenged >= DOMINANCE_INTERVALS) {
      dominant = loudest;
      recent.remove(loudest.track.owner());
      recent.addFirst(loudest.track.owner());
    }
  }

  private void chooseAudible() {
    if (lastN <= 0 || voices.size() <= lastN) {
      for (int i = 0; i < voices.size(); i++) {
        voices.get(i).audible = true;
      }
      return;
    }
    for (int i = 0; i < voices.size(); i++) {
      Voice voice = voices.get(i);
      int louder = 0;
      for (int j = 0; j < voices.size(); j++) {
        Voice other = voices.get(j);
        // Who is heard already keeps his place against one who is only a little louder.
        double margin = voice.audible ? DOMINANCE_MARGIN : 0;
        louder += other != voice && other.level > voice.level + margin ? 1 : 0;
      }
      voice.audible = louder < lastN;
    }
  }

  private boolean changed() {
    int count = 0;
    boolean same = true;
    for (int i = 0; i < voices.size(); i++) {
      if (voices.get(i).held > 0) {
        count++;
        same &= speaking.contains(voices.get(i).track.owner());
      }
    }
    Member first = dominant == null ? null : dominant.track.owner();
    boolean sameFirst = speaking.isEmpty() ? first == null : speaking.getFirst() == first;
    if (same && count == speaking.size() && (sameFirst || count == 0)) {
      return false;
    }
    List<Member> before = List.copyOf(speaking);
    rebuild(first);
    return !before.equals(speaking);
  }

  private void rebuild(@Nullable Member first) {
    speaking.clear();
    voices.stream()
        .filter(voice -> voice.held > 0)
        .sorted(Comparator.comparingDouble((Voice voice) -> -voice.level))
        .map(voice -> voice.track.owner())
        .distinct()
        .forEach(speaking::add);
    if (first != null && speaking.remove(first)) {
      speaking.addFirst(first);
    }
  }
}
