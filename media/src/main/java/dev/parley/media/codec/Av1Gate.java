package dev.parley.media.codec;

/**
 * Layers of AV1 by decode target. The descriptor says for every frame what it is to each decode
 * target, and names the frames it refers to; a target is entered at a frame that marks a switch for
 * it and whose references all passed.
 */
final class Av1Gate implements LayerGate {
  private static final int MASK = CodecLimits.PICTURE_MEMORY - 1;
  private static final byte LEFT_OUT = 0;
  private static final byte PASSED = 1;

  /** Not here yet, but a frame that refers to it has passed, so it must pass as well. */
  private static final byte OWED = 2;

  private final Unwrapper unwrapper = new Unwrapper();
  private final long[] frameAt = new long[CodecLimits.PICTURE_MEMORY];
  private final byte[] fate = new byte[CodecLimits.PICTURE_MEMORY];
  private final byte[] top = new byte[CodecLimits.PICTURE_MEMORY];
  private boolean described;
  private int currentAt;
  private long first;
  private long newest;
  private int shift;
  private int decodeTarget;
  private int spatial;
  private int temporal;
  private int wantedSpatial;
  private int wantedTemporal;
  private boolean pending;
  private int pendingFrames;

  @Override
  public void start(VideoPacket key, int pictureId, int baseIndex) {
    described = key.structure != null;
    java.util.Arrays.fill(frameAt, -1);
    unwrapper.restart(16);
    first = unwrapper.unwrap(Math.max(0, key.pictureId));
    shift = pictureId - Math.max(0, key.pictureId);
    newest = first - 1;
    decodeTarget = -1;
    spatial = 0;
    temporal = 0;
    pending = false;
  }

  @Override
  public void target(int spatialId, int temporalId) {
    wantedSpatial = spatialId;
    wantedTemporal = temporalId;
  }

  @Override
  public boolean admits(VideoPacket packet) {
    if (!described) {
      return true;
    }
    DependencyStructure structure = packet.structure;
    if (structure == null) {
      return false;
    }
    long frame = unwrapper.unwrap(packet.pictureId);
    if (frame < first || newest - frame > MASK) {
      return false;
    }
    currentAt = (int) frame & MASK;
    if (frameAt[currentAt] != frame || fate[currentAt] == OWED) {
      decide(structure, packet, frame);
    }
    return fate[currentAt] == PASSED;
  }

  private void decide(DependencyStructure structure, VideoPacket packet, long frame) {
    int at = currentAt;
    boolean owed = frameAt[at] == frame;
    if (frame > newest) {
      newest = frame;
      chooseTarget(structure, packet, frame);
    }
    boolean passes = (owed || present(packet)) && !referenceLeftOut(packet, frame);
    frameAt[at] = frame;
    fate[at] = passes ? PASSED : LEFT_OUT;
    top[at] = (byte) spatial;
    if (passes) {
      oweReferences(packet, frame);
    }
  }

  private void oweReferences(VideoPacket packet, long frame) {
    for (int each = 0; each < packet.frameDiffCount; each++) {
      long reference = frame - packet.frameDiffs[each];
      int at = (int) reference & MASK;
      if (newest - reference <= MASK && frameAt[at] < reference) {
        frameAt[at] = reference;
        fate[at] = OWED;
      }
    }
  }

  private void chooseTarget(DependencyStructure structure, VideoPacket packet, long frame) {
    int wanted =
        Math.max(
            0,
            structure.decodeTargetFor(wantedSpatial, wantedTemporal, packet.activeDecodeTargets));
    if (packet.keyFrame) {
      decodeTarget = -1;
    }
    pending = wanted != decodeTarget;
    pendingFrames = pending ? pendingFrames + 1 : 0;
    if (!pending || !referencesPassed(packet, frame)) {
      return;
    }
    if (switches(packet, wanted)) {
      enter(structure, wanted);
    } else {
      enterBetween(structure, packet, wanted);
    }
  }

  /** On the way up from a key frame the layers below the wanted one may be entered first. */
  private void enterBetween(DependencyStructure structure, VideoPacket packet, int wanted) {
    for (int target = 0; target < structure.decodeTargetCount; target++) {
      boolean above =
          decodeTarget < 0
              || (structure.targetSpatialId[target] >= spatial
                  && structure.targetTemporalId[target] >= temporal
                  && target != decodeTarget);
      boolean below =
          structure.targetSpatialId[target] <= structure.targetSpatialId[wanted]
              && structure.targetTemporalId[target] <= structure.targetTemporalId[wanted];
      if (above && below && switches(packet, target)) {
        enter(structure, target);
      }
    }
  }

  private static boolean switches(VideoPacket packet, int target) {
    return DependencyStructure.indication(packet.decodeTargetIndications, target)
        == DependencyStructure.SWITCH;
  }

  private void enter(DependencyStructure structure, int target) {
    decodeTarget = target;
    spatial = structure.targetSpatialId[target];
    temporal = structure.targetTemporalId[target];
  }

  private boolean present(VideoPacket packet) {
    return decodeTarget >= 0
        && DependencyStructure.indication(packet.decodeTargetIndications, decodeTarget)
            != DependencyStructure.NOT_PRESENT;
  }

  /** To enter a decode target every reference must be there: one that is late may be left out. */
  private boolean referencesPassed(VideoPacket packet, long frame) {
    for (int each = 0; each < packet.frameDiffCount; each++) {
      long reference = frame - packet.frameDiffs[each];
      int at = (int) reference & MASK;
      if (frameAt[at] != reference || fate[at] == LEFT_OUT) {
        return false;
      }
    }
    return true;
  }

  private boolean referenceLeftOut(VideoPacket packet, long frame) {
    for (int each = 0; each < packet.frameDiffCount; each++) {
      long reference = frame - packet.frameDiffs[each];
      int at = (int) reference & MASK;
      if (reference < first || (frameAt[at] == reference && fate[at] == LEFT_OUT)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void number(VideoPacket packet, ProjectedPacket out) {
    out.pictureId = described ? (packet.pictureId + shift) & 0xffff : VideoPacket.ABSENT;
    out.baseIndex = VideoPacket.ABSENT;
    boolean last = packet.endOfFrame && described && packet.spatialId == top[currentAt];
    out.marker = packet.marker || last;
  }

  /** A switch point usually comes within some frames; after a second's worth a key frame helps. */
  @Override
  public boolean wantsKeyFrame() {
    return pending && pendingFrames > CodecLimits.SWITCH_POINT_WAIT_FRAMES;
  }

  @Override
  public int newestPictureId() {
    return (int) (newest + shift) & 0xffff;
  }

  @Override
  public int newestBaseIndex() {
    return 0;
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
