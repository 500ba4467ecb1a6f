package dev.parley.media.codec;

/**
 * Template dependency structure of an AV1 stream: what each template means to each decode target.
 * Read from a key frame's descriptor, it holds until the next one. Owned by the reader of its
 * encoding.
 */
final class DependencyStructure {
  static final int NOT_PRESENT = 0;
  static final int SWITCH = 2;

  int idOffset;
  int templateCount;
  int decodeTargetCount;
  int chainCount;
  boolean resolutionsPresent;
  final int[] spatialId = new int[CodecLimits.TEMPLATES_MAX];
  final int[] temporalId = new int[CodecLimits.TEMPLATES_MAX];
  final long[] indications = new long[CodecLimits.TEMPLATES_MAX];
  final int[][] frameDiffs = new int[CodecLimits.TEMPLATES_MAX][CodecLimits.FRAME_DIFFS_MAX];
  final int[] frameDiffCount = new int[CodecLimits.TEMPLATES_MAX];
  final int[] targetSpatialId = new int[CodecLimits.DECODE_TARGETS_MAX];
  final int[] targetTemporalId = new int[CodecLimits.DECODE_TARGETS_MAX];

  /** The indication for one decode target out of the packed pairs of bits. */
  static int indication(long packed, int decodeTarget) {
    return (int) (packed >>> (2 * decodeTarget)) & 0x03;
  }

  /** Reads the structure; false when it is malformed, and then nothing of it may be used. */
  boolean read(BitReader bits) {
    idOffset = bits.bits(6);
    decodeTargetCount = bits.bits(5) + 1;
    if (!readLayers(bits)) {
      return false;
    }
    for (int template = 0; template < templateCount; template++) {
      indications[template] = readIndications(bits);
    }
    for (int template = 0; template < templateCount; template++) {
      if (!readFrameDiffs(bits, template)) {
        return false;
      }
    }
    readChains(bits);
    findTargetLayers();
    resolutionsPresent = bits.flag();
    if (resolutionsPresent) {
      for (int layer = 0; layer <= spatialId[templateCount - 1]; layer++) {
        bits.bits(16);
        bits.bits(16);
      }
    }
    return !bits.overrun();
  }

  private boolean readLayers(BitReader bits) {
    int spatial = 0;
    int temporal = 0;
    templateCount = 0;
    int next;
    do {
      if (templateCount == CodecLimits.TEMPLATES_MAX || bits.overrun()) {
        return false;
      }
      spatialId[templateCount] = spatial;
      temporalId[templateCount] = temporal;
      templateCount++;
      next = bits.bits(2);
      if (next == 1) {
        temporal++;
      } else if (next == 2) {
        temporal = 0;
        spatial++;
      }
      if (spatial >= CodecLimits.SPATIAL_LAYERS_MAX) {
        return false;
      }
    } while (next != 3);
    return true;
  }

  long readIndications(BitReader bits) {
    long packed = 0;
    for (int target = 0; target < decodeTargetCount; target++) {
      packed |= (long) bits.bits(2) << (2 * target);
    }
    return packed;
  }

  private boolean readFrameDiffs(BitReader bits, int template) {
    int count = 0;
    while (bits.flag()) {
      if (count == CodecLimits.FRAME_DIFFS_MAX) {
        return false;
      }
      frameDiffs[template][count++] = bits.bits(4) + 1;
    }
    frameDiffCount[template] = count;
    return true;
  }

  private void readChains(BitReader bits) {
    chainCount = bits.nonSymmetric(decodeTargetCount + 1);
    if (chainCount == 0) {
      return;
    }
    for (int target = 0; target < decodeTargetCount; target++) {
      bits.nonSymmetric(chainCount);
    }
    for (int each = 0; each < templateCount * chainCount; each++) {
      bits.bits(4);
    }
  }

  private void findTargetLayers() {
    for (int target = 0; target < decodeTargetCount; target++) {
      targetSpatialId[target] = 0;
      targetTemporalId[target] = 0;
      for (int template = 0; template < templateCount; template++) {
        if (indication(indications[template], target) != NOT_PRESENT) {
          targetSpatialId[target] = Math.max(targetSpatialId[target], spatialId[template]);
          targetTemporalId[target] = Math.max(targetTemporalId[target], temporalId[template]);
        }
      }
    }
  }

  /**
   * The best active decode target that asks for no more than the given layers; -1 if there is none.
   */
  int decodeTargetFor(int spatialMax, int temporalMax, int active) {
    int best = -1;
    for (int target = 0; target < decodeTargetCount; target++) {
      boolean fits =
          (active >>> target & 1) != 0
              && targetSpatialId[target] <= spatialMax
              && targetTemporalId[target] <= temporalMax;
      if (fits && (best < 0 || better(target, best))) {
        best = target;
      }
    }
    return best;
  }

  private boolean better(int target, int than) {
    if (targetSpatialId[target] != targetSpatialId[than]) {
      return targetSpatialId[target] > targetSpatialId[than];
    }
    return targetTemporalId[target] > targetTemporalId[than];
  }
}
