package dev.parley.media.audio;

import java.util.Arrays;

/**
 * Mixes frames so that each listener hears all others but not itself. One round is: {@link #begin},
 * {@link #add} for each who speaks, {@link #mixFor} for each who listens. Owned by one thread.
 */
public final class MixMinus {
  private final int seats;
  private final int[] sum = new int[AudioLimits.FRAME_SAMPLES];
  private final short[][] own;
  private final boolean[] speaks;
  private final int[] level;
  private int speakers;

  /** A mixer with room for so many participants. */
  public MixMinus(int seats) {
    this.seats = seats;
    own = new short[seats][AudioLimits.FRAME_SAMPLES];
    speaks = new boolean[seats];
    level = new int[seats];
    Arrays.fill(level, AudioLevel.SILENCE);
  }

  /** Starts a round of 20 ms: nobody speaks. */
  public void begin() {
    Arrays.fill(sum, 0);
    Arrays.fill(speaks, false);
    Arrays.fill(level, AudioLevel.SILENCE);
    speakers = 0;
  }

  /**
   * Adds a frame of one participant. A second frame of the same round is an error of the caller.
   */
  public void add(int seat, short[] frame) {
    if (seat < 0 || seat >= seats || speaks[seat]) {
      throw new IllegalArgumentException("seat " + seat + " is not free in this round");
    }
    System.arraycopy(frame, 0, own[seat], 0, AudioLimits.FRAME_SAMPLES);
    speaks[seat] = true;
    speakers++;
    level[seat] = AudioLevel.of(frame, 0, AudioLimits.FRAME_SAMPLES);
    for (int each = 0; each < AudioLimits.FRAME_SAMPLES; each++) {
      sum[each] += frame[each];
    }
  }

  /**
   * What one participant hears.
   *
   * @return whether anybody else speaks; if not, the frame is silence
   */
  public boolean mixFor(int seat, short[] frame) {
    short[] minus = own[seat];
    boolean itself = speaks[seat];
    for (int each = 0; each < AudioLimits.FRAME_SAMPLES; each++) {
      int value = itself ? sum[each] - minus[each] : sum[each];
      frame[each] = (short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return speakers > (itself ? 1 : 0);
  }

  /** Whether the participant hears the mix of all, so that one encoding serves all such. */
  public boolean hearsAll(int seat) {
    return !speaks[seat];
  }

  /** Level of a participant in this round, RFC 6464 scale. */
  public int level(int seat) {
    return level[seat];
  }
}
