package dev.parley.media.codec;

/**
 * Temporal layers of VP8. A receiver of VP8 finds a picture's references by TL0PICIDX and looks for
 * pictures that are missing in between, so left-out pictures must leave no hole in the picture ids:
 * they are renumbered densely.
 */
final class Vp8Gate implements LayerGate {
  private static final int MASK = CodecLimits.PICTURE_MEMORY - 1;

  private final Unwrapper unwrapper = new Unwrapper();
  private final DenseNumbering pictures = new DenseNumbering(CodecLimits.PICTURE_MEMORY);
  private final BaseIndexShift baseIndex = new BaseIndexShift();
  private final byte[] temporalAt = new byte[CodecLimits.PICTURE_MEMORY];
  private final byte[] pattern = new byte[CodecLimits.PATTERN_MEMORY];
  private int newestBase;
  private long basePicture;
  private boolean numbered;
  private long currentPicture;
  private int temporal;
  private int wantedTemporal;

  @Override
  public void start(VideoPacket key, int pictureId, int baseIndex) {
    this.baseIndex.start(key, baseIndex);
    numbered = key.pictureId >= 0;
    temporal = wantedTemporal;
    if (numbered) {
      unwrapper.restart(key.pictureIdBits);
      basePicture = unwrapper.unwrap(key.pictureId);
      newestBase = key.baseIndex;
      pictures.restart(basePicture, 0x1_0000L + pictureId);
    }
  }

  @Override
  public void target(int spatialId, int temporalId) {
    wantedTemporal = temporalId;
  }

  @Override
  public boolean admits(VideoPacket packet) {
    baseIndex.note(packet);
    if (!numbered || packet.pictureId < 0) {
      return packet.temporalId <= Math.min(temporal, wantedTemporal);
    }
    long picture = unwrapper.unwrap(packet.pictureId);
    if (pictures.fate(picture) == DenseNumbering.UNKNOWN) {
      decide(packet, picture);
    }
    if (pictures.fate(picture) != DenseNumbering.FORWARDED) {
      return false;
    }
    currentPicture = picture;
    return true;
  }

  /** A picture that comes late is judged by the layers that passed when it should have come. */
  private void decide(VideoPacket packet, long picture) {
    if (pictures.newer(picture)) {
      long gap = Math.max(pictures.newest() + 1, picture - MASK);
      for (; gap < picture; gap++) {
        temporalAt[(int) gap & MASK] = (byte) temporal;
        leaveOutIfExpected(packet, gap);
      }
      learn(packet, picture);
      step(packet);
      temporalAt[(int) picture & MASK] = (byte) temporal;
    }
    if (packet.temporalId <= temporalAt[(int) picture & MASK]) {
      pictures.forward(picture);
    } else {
      pictures.drop(picture);
    }
  }

  /**
   * A picture that is still on its way and will not pass must not keep a place, or the receiver
   * waits for it. Its layer is foretold from the pattern since the last base picture, and only when
   * TL0PICIDX shows that no base picture is among the missing.
   */
  private void leaveOutIfExpected(VideoPacket packet, long gap) {
    int basesSince = (packet.baseIndex - newestBase) & 0xff;
    boolean noBase = packet.baseIndex >= 0 && basesSince == (packet.temporalId == 0 ? 1 : 0);
    int distance = (int) Math.min(gap - basePicture, pattern.length - 1);
    if (noBase && pattern[distance] > temporal) {
      pictures.drop(gap);
    }
  }

  private void learn(VideoPacket packet, long picture) {
    newestBase = packet.baseIndex;
    if (packet.temporalId == 0) {
      basePicture = picture;
    } else if (picture - basePicture < pattern.length) {
      pattern[(int) (picture - basePicture)] = (byte) packet.temporalId;
    }
  }

  /**
   * The Y bit says that a picture refers to the base layer only (RFC 7741 §4.2), so one layer may
   * be added there; two at once would let pictures of the lower of them through that refer to ones
   * left out before.
   */
  private void step(VideoPacket packet) {
    if (packet.keyFrame) {
      temporal = wantedTemporal;
    }
    temporal = Math.min(temporal, wantedTemporal);
    boolean next = packet.temporalId == temporal + 1 && packet.temporalId <= wantedTemporal;
    if (next && packet.switchUp) {
      temporal = packet.temporalId;
    }
  }

  @Override
  public void number(VideoPacket packet, ProjectedPacket out) {
    boolean known = numbered && packet.pictureId >= 0;
    int bits = packet.pictureIdBits == 7 ? 0x7f : 0x7fff;
    out.pictureId = known ? (int) pictures.forward(currentPicture) & bits : VideoPacket.ABSENT;
    out.baseIndex = baseIndex.shifted(packet);
    out.marker = packet.marker;
  }

  @Override
  public boolean wantsKeyFrame() {
    return false;
  }

  @Override
  public int newestPictureId() {
    return numbered ? (int) pictures.newestOut() & 0x7fff : 0;
  }

  @Override
  public int newestBaseIndex() {
    return baseIndex.newest();
  }

  @Override
  public int spatialId() {
    return 0;
  }

  @Override
  public int temporalId() {
    return temporal;
  }
}
