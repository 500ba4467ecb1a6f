package dev.parley.media.codec;

/**
 * Spatial and temporal layers of VP9 in one RTP stream. References are told as distances between
 * picture ids, so ids keep their distances: only a constant is added, and pictures left out stay
 * visible as gaps.
 */
final class Vp9Gate implements LayerGate {
  private static final int MASK = CodecLimits.PICTURE_MEMORY - 1;

  private final Unwrapper unwrapper = new Unwrapper();
  private final BaseIndexShift baseIndex = new BaseIndexShift();
  private final long[] pictureAt = new long[CodecLimits.PICTURE_MEMORY];
  private final byte[] decided = new byte[CodecLimits.PICTURE_MEMORY];
  private final byte[] passed = new byte[CodecLimits.PICTURE_MEMORY];
  private final byte[] spatialAt = new byte[CodecLimits.PICTURE_MEMORY];
  private final byte[] temporalAt = new byte[CodecLimits.PICTURE_MEMORY];
  private final byte[] top = new byte[CodecLimits.PICTURE_MEMORY];
  private boolean numbered;
  private int currentAt;
  private long first;
  private long newest;
  private long newestKey;
  private int shift;
  private int spatial;
  private int temporal;
  private int wantedSpatial;
  private int wantedTemporal;
  private int topSeen;
  private int topOfPicture;
  private int topOfPrevious;
  private int picturesBelowTop;
  private int intact;

  @Override
  public void start(VideoPacket key, int pictureId, int baseIndex) {
    this.baseIndex.start(key, baseIndex);
    numbered = key.pictureId >= 0;
    java.util.Arrays.fill(pictureAt, -1);
    unwrapper.restart(numbered ? key.pictureIdBits : 15);
    first = unwrapper.unwrap(Math.max(0, key.pictureId));
    shift = pictureId - Math.max(0, key.pictureId);
    newest = first - 1;
    newestKey = -1;
    topSeen = 0;
    topOfPicture = 0;
    topOfPrevious = 0;
  }

  @Override
  public void target(int spatialId, int temporalId) {
    wantedSpatial = spatialId;
    wantedTemporal = temporalId;
  }

  @Override
  public boolean admits(VideoPacket packet) {
    baseIndex.note(packet);
    if (!numbered || packet.pictureId < 0) {
      return packet.spatialId <= wantedSpatial && packet.temporalId <= wantedTemporal;
    }
    long picture = unwrapper.unwrap(packet.pictureId);
    if (picture < first || newest - picture > MASK) {
      return false;
    }
    topSeen = Math.max(topSeen, packet.spatialId);
    currentAt = (int) picture & MASK;
    boolean ahead = picture > newest;
    if (ahead) {
      keepLayersOfGap(picture);
      newest = picture;
      topOfPrevious = topOfPicture;
      topOfPicture = 0;
      picturesBelowTop = topOfPrevious < spatial ? picturesBelowTop + 1 : 0;
      beginPicture(packet);
    }
    if (picture == newest) {
      topOfPicture = Math.max(topOfPicture, packet.spatialId);
    }
    if (packet.keyFrame && picture == newest && picture > newestKey) {
      newestKey = picture;
      beginKeyPicture();
    }
    if (ahead) {
      clear(picture);
    }
    return decide(packet, picture);
  }

  /** A picture that comes late is judged by the layers that passed when it should have come. */
  private void keepLayersOfGap(long picture) {
    for (long gap = Math.max(newest + 1, picture - MASK); gap < picture; gap++) {
      clear(gap);
    }
  }

  private void clear(long picture) {
    int at = (int) picture & MASK;
    pictureAt[at] = picture;
    decided[at] = 0;
    passed[at] = 0;
    spatialAt[at] = (byte) spatial;
    temporalAt[at] = (byte) temporal;
    top[at] = (byte) spatial;
  }

  /** U lets higher temporal layers start after this picture (RFC 9628 §4.2). */
  private void beginPicture(VideoPacket packet) {
    temporal = Math.min(temporal, wantedTemporal);
    if (packet.switchUp && packet.temporalId <= temporal) {
      temporal = wantedTemporal;
    }
    if (wantedSpatial < spatial && isIntact(wantedSpatial)) {
      spatial = wantedSpatial;
      intact &= (2 << spatial) - 1;
    }
  }

  private void beginKeyPicture() {
    spatial = wantedSpatial;
    temporal = wantedTemporal;
    intact = (2 << spatial) - 1;
    topSeen = 0;
  }

  private boolean decide(VideoPacket packet, long picture) {
    int at = currentAt;
    if (pictureAt[at] != picture) {
      return false;
    }
    int layer = 1 << packet.spatialId;
    if ((decided[at] & layer) == 0) {
      decided[at] |= (byte) layer;
      if (picture == newest) {
        addLayer(packet, at);
      }
      if (layerPasses(packet, at)) {
        passed[at] |= (byte) layer;
      }
    }
    return (passed[at] & layer) != 0;
  }

  /** A layer that refers to its own picture only may be added within the picture. */
  private void addLayer(VideoPacket packet, int at) {
    boolean next = packet.spatialId == spatial + 1 && packet.spatialId <= wantedSpatial;
    if (next && !packet.predictedFromPast && packet.temporalId <= temporal) {
      spatial = packet.spatialId;
      intact |= 1 << spatial;
      spatialAt[at] = (byte) spatial;
      top[at] = (byte) spatial;
    }
  }

  /**
   * Below the top only what upper layers refer to is needed. The top is what the encoder really
   * makes: it may leave out upper layers for a while. A layer that was left out once has lost its
   * references until the next key picture.
   */
  private boolean layerPasses(VideoPacket packet, int at) {
    if (packet.temporalId > temporalAt[at] || packet.spatialId > spatialAt[at]) {
      return false;
    }
    if (packet.spatialId == spatialAt[at] || packet.usedByUpperLayers) {
      return true;
    }
    if (packet.spatialId < topOfPrevious) {
      intact &= ~(1 << packet.spatialId);
    }
    return isIntact(packet.spatialId);
  }

  private boolean isIntact(int layer) {
    return (intact >>> layer & 1) != 0;
  }

  @Override
  public void number(VideoPacket packet, ProjectedPacket out) {
    boolean known = numbered && packet.pictureId >= 0;
    out.pictureId = known ? (packet.pictureId + shift) & 0x7fff : VideoPacket.ABSENT;
    out.baseIndex = baseIndex.shifted(packet);
    out.marker = packet.marker || (packet.endOfFrame && packet.spatialId == topOf(packet));
  }

  private int topOf(VideoPacket packet) {
    return numbered && packet.pictureId >= 0 ? top[currentAt] : wantedSpatial;
  }

  /** Only worth a key frame when the stream has the layer that is wanted. */
  @Override
  public boolean wantsKeyFrame() {
    boolean stranded =
        picturesBelowTop > CodecLimits.TOP_MISSING_PICTURES && !isIntact(topOfPrevious);
    return stranded
        || wantedSpatial < Math.min(spatial, topSeen)
        || (wantedSpatial > spatial && topSeen > spatial);
  }

  @Override
  public int newestPictureId() {
    return (int) (newest + shift) & 0x7fff;
  }

  @Override
  public int newestBaseIndex() {
    return baseIndex.newest();
  }

  @Override
  public int spatialId() {
    return spatial;
  }

  @Override
  public int temporalId() {
    return temporal;
  }
}
