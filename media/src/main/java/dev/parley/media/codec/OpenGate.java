package dev.parley.media.codec;

/** The gate of a stream without layers (H.264): everything passes. */
final class OpenGate implements LayerGate {
  @Override
  public void start(VideoPacket key, int pictureId, int baseIndex) {}

  @Override
  public void target(int spatialId, int temporalId) {}

  @Override
  public boolean admits(VideoPacket packet) {
    return true;
  }

  @Override
  public void number(VideoPacket packet, ProjectedPacket out) {
    out.pictureId = VideoPacket.ABSENT;
    out.baseIndex = VideoPacket.ABSENT;
    out.marker = packet.marker;
  }

  @Override
  public boolean wantsKeyFrame() {
    return false;
  }

  @Override
  public int newestPictureId() {
    return 0;
  }

  @Override
  public int newestBaseIndex() {
    return 0;
  }

  @Override
  public int spatialId() {
    return 0;
  }

  @Override
  public int temporalId() {
    return 0;
  }
}
