package dev.parley.media.codec;

import java.util.Arrays;

/**
 * One receiver's view of one video track: chooses the encoding and layers that pass and rewrites
 * their numbers, so that the receiver sees one stream without holes and nothing that it cannot
 * decode. Owned by the egress loop of the receiver.
 *
 * <p>Between encodings it switches at a key frame of the new one. Late and retransmitted packets
 * keep the place they would have had, on both sides of a switch. What the receiver reports lost is
 * found again by {@link #replay}.
 */
public final class VideoProjection {
  /** What to do with a packet. */
  public enum Outcome {
    /** Send a copy with the numbers of the {@link ProjectedPacket}. */
    FORWARD,
    /** Send nothing. */
    DROP,
    /**
     * Send an empty packet (RTP padding only) with the given sequence number: its place had been
     * kept for a late packet that turned out not to be wanted.
     */
    FILL
  }

  /** The encoding of a receiver that wants nothing. */
  public static final int NOTHING = -1;

  private final VideoCodec codec;
  private final SimulcastClock clock;
  private final SentHistory history = new SentHistory();
  private final int[] newestSequence = new int[CodecLimits.ENCODINGS_MAX];
  private final long[] newestTimestamp = new long[CodecLimits.ENCODINGS_MAX];
  private Segment current;
  private Segment previous;
  private int wantedEncoding = NOTHING;
  private int wantedSpatial;
  private int wantedTemporal;
  private long lastTimestamp;
  private long lastArrivalNanos;
  private final int firstSequence;
  private boolean started;

  /**
   * A projection that has not started.
   *
   * @param clock of the track, kept up to date by its owner
   * @param firstSequence sequence number of the first packet sent, 0 to 65535, best at random
   * @param firstTimestamp RTP timestamp of the first packet sent, best at random
   */
  public VideoProjection(
      VideoCodec codec, SimulcastClock clock, int firstSequence, long firstTimestamp) {
    this.codec = codec;
    this.clock = clock;
    this.firstSequence = firstSequence & 0xffff;
    this.lastTimestamp = firstTimestamp & 0xffff_ffffL;
    current = new Segment(codec);
    previous = new Segment(codec);
    Arrays.fill(newestSequence, -1);
  }

  /**
   * Says what the receiver shall get from now on; it does as soon as the stream allows.
   *
   * @param encoding simulcast index, or {@link #NOTHING}
   * @param spatialId highest spatial layer within the encoding
   * @param temporalId highest temporal layer
   */
  public void target(int encoding, int spatialId, int temporalId) {
    if (wantedEncoding == NOTHING && encoding != NOTHING) {
      // A pause may have swallowed packets, so what follows must start with a key frame.
      current.open = false;
    }
    wantedEncoding = encoding;
    wantedSpatial = spatialId;
    wantedTemporal = temporalId;
    if (encoding == current.encoding) {
      current.gate.target(spatialId, temporalId);
    }
  }

  /** Whether the wish waits for a key frame of {@link #wantedEncoding}. */
  public boolean needsKeyFrame() {
    if (wantedEncoding == NOTHING) {
      return false;
    }
    return !current.open || current.encoding != wantedEncoding || current.gate.wantsKeyFrame();
  }

  /** The encoding the receiver shall get. */
  public int wantedEncoding() {
    return wantedEncoding;
  }

  /** The encoding the receiver gets now, or {@link #NOTHING}. */
  public int encoding() {
    return current.open ? current.encoding : NOTHING;
  }

  /** The highest spatial layer that passes now. */
  public int spatialId() {
    return current.gate.spatialId();
  }

  /** The highest temporal layer that passes now. */
  public int temporalId() {
    return current.gate.temporalId();
  }

  /**
   * Decides on one incoming packet of the track. Every packet of every encoding must be offered,
   * retransmitted ones too, once each.
   */
  public Outcome project(VideoPacket packet, ProjectedPacket out) {
    boolean ahead = observe(packet);
    if (ahead && startsWanted(packet)) {
      start(packet);
    }
    if (packet.encoding == current.encoding) {
      return place(current, packet, out);
    }
    if (packet.encoding == previous.encoding) {
      return place(previous, packet, out);
    }
    return Outcome.DROP;
  }

  /**
   * The numbers a packet was sent with, for sending it again.
   *
   * @param sequence as the receiver knows it
   * @return false when it is forgotten, or was never sent
   */
  public boolean replay(int sequence, ProjectedPacket into) {
    return history.recall(sequence & 0xffff, into);
  }

  /** Notes the packet; tells whether it is the newest of its encoding. */
  private boolean observe(VideoPacket packet) {
    int encoding = packet.encoding;
    int step = (packet.sequence - newestSequence[encoding]) & 0xffff;
    boolean ahead = newestSequence[encoding] < 0 || (step != 0 && step < 0x8000);
    if (ahead) {
      if (packet.keyFrame
          && !packet.parameterSets
          && packet.startOfFrame
          && codec == VideoCodec.H264) {
        packet.parameterSets = step == 1 && newestTimestamp[encoding] != packet.timestamp;
      }
      newestSequence[encoding] = packet.sequence;
      newestTimestamp[encoding] = packet.timestamp;
    }
    return ahead;
  }

  /**
   * H.264 decoders need the parameter sets before the picture, so the start must not be a later
   * packet of the key frame whose head is still on its way.
   */
  private boolean startsWanted(VideoPacket packet) {
    boolean wanted = packet.encoding == wantedEncoding;
    boolean entered = current.open && packet.encoding == current.encoding;
    boolean head = codec != VideoCodec.H264 || packet.parameterSets;
    return wanted && !entered && !packet.empty && packet.keyFrame && packet.startOfFrame && head;
  }

  private void start(VideoPacket key) {
    Segment old = current;
    long sequence = started ? old.numbering.newestOut() + 1 : 0x1_0000L + firstSequence;
    long timestamp = started ? nextTimestamp(old, key) : lastTimestamp;
    int pictureId = old.gate.newestPictureId() + 1;
    int baseIndex = old.gate.newestBaseIndex() + 1;
    current = previous;
    previous = old;
    previous.open = false;
    current.start(key, sequence, timestamp);
    lastArrivalNanos = key.arrivalNanos;
    current.gate.target(wantedSpatial, wantedTemporal);
    current.gate.start(key, pictureId & 0x7fff, baseIndex & 0xff);
    started = true;
  }

  private long nextTimestamp(Segment old, VideoPacket key) {
    long step = (key.arrivalNanos - lastArrivalNanos) * CodecLimits.VIDEO_CLOCK_HZ / 1_000_000_000L;
    long distance = clock.distance(old.encoding, key.encoding);
    if (distance != SimulcastClock.UNKNOWN) {
      step = (int) (key.timestamp - distance - old.timestampShift - lastTimestamp);
    }
    step = Math.clamp(step, CodecLimits.TIMESTAMP_STEP_MIN, CodecLimits.TIMESTAMP_STEP_MAX);
    return (lastTimestamp + step) & 0xffff_ffffL;
  }

  private Outcome place(Segment segment, VideoPacket packet, ProjectedPacket out) {
    long sequence = segment.sequences.unwrap(packet.sequence);
    boolean newer = segment.numbering.newer(sequence);
    if (newer && segment == current && wantedEncoding == NOTHING && startsPicture(packet)) {
      segment.open = false;
    }
    boolean placed = newer ? segment.open : segment.numbering.remembered(sequence);
    if (!placed || segment.numbering.fate(sequence) != DenseNumbering.UNKNOWN) {
      return Outcome.DROP;
    }
    noteTime(segment, packet);
    if (packet.empty || !segment.gate.admits(packet)) {
      return fill(segment.numbering.drop(sequence), segment, packet, out);
    }
    return forward(segment, sequence, packet, out);
  }

  /** What is left out counts too: a late packet just before it may still be sent after a switch. */
  private void noteTime(Segment segment, VideoPacket packet) {
    long timestamp = (packet.timestamp - segment.timestampShift) & 0xffff_ffffL;
    if ((int) (timestamp - lastTimestamp) > 0) {
      lastTimestamp = timestamp;
      lastArrivalNanos = packet.arrivalNanos;
    }
  }

  private static boolean startsPicture(VideoPacket packet) {
    return packet.startOfFrame && packet.spatialId == 0;
  }

  private Outcome fill(long hole, Segment segment, VideoPacket packet, ProjectedPacket out) {
    if (hole == DenseNumbering.NO_HOLE) {
      return Outcome.DROP;
    }
    describe(segment, hole, packet, out);
    return Outcome.FILL;
  }

  private Outcome forward(Segment segment, long sequence, VideoPacket packet, ProjectedPacket out) {
    describe(segment, segment.numbering.forward(sequence), packet, out);
    segment.gate.number(packet, out);
    history.remember(out);
    return Outcome.FORWARD;
  }

  private static void describe(
      Segment segment, long sequence, VideoPacket packet, ProjectedPacket out) {
    out.encoding = packet.encoding;
    out.sourceSequence = packet.sequence;
    out.sequence = (int) sequence & 0xffff;
    out.timestamp = (packet.timestamp - segment.timestampShift) & 0xffff_ffffL;
    out.marker = false;
    out.pictureId = VideoPacket.ABSENT;
    out.baseIndex = VideoPacket.ABSENT;
  }
}
