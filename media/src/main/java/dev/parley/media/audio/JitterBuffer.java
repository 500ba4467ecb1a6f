package dev.parley.media.audio;

import java.util.Arrays;

/**
 * Turns RTP audio packets, as they come, into an even stream of 20 ms frames. Holds back as much as
 * the jitter needs, conceals what is lost, and works off a reserve that is no longer needed by
 * folding two frames into one. Owned by the mixer's thread; packets come to it over a queue.
 */
public final class JitterBuffer {
  /** What a frame is made of. */
  public enum Played {
    /** Sound that was sent. */
    DECODED,
    /** Sound made up for a packet that is lost or late. */
    CONCEALED,
    /** Nothing: no packet yet, a pause of the sender, or too long a loss. */
    SILENT
  }

  private static final int MASK = AudioLimits.JITTER_SLOTS - 1;

  private final AudioDecoder decoder;
  private final int clockHz;
  private final DelayTarget target = new DelayTarget();
  private final byte[][] payload = new byte[AudioLimits.JITTER_SLOTS][AudioLimits.PACKET_BYTES_MAX];
  private final int[] length = new int[AudioLimits.JITTER_SLOTS];
  private final long[] sequenceAt = new long[AudioLimits.JITTER_SLOTS];
  private final long[] timestampAt = new long[AudioLimits.JITTER_SLOTS];
  private final short[] sound = new short[2 * AudioLimits.PACKET_SAMPLES_MAX];
  private int soundLength;
  private long next;
  private long newest = -1;
  private long newestTimestamp;
  private long playedTimestamp;
  private boolean playing;
  private int concealedInRow;
  private int framesSinceCut;
  private long received;
  private long late;
  private long concealed;
  private long malformed;

  /**
   * A buffer in front of a decoder, which it owns.
   *
   * @param clockHz of the RTP timestamp: 48000 for Opus, 8000 for G.711
   */
  public JitterBuffer(AudioDecoder decoder, int clockHz) {
    this.decoder = decoder;
    this.clockHz = clockHz;
    Arrays.fill(sequenceAt, -1);
  }

  /**
   * Takes a packet, which it copies.
   *
   * @param sequence RTP sequence number, 0 to 65535
   * @param timestamp RTP timestamp, 0 to 2^32-1
   * @return false when it was not wanted: late, doubled, empty or too long
   */
  public boolean put(
      int sequence, long timestamp, byte[] bytes, int offset, int count, long nowMicros) {
    if (count <= 0 || count > AudioLimits.PACKET_BYTES_MAX) {
      malformed++;
      return false;
    }
    long full = place(sequence, timestamp);
    long time = newestTimestamp + (int) (timestamp - newestTimestamp);
    received++;
    target.arrived(nowMicros - time * 1_000_000 / clockHz, nowMicros);
    int slot = (int) full & MASK;
    if (full < next || sequenceAt[slot] == full) {
      late++;
      return false;
    }
    System.arraycopy(bytes, offset, payload[slot], 0, count);
    length[slot] = count;
    sequenceAt[slot] = full;
    timestampAt[slot] = time;
    if (full > newest) {
      newest = full;
      newestTimestamp = time;
    }
    return true;
  }

  /** The sequence number in full; a jump beyond the buffer starts it anew. */
  private long place(int sequence, long timestamp) {
    long full = newest < 0 ? 0x1_0000L + sequence : newest + (short) (sequence - (int) newest);
    if (newest < 0 || full - next >= AudioLimits.JITTER_SLOTS || next - full > 1000) {
      Arrays.fill(sequenceAt, -1);
      target.reset();
      next = full;
      newest = full - 1;
      newestTimestamp = timestamp;
      soundLength = 0;
      playing = false;
    }
    return full;
  }

  /**
   * Plays the next 20 ms.
   *
   * @param frame takes {@link AudioLimits#FRAME_SAMPLES} samples
   */
  public Played next(short[] frame) {
    if (!playing && !startsNow()) {
      Arrays.fill(frame, 0, AudioLimits.FRAME_SAMPLES, (short) 0);
      return Played.SILENT;
    }
    Played played = fetch(1);
    framesSinceCut++;
    if (played == Played.DECODED && cutDue()) {
      fetch(2);
      fold();
    }
    take(frame);
    return played;
  }

  private boolean startsNow() {
    if (reserveMicros() >= target.micros()) {
      playing = true;
      concealedInRow = 0;
      playedTimestamp = firstTimestamp();
    }
    return playing;
  }

  private long firstTimestamp() {
    for (long each = next; each <= newest; each++) {
      if (held(each)) {
        next = each;
        return timestampAt[(int) each & MASK];
      }
    }
    return newestTimestamp;
  }

  private boolean held(long sequence) {
    return sequenceAt[(int) sequence & MASK] == sequence;
  }

  /** Sound that is here and has not been played. */
  long reserveMicros() {
    if (newest < next) {
      return soundLength * 1_000_000L / AudioLimits.SAMPLE_RATE;
    }
    long first = playing ? playedTimestamp : lowestHeld();
    return (newestTimestamp - first) * 1_000_000 / clockHz
        + AudioLimits.FRAME_MICROS
        + soundLength * 1_000_000L / AudioLimits.SAMPLE_RATE;
  }

  private long lowestHeld() {
    for (long each = next; each <= newest; each++) {
      if (held(each)) {
        return timestampAt[(int) each & MASK];
      }
    }
    return newestTimestamp;
  }

  /** Makes sound until so many frames are there. */
  private Played fetch(int frames) {
    Played played = Played.DECODED;
    while (soundLength < frames * AudioLimits.FRAME_SAMPLES) {
      played = decodeNext();
    }
    return played;
  }

  private Played decodeNext() {
    if (next > newest) {
      return makeUp(-1);
    }
    if (!held(next)) {
      long following = next + 1;
      next++;
      playedTimestamp += clockHz / 50;
      return makeUp(held(following) ? (int) following & MASK : -1);
    }
    int slot = (int) next & MASK;
    long gap = timestampAt[slot] - playedTimestamp;
    if (gap >= clockHz / 50 && gap < clockHz) {
      playedTimestamp += clockHz / 50;
      return makeUp(-1);
    }
    next++;
    sequenceAt[slot] = -1;
    int samples = decoder.decode(payload[slot], 0, length[slot], sound, soundLength);
    if (samples < 0) {
      malformed++;
      playedTimestamp = timestampAt[slot] + clockHz / 50;
      return makeUp(-1);
    }
    playedTimestamp = timestampAt[slot] + (long) samples * clockHz / AudioLimits.SAMPLE_RATE;
    soundLength += samples;
    concealedInRow = 0;
    return Played.DECODED;
  }

  private Played makeUp(int following) {
    int samples = AudioLimits.FRAME_SAMPLES;
    concealed++;
    if (++concealedInRow > AudioLimits.CONCEAL_FRAMES_MAX && following < 0) {
      Arrays.fill(sound, soundLength, soundLength + samples, (short) 0);
      soundLength += samples;
      if (next > newest) {
        playing = false;
      }
      return Played.SILENT;
    }
    byte[] bytes = payload[Math.max(following, 0)];
    decoder.conceal(bytes, 0, following < 0 ? 0 : length[following], sound, soundLength, samples);
    soundLength += samples;
    return Played.CONCEALED;
  }

  private boolean cutDue() {
    long spare = reserveMicros() - AudioLimits.FRAME_MICROS - target.micros();
    boolean rested = framesSinceCut > AudioLimits.FRAMES_BETWEEN_CUTS;
    boolean possible = rested && next <= newest && held(next);
    if (!possible || spare < AudioLimits.SPARE_QUIET_MICROS) {
      return false;
    }
    boolean quiet = AudioLevel.of(sound, 0, AudioLimits.FRAME_SAMPLES) >= AudioLimits.QUIET_LEVEL;
    if (quiet || spare > AudioLimits.SPARE_HARD_MICROS) {
      framesSinceCut = 0;
      return true;
    }
    return false;
  }

  /** Two frames become one: the first fades out while the second fades in. */
  private void fold() {
    int frame = AudioLimits.FRAME_SAMPLES;
    if (soundLength < 2 * frame) {
      return;
    }
    for (int each = 0; each < frame; each++) {
      int mixed = (sound[each] * (frame - each) + sound[frame + each] * each) / frame;
      sound[frame + each] = (short) mixed;
    }
    System.arraycopy(sound, frame, sound, 0, soundLength - frame);
    soundLength -= frame;
  }

  private void take(short[] frame) {
    System.arraycopy(sound, 0, frame, 0, AudioLimits.FRAME_SAMPLES);
    soundLength -= AudioLimits.FRAME_SAMPLES;
    System.arraycopy(sound, AudioLimits.FRAME_SAMPLES, sound, 0, soundLength);
  }

  /** How long sound is held back now, by plan. */
  public long targetMicros() {
    return target.micros();
  }

  /** Packets taken or refused as late. */
  public long received() {
    return received;
  }

  /** Packets that came late or twice. */
  public long late() {
    return late;
  }

  /** Frames made up. */
  public long concealed() {
    return concealed;
  }

  /** Packets that could not be decoded. */
  public long malformed() {
    return malformed;
  }
}
