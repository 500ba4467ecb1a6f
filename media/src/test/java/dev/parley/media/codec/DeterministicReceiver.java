package dev.parley.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The receiver that every projection is judged by. It knows from the encoder what each frame refers
 * to, and checks numbers the way a browser's receiver depends on them.
 */
final class DeterministicReceiver {
  private record Received(
      long sequence,
      long timestamp,
      boolean marker,
      int pictureId,
      int baseIndex,
      @Nullable SyntheticPacket packet) {}

  private final VideoCodec codec;
  private final Map<Long, Received> received = new TreeMap<>();
  private final Unwrapper sequences = new Unwrapper();
  private final int latePercent;
  private int segmentsEnded;

  DeterministicReceiver(VideoCodec codec, int latePercent) {
    this.codec = codec;
    this.latePercent = latePercent;
    sequences.restart(16);
  }

  void take(VideoProjection.Outcome outcome, ProjectedPacket out, SyntheticPacket packet) {
    if (outcome == VideoProjection.Outcome.DROP) {
      return;
    }
    long sequence = sequences.unwrap(out.sequence());
    boolean filled = outcome == VideoProjection.Outcome.FILL;
    Received before =
        received.put(
            sequence,
            new Received(
                sequence,
                out.timestamp(),
                out.marker(),
                out.pictureId(),
                out.baseIndex(),
                filled ? null : packet));
    assertThat(before).as("sequence %d given once", out.sequence()).isNull();
  }

  int packets() {
    return received.size();
  }

  /** Checks the whole stream. All packets of the source have been offered by now. */
  void check() {
    List<Received> inOrder = new ArrayList<>(received.values());
    for (int each = 1; each < inOrder.size(); each++) {
      assertThat(inOrder.get(each).sequence)
          .as("no hole after %s", inOrder.get(each - 1))
          .isEqualTo(inOrder.get(each - 1).sequence + 1);
    }
    List<Received> carrying = inOrder.stream().filter(one -> one.packet != null).toList();
    Map<SyntheticFrame, List<Received>> frames = byFrame(carrying);
    checkDecodable(frames);
    checkTimestamps(carrying);
    checkNumbers(frames);
  }

  private static Map<SyntheticFrame, List<Received>> byFrame(List<Received> carrying) {
    Map<SyntheticFrame, List<Received>> frames = new LinkedHashMap<>();
    for (Received one : carrying) {
      SyntheticPacket packet = java.util.Objects.requireNonNull(one.packet);
      frames.computeIfAbsent(packet.frame(), frame -> new ArrayList<>()).add(one);
    }
    return frames;
  }

  private static boolean whole(SyntheticFrame frame, List<Received> parts) {
    return parts.size() == frame.packets.size();
  }

  /** A frame may be cut only where its encoding was left; all whole frames can be decoded. */
  private void checkDecodable(Map<SyntheticFrame, List<Received>> frames) {
    Set<SyntheticFrame> decoded = new HashSet<>();
    List<SyntheticFrame> cut = new ArrayList<>();
    frames.forEach((frame, parts) -> {
      if (!whole(frame, parts)) {
        cut.add(frame);
        return;
      }
      boolean fromCut = frame.references.stream().anyMatch(cut::contains);
      if (fromCut) {
        cut.add(frame);
        return;
      }
      assertThat(decoded.containsAll(frame.references)).as("references of %s", frame).isTrue();
      decoded.add(frame);
    });
    assertThat(cut.size())
        .as("frames cut at switches %s", cut)
        .isLessThanOrEqualTo(4 * segmentsEnded);
    assertThat(decoded).isNotEmpty();
  }

  /** How often the source of the stream changed; each may cut the pictures then under way. */
  void segmentEnded() {
    segmentsEnded++;
  }

  private static void checkTimestamps(List<Received> carrying) {
    Map<String, Long> ofPicture = new HashMap<>();
    @Nullable String last = null;
    long lastTimestamp = 0;
    for (Received one : carrying) {
      SyntheticPacket packet = java.util.Objects.requireNonNull(one.packet);
      String picture = packet.frame().encoding + "/" + packet.frame().picture;
      Long known = ofPicture.putIfAbsent(picture, one.timestamp);
      assertThat(known == null || known == one.timestamp).as("one timestamp a picture").isTrue();
      if (last != null && !picture.equals(last)) {
        assertThat((int) (one.timestamp - lastTimestamp))
            .as("time moves on at %s", one)
            .isPositive();
        assertThat((int) (one.timestamp - lastTimestamp))
            .as("time jumps at %s", one)
            .isLessThan(90_000 * 11);
      }
      last = picture;
      lastTimestamp = one.timestamp;
    }
  }

  private void checkNumbers(Map<SyntheticFrame, List<Received>> frames) {
    @Nullable SyntheticFrame before = null;
    int lastPicture = -1;
    int lastBase = -1;
    Map<SyntheticFrame, Integer> pictureIds = new HashMap<>();
    int holes = 0;
    for (Map.Entry<SyntheticFrame, List<Received>> entry : inOrder(frames)) {
      SyntheticFrame frame = entry.getKey();
      Received head = entry.getValue().getFirst();
      for (Received part : entry.getValue()) {
        assertThat(part.pictureId).isEqualTo(head.pictureId);
        assertThat(part.baseIndex).isEqualTo(head.baseIndex);
      }
      pictureIds.put(frame, head.pictureId);
      boolean samePicture =
          before != null && before.picture == frame.picture && before.encoding == frame.encoding;
      if (codec == VideoCodec.VP8 && lastPicture >= 0) {
        int step = (head.pictureId - lastPicture) & 0x7f;
        assertThat(step).as("picture id of %s", frame).isBetween(1, 2 + latePercent);
        holes += step - 1;
      }
      if (codec != VideoCodec.H264 && codec != VideoCodec.AV1 && lastBase >= 0 && !samePicture) {
        int step = (head.baseIndex - lastBase) & 0xff;
        assertThat(step)
            .as("base index of %s after %s", frame, before)
            .isEqualTo(frame.temporalId == 0 ? 1 : 0);
      }
      checkDistances(frame, pictureIds);
      lastPicture = head.pictureId;
      lastBase = head.baseIndex;
      before = frame;
    }
    // A picture that is late together with a base picture cannot be foretold.
    assertThat(holes).as("picture id holes").isLessThanOrEqualTo(frames.size() * latePercent / 400);
  }

  private static List<Map.Entry<SyntheticFrame, List<Received>>> inOrder(
      Map<SyntheticFrame, List<Received>> frames) {
    return frames.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().getFirst().sequence))
        .toList();
  }

  /** VP9 and AV1 name references by distance, so distances must survive. */
  private void checkDistances(SyntheticFrame frame, Map<SyntheticFrame, Integer> ids) {
    if (codec != VideoCodec.VP9 && codec != VideoCodec.AV1) {
      return;
    }
    int mask = codec == VideoCodec.VP9 ? 0x7fff : 0xffff;
    for (SyntheticFrame reference : frame.references) {
      Integer id = ids.get(reference);
      if (id != null) {
        int truth =
            codec == VideoCodec.VP9
                ? frame.picture - reference.picture
                : frame.number - reference.number;
        int own = java.util.Objects.requireNonNull(ids.get(frame));
        assertThat((own - id) & mask).as("distance to %s", reference).isEqualTo(truth);
      }
    }
  }
}
