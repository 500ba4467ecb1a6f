package dev.parley.media.mixer;

import dev.parley.media.audio.AudioEncoder;
import dev.parley.media.audio.AudioLevel;
import dev.parley.media.audio.AudioLimits;
import dev.parley.media.sfu.SourceTrack;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A place at a mixer for something that is not a browser. What it says is played to the other seats
 * and goes as an Opus track to the members of the room.
 */
public final class MixerSeat {
  /** Frames that may wait to be played: 200 ms; older ones give way. */
  static final int WAITING_MAX = 10;

  final int number;
  final SourceTrack track;
  final FrameSink sink;
  final AudioEncoder encoder;
  private final BlockingQueue<short[]> spoken = new ArrayBlockingQueue<>(WAITING_MAX);
  private final byte[] packet = new byte[AudioLimits.PACKET_BYTES_MAX];
  private int sequence;
  private long timestamp;
  private short @Nullable [] saying;
  private boolean talking;
  private volatile long dropped;
  volatile boolean held;

  MixerSeat(int number, SourceTrack track, FrameSink sink, AudioEncoder encoder) {
    this.number = number;
    this.track = track;
    this.sink = sink;
    this.encoder = encoder;
  }

  /** The track that members of the room hear this seat by. */
  public SourceTrack track() {
    return track;
  }

  /**
   * Says 20 ms of sound in one of the next rounds. May be called from any one thread.
   *
   * @param frame 960 samples, 48 kHz, mono; copied
   */
  public void say(short[] frame) {
    if (frame.length != AudioLimits.FRAME_SAMPLES) {
      throw new IllegalArgumentException("a frame has 960 samples");
    }
    short[] copy = frame.clone();
    while (!spoken.offer(copy)) {
      if (spoken.poll() != null) {
        dropped = dropped + 1;
      }
    }
  }

  /** Frames that gave way because more was said than time passed. */
  public long dropped() {
    return dropped;
  }

  /** On hold the seat hears silence; that it is not heard is said of its member. */
  public void hold(boolean on) {
    held = on;
  }

  /** What is said in this round, or null; {@link #encode} encodes the same. */
  short @Nullable [] nextSpoken() {
    saying = spoken.poll();
    return saying;
  }

  /** Encodes a frame for the room, or null in a pause; the timestamp runs on either way. */
  @Nullable Encoded encode() {
    short[] frame = saying;
    long at = timestamp;
    timestamp += AudioLimits.FRAME_SAMPLES;
    if (frame == null) {
      talking = false;
      return null;
    }
    int length = encoder.encode(frame, 0, packet, 0, packet.length);
    boolean first = !talking;
    talking = true;
    int level = AudioLevel.of(frame, 0, frame.length);
    return new Encoded(
        java.util.Arrays.copyOf(packet, length),
        sequence++ & 0xffff,
        at & 0xffffffffL,
        first,
        level);
  }

  /** One packet for the room. */
  @SuppressWarnings("ArrayRecordComponent")
  record Encoded(byte[] payload, int sequence, long timestamp, boolean marker, int level) {}
}
