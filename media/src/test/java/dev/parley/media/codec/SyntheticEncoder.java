package dev.parley.media.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A made-up encoder: three temporal layers in the pattern 0 2 1 2 and, for VP9 and AV1, three
 * spatial layers, either each predicted from the one below in every picture or in key pictures
 * only.
 */
final class SyntheticEncoder {
  private static final int[] PATTERN = {0, 2, 1, 2};
  private static final int SPATIAL = 3;

  private final VideoCodec codec;
  private final int encoding;
  private final boolean keyOnly;
  private final int pictureIdBits;
  private final Random random;
  private final int spatialLayers;
  private final boolean temporal;
  private final @Nullable SyntheticFrame[][] newest = new @Nullable SyntheticFrame[SPATIAL][3];
  private int sequence;
  private int picture;
  private int number;
  private int sinceKey;
  private int baseIndex;
  private boolean keyWanted = true;

  SyntheticEncoder(
      VideoCodec codec, int encoding, boolean keyOnly, int pictureIdBits, Random random) {
    this.codec = codec;
    this.encoding = encoding;
    this.keyOnly = keyOnly;
    this.pictureIdBits = pictureIdBits;
    this.random = random;
    spatialLayers = codec == VideoCodec.VP9 || codec == VideoCodec.AV1 ? SPATIAL : 1;
    temporal = codec != VideoCodec.H264;
    sequence = 65_000 + random.nextInt(500);
    picture = pictureIdBits == 7 ? 100 : 32_700;
    number = 65_400;
    baseIndex = 250;
  }

  void wantKey() {
    keyWanted = true;
  }

  /** The packets of the next picture, all layers, in the order of sending. */
  List<SyntheticPacket> next(long timestamp) {
    boolean key = keyWanted;
    keyWanted = false;
    sinceKey = key ? 0 : sinceKey + 1;
    int temporalId = temporal ? PATTERN[sinceKey % 4] : 0;
    if (temporalId == 0) {
      baseIndex++;
    }
    List<SyntheticFrame> frames = new ArrayList<>();
    for (int spatial = 0; spatial < spatialLayers; spatial++) {
      frames.add(frame(spatial, temporalId, key, frames));
    }
    frames.getLast().lastOfPicture = true;
    picture++;
    List<SyntheticPacket> packets = new ArrayList<>();
    frames.forEach(frame -> packetize(frame, timestamp & 0xffff_ffffL, packets));
    return packets;
  }

  private SyntheticFrame frame(
      int spatial, int temporalId, boolean key, List<SyntheticFrame> below) {
    SyntheticFrame frame =
        new SyntheticFrame(encoding, picture, number++, spatial, temporalId, key);
    frame.baseIndex = baseIndex;
    frame.sync = temporalId > 0 && sinceKey % 8 < 3;
    if (!key) {
      int highest = frame.sync ? 0 : temporalId;
      for (int layer = 0; layer <= highest; layer++) {
        SyntheticFrame reference = newest[spatial][layer];
        boolean fresh = reference != null && (layer == 0 || withinCycle(reference, layer));
        if (reference != null && fresh) {
          frame.references.add(reference);
        }
      }
    }
    if (spatial > 0 && (key || !keyOnly)) {
      frame.references.add(below.get(spatial - 1));
    }
    newest[spatial][temporalId] = frame;
    if (key) {
      newest[spatial][1] = null;
      newest[spatial][2] = null;
    }
    return frame;
  }

  /** VP8 may reach back over a cycle; the others are self-contained between two base pictures. */
  private boolean withinCycle(SyntheticFrame reference, int layer) {
    if (codec == VideoCodec.VP8) {
      return picture - reference.picture < 6;
    }
    return layer == 1 && picture - reference.picture < sinceKey % 4;
  }

  private void packetize(SyntheticFrame frame, long timestamp, List<SyntheticPacket> into) {
    int count = 1 + random.nextInt(frame.key ? 5 : 3);
    for (int index = 0; index < count; index++) {
      boolean last = index == count - 1;
      SyntheticPacket packet =
          new SyntheticPacket(
              frame,
              sequence++ & 0xffff,
              timestamp,
              last && frame.lastOfPicture,
              payload(frame, index, last),
              codec == VideoCodec.AV1 ? descriptor(frame, index == 0, last) : null,
              index);
      frame.packets.add(packet);
      into.add(packet);
    }
  }

  private byte[] payload(SyntheticFrame frame, int index, boolean last) {
    return switch (codec) {
      case VP8 -> vp8(frame, index == 0);
      case VP9 -> vp9(frame, index == 0, last);
      case H264 -> h264(frame, index == 0);
      case AV1 ->
          new byte[] {
            (byte) (frame.key && index == 0 && frame.spatialId == 0 ? 0x18 : 0x10), 0x32, 1, 2
          };
    };
  }

  private byte[] vp8(SyntheticFrame frame, boolean first) {
    BitWriter bits = new BitWriter().bits(0b100, 3).bits(first ? 1 : 0, 1).bits(0, 4);
    bits.bits(0b1110_0000, 8);
    pictureId(bits, frame);
    bits.bits(frame.baseIndex & 0xff, 8);
    bits.bits(frame.temporalId, 2).bits(frame.sync ? 1 : 0, 1).bits(0, 5);
    return bits.bits(frame.key ? 0 : 1, 8).bits(7, 8).bytes();
  }

  private void pictureId(BitWriter bits, SyntheticFrame frame) {
    if (pictureIdBits == 7) {
      bits.bits(frame.picture & 0x7f, 8);
    } else {
      bits.bits(0x8000 | (frame.picture & 0x7fff), 16);
    }
  }

  private byte[] vp9(SyntheticFrame frame, boolean first, boolean last) {
    boolean forUpper = frame.spatialId < SPATIAL - 1 && (frame.key || !keyOnly);
    BitWriter bits = new BitWriter();
    bits.bits(1, 1).bits(frame.key ? 0 : 1, 1).bits(1, 1).bits(0, 1);
    bits.bits(first ? 1 : 0, 1).bits(last ? 1 : 0, 1).bits(0, 1).bits(forUpper ? 0 : 1, 1);
    pictureId(bits, frame);
    bits.bits(frame.temporalId, 3).bits(frame.temporalId < 2 ? 1 : 0, 1);
    bits.bits(frame.spatialId, 3).bits(frame.spatialId > 0 && (frame.key || !keyOnly) ? 1 : 0, 1);
    return bits.bits(frame.baseIndex & 0xff, 8).bits(0x55, 8).bytes();
  }

  private static byte[] h264(SyntheticFrame frame, boolean first) {
    if (frame.key && first) {
      return new byte[] {24, 0, 2, 0x67, 1, 0, 2, 0x68, 1};
    }
    int type = frame.key ? 5 : 1;
    return new byte[] {28, (byte) ((first || frame.key ? 0x80 : 0) | type), (byte) 0x88, 3};
  }

  private byte[] descriptor(SyntheticFrame frame, boolean first, boolean last) {
    BitWriter bits = new BitWriter().bits(first ? 1 : 0, 1).bits(last ? 1 : 0, 1);
    bits.bits(frame.spatialId * 3 + frame.temporalId, 6).bits(frame.number & 0xffff, 16);
    boolean structure = frame.key && first && frame.spatialId == 0;
    bits.bits(structure ? 1 : 0, 1).bits(0b0110, 4);
    if (structure) {
      structure(bits);
    }
    for (int target = 0; target < 9; target++) {
      bits.bits(indication(frame, target / 3, target % 3), 2);
    }
    for (SyntheticFrame reference : frame.references) {
      bits.bits(2, 2).bits(frame.number - reference.number - 1, 8);
    }
    return bits.bits(0, 2).bytes();
  }

  /** Nine templates and nine decode targets, one each per pair of layers; no chains. */
  private void structure(BitWriter bits) {
    bits.bits(0, 6).bits(8, 5);
    for (int template = 0; template < 9; template++) {
      bits.bits(template == 8 ? 3 : template % 3 == 2 ? 2 : 1, 2);
    }
    for (int template = 0; template < 9; template++) {
      SyntheticFrame frame = new SyntheticFrame(0, 0, 0, template / 3, template % 3, false);
      for (int target = 0; target < 9; target++) {
        bits.bits(indication(frame, target / 3, target % 3), 2);
      }
    }
    bits.bits(0, 9).nonSymmetric(0, 10).bits(0, 1);
  }

  private int indication(SyntheticFrame frame, int spatial, int temporalId) {
    if (frame.spatialId > spatial || frame.temporalId > temporalId) {
      return 0;
    }
    if (frame.spatialId < spatial) {
      return frame.key ? 2 : keyOnly ? 0 : 3;
    }
    if (frame.temporalId == temporalId && temporalId > 0) {
      return 1;
    }
    return 2;
  }
}
