package dev.parley.media.sfu;

import dev.parley.media.speaker.SpeakerDetector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Who speaks in a room, from the levels that packets carry (RFC 6464): gives the detector its
 * numbers and turns its judgement into members. Owned by the room's loop.
 */
final class SpeakerBoard {
  private static final long INTERVAL_NANOS = 100_000_000;

  private final SpeakerDetector detector = new SpeakerDetector();
  private final BitSet numbers = new BitSet();
  private final List<Voice> voices = new ArrayList<>();
  private final List<Member> speaking = new ArrayList<>();
  private int lastN;
  private long nextInterval;

  SpeakerBoard(long now) {
    this.nextInterval = now + INTERVAL_NANOS;
  }

  /** How many of those who spoke last are heard; 0 for all. */
  void lastN(int count) {
    lastN = count;
    chooseAudible();
  }

  /** One audio track on the board. */
  final class Voice {
    private final SourceTrack track;
    private final int number;
    private boolean audible = true;
    private boolean active;
    private int level = SILENCE;

    private Voice(SourceTrack track, int number) {
      this.track = track;
      this.number = number;
    }

    /**
     * Notes a packet's level byte: voice flag and 7 bits of -dBov. The flag is not asked: clients
     * that do not judge leave it at zero, and the detector judges by the levels.
     */
    void packet(int levelByte, long now) {
      level = levelByte & SILENCE;
      detector.onLevel(number, level, true, now / 1000);
    }

    /** The last level, 0 for the loudest to 127 for silence. */
    int level() {
      return level;
    }

    /** Whether the voice is among those that are forwarded. */
    boolean audible() {
      return audible;
    }
  }

  /** The level of silence. */
  static final int SILENCE = 127;

  Voice add(SourceTrack track) {
    int number = numbers.nextClearBit(0);
    numbers.set(number);
    detector.join(number);
    Voice voice = new Voice(track, number);
    voices.add(voice);
    rank();
    chooseAudible();
    return voice;
  }

  void remove(SourceTrack track) {
    for (int i = voices.size() - 1; i >= 0; i--) {
      Voice voice = voices.get(i);
      if (voice.track == track) {
        voices.remove(i);
        detector.leave(voice.number);
        numbers.clear(voice.number);
      }
    }
    rank();
    chooseAudible();
  }

  /** Who speaks, the dominant one first, then by how lately they began. */
  List<Member> speaking() {
    return List.copyOf(speaking);
  }

  /** Whether the list of speakers changed. */
  boolean tick(long now) {
    if (now - nextInterval < 0) {
      return false;
    }
    nextInterval = now + INTERVAL_NANOS;
    boolean changed = detector.tick(now / 1000);
    for (int i = 0; i < voices.size(); i++) {
      Voice voice = voices.get(i);
      boolean active = detector.active(voice.number);
      changed |= active != voice.active;
      voice.active = active;
    }
    if (!changed) {
      return false;
    }
    rank();
    chooseAudible();
    return listSpeakers();
  }

  /** Tells every member its place; one with several voices counts by the latest. */
  private void rank() {
    for (int i = 0; i < voices.size(); i++) {
      voices.get(i).track.owner().recency = Member.NEVER_SPOKE;
    }
    for (int i = 0; i < voices.size(); i++) {
      Member owner = voices.get(i).track.owner();
      owner.recency = Math.min(owner.recency, detector.recency(voices.get(i).number));
    }
  }

  private void chooseAudible() {
    for (int i = 0; i < voices.size(); i++) {
      Voice voice = voices.get(i);
      voice.audible = lastN <= 0 || detector.recency(voice.number) < lastN;
    }
  }

  private boolean listSpeakers() {
    List<Member> before = List.copyOf(speaking);
    speaking.clear();
    for (int place = 0; place < detector.count(); place++) {
      for (Voice voice : voices) {
        boolean next = voice.active && detector.recency(voice.number) == place;
        if (next && !speaking.contains(voice.track.owner())) {
          speaking.add(voice.track.owner());
        }
      }
    }
    return !before.equals(speaking);
  }
}
