package dev.parley.media.speaker;

import java.util.Arrays;

/**
 * Active speakers, dominant speaker and the order of recency of one conference. Participants are
 * small numbers that the caller gives out and may use again. Owned by the conference's home loop;
 * {@link #tick} is meant to run about ten times a second.
 */
public final class SpeakerDetector {
  /** No dominant speaker yet. */
  public static final int NOBODY = -1;

  private SpeechActivity[] activity = new SpeechActivity[0];
  private int[] recency = new int[0];
  private int[] rank = new int[0];
  private int count;
  private int dominant = NOBODY;
  private long dominantAt = Long.MIN_VALUE / 2;

  /** A participant comes; it stands behind all others in recency until it speaks. */
  public void join(int participant) {
    grow(participant);
    if (rank[participant] >= 0) {
      throw new IllegalArgumentException("participant " + participant + " has joined before");
    }
    activity[participant].reset();
    rank[participant] = count;
    recency[count++] = participant;
  }

  /** Room grows by joins only, never by packets. */
  private void grow(int participant) {
    int old = activity.length;
    if (participant < old) {
      return;
    }
    int size = Math.max(16, Integer.highestOneBit(participant) * 2);
    activity = Arrays.copyOf(activity, size);
    recency = Arrays.copyOf(recency, size);
    rank = Arrays.copyOf(rank, size);
    for (int each = old; each < size; each++) {
      activity[each] = new SpeechActivity();
      rank[each] = -1;
    }
  }

  /** A participant goes. */
  public void leave(int participant) {
    if (!present(participant)) {
      return;
    }
    int from = rank[participant];
    for (int each = from; each < count - 1; each++) {
      recency[each] = recency[each + 1];
      rank[recency[each]] = each;
    }
    count--;
    rank[participant] = -1;
    if (dominant == participant) {
      dominant = NOBODY;
    }
  }

  private boolean present(int participant) {
    return participant >= 0 && participant < rank.length && rank[participant] >= 0;
  }

  /**
   * An audio packet of a participant.
   *
   * @param level 0 loudest to 127 silent (RFC 6464)
   * @param voice the V bit; true where the sender does not tell
   */
  public void onLevel(int participant, int level, boolean voice, long nowMicros) {
    if (present(participant)) {
      activity[participant].heard(Math.clamp(level, 0, SpeakerLimits.SILENCE), voice, nowMicros);
    }
  }

  /**
   * Judges anew.
   *
   * @return whether the dominant speaker or the order of recency has changed
   */
  public boolean tick(long nowMicros) {
    boolean changed = false;
    for (int each = 0; each < count; each++) {
      activity[recency[each]].advance(nowMicros);
    }
    int challenger = challenger();
    if (challenger != NOBODY && challenger != dominant && takesOver(challenger, nowMicros)) {
      dominant = challenger;
      dominantAt = nowMicros;
      changed = true;
    }
    return bringForward() || changed;
  }

  private int challenger() {
    int best = NOBODY;
    for (int each = 0; each < count; each++) {
      int participant = recency[each];
      boolean speaks = activity[participant].active();
      if (speaks
          && (best == NOBODY || activity[participant].shortWhile() > activity[best].shortWhile())) {
        best = participant;
      }
    }
    return best;
  }

  private boolean takesOver(int challenger, long nowMicros) {
    if (dominant == NOBODY) {
      return true;
    }
    if (nowMicros - dominantAt < SpeakerLimits.HOLD_MICROS) {
      return false;
    }
    SpeechActivity now = activity[dominant];
    SpeechActivity then = activity[challenger];
    if (now.shortWhile() < SpeakerLimits.FLOOR_FREE) {
      return true;
    }
    return then.instant() > SpeakerLimits.AHEAD_INSTANT * now.instant()
        && then.shortWhile() > SpeakerLimits.AHEAD_WHILE * now.shortWhile()
        && then.sentence() > SpeakerLimits.AHEAD_LONG * now.sentence();
  }

  /**
   * Brings who speaks before who does not, and the dominant one to the front; among those who speak
   * the order stays, so that tiles do not jump.
   */
  private boolean bringForward() {
    boolean changed = false;
    int speaking = 0;
    for (int each = 0; each < count; each++) {
      int participant = recency[each];
      if (activity[participant].active()) {
        changed |= move(each, speaking);
        speaking++;
      }
    }
    if (dominant != NOBODY && activity[dominant].active()) {
      changed |= move(rank[dominant], 0);
    }
    return changed;
  }

  private boolean move(int from, int to) {
    if (from == to) {
      return false;
    }
    int participant = recency[from];
    for (int each = from; each > to; each--) {
      recency[each] = recency[each - 1];
      rank[recency[each]] = each;
    }
    recency[to] = participant;
    rank[participant] = to;
    return true;
  }

  /** Who has the floor, or {@link #NOBODY}. */
  public int dominant() {
    return dominant;
  }

  /** Whether a participant speaks now. */
  public boolean active(int participant) {
    return present(participant) && activity[participant].active();
  }

  /** Place in the order of recency, 0 for who spoke last; -1 for who is not there. */
  public int recency(int participant) {
    return present(participant) ? rank[participant] : -1;
  }

  /** Participants present. */
  public int count() {
    return count;
  }

  /**
   * The last N speakers as one viewer sees them: itself does not count.
   *
   * @param viewer not to be in the list, or {@link #NOBODY}
   * @param into takes at most {@code into.length} participants, most recent first
   * @return how many were written
   */
  public int lastN(int viewer, int[] into) {
    int written = 0;
    for (int each = 0; each < count && written < into.length; each++) {
      if (recency[each] != viewer) {
        into[written++] = recency[each];
      }
    }
    return written;
  }
}
