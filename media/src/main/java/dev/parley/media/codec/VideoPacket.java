package dev.parley.media.codec;

import org.jspecify.annotations.Nullable;

/**
 * One incoming video packet as the projection sees it. Reused for every packet of a media loop,
 * which owns it.
 */
public final class VideoPacket {
  static final int ABSENT = -1;

  int encoding;
  int sequence;
  long timestamp;
  boolean marker;
  long arrivalNanos;

  boolean empty;
  boolean keyFrame;
  boolean parameterSets;
  boolean startOfFrame;
  boolean endOfFrame;
  int spatialId;
  int temporalId;
  boolean layered;
  boolean switchUp;
  boolean predictedFromPast;
  boolean usedByUpperLayers;
  int pictureId;
  int pictureIdBits;
  int pictureIdIndex;
  int baseIndex;
  int baseIndexAt;

  @Nullable DependencyStructure structure;
  int activeDecodeTargets;
  long decodeTargetIndications;
  final int[] frameDiffs = new int[CodecLimits.FRAME_DIFFS_MAX];
  int frameDiffCount;

  /**
   * Starts a new packet and forgets the last one.
   *
   * @param encoding index of the simulcast encoding it came on, 0 for a single one
   * @param sequence RTP sequence number of that encoding, 0 to 65535
   * @param timestamp RTP timestamp, 0 to 2^32-1
   * @param arrivalNanos monotonic arrival time
   */
  public void begin(int encoding, int sequence, long timestamp, boolean marker, long arrivalNanos) {
    this.encoding = encoding;
    this.sequence = sequence & 0xffff;
    this.timestamp = timestamp & 0xffff_ffffL;
    this.marker = marker;
    this.arrivalNanos = arrivalNanos;
    clearDescriptor();
  }

  private void clearDescriptor() {
    empty = false;
    keyFrame = false;
    parameterSets = false;
    startOfFrame = false;
    endOfFrame = marker;
    spatialId = 0;
    temporalId = 0;
    layered = false;
    switchUp = false;
    predictedFromPast = true;
    usedByUpperLayers = true;
    pictureId = ABSENT;
    pictureIdBits = 0;
    pictureIdIndex = ABSENT;
    baseIndex = ABSENT;
    baseIndexAt = ABSENT;
    structure = null;
    activeDecodeTargets = -1;
    decodeTargetIndications = 0;
    frameDiffCount = 0;
  }

  /**
   * Says that the packet carries nothing to forward: padding only, or a payload that no parser
   * took. The projection then closes the hole that it would leave.
   */
  public void empty() {
    empty = true;
  }

  /** Index of the simulcast encoding the packet came on. */
  public int encoding() {
    return encoding;
  }

  /** Whether the packet belongs to a frame that needs no earlier one. */
  public boolean keyFrame() {
    return keyFrame;
  }

  /** Whether it is the first packet of a (layer) frame. */
  public boolean startOfFrame() {
    return startOfFrame;
  }

  /** Whether it is the last packet of a (layer) frame. */
  public boolean endOfFrame() {
    return endOfFrame;
  }

  /** Spatial layer, 0 when the payload names none. */
  public int spatialId() {
    return spatialId;
  }

  /** Temporal layer, 0 when the payload names none. */
  public int temporalId() {
    return temporalId;
  }

  /** Picture id, or AV1 frame number; -1 when the payload has none. */
  public int pictureId() {
    return pictureId;
  }

  /** TL0PICIDX, -1 when the payload has none. */
  public int baseIndex() {
    return baseIndex;
  }
}
