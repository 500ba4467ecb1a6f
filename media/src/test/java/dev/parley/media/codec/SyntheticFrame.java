package dev.parley.media.codec;

import java.util.ArrayList;
import java.util.List;

/** One (layer) frame of a made-up encoder, with the truth about what it refers to. */
final class SyntheticFrame {
  final int encoding;
  final int picture;
  final int number;
  final int spatialId;
  final int temporalId;
  final boolean key;
  boolean sync;
  int baseIndex;
  boolean lastOfPicture;
  final List<SyntheticFrame> references = new ArrayList<>();
  final List<SyntheticPacket> packets = new ArrayList<>();

  SyntheticFrame(
      int encoding, int picture, int number, int spatialId, int temporalId, boolean key) {
    this.encoding = encoding;
    this.picture = picture;
    this.number = number;
    this.spatialId = spatialId;
    this.temporalId = temporalId;
    this.key = key;
  }

  @Override
  public String toString() {
    return "frame(encoding %d picture %d S%d T%d%s)"
        .formatted(encoding, picture, spatialId, temporalId, key ? " key" : "");
  }
}
