package dev.parley.media.sfu;

import dev.parley.media.codec.VideoPacket;
import dev.parley.media.congestion.TransportFeedbackWriter;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.ExtensionIds;
import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PacketCache;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.rtp.RtcpReader;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.rtp.RtpPacket;
import dev.parley.media.sdp.PublishedMedia;
import dev.parley.media.transport.PeerLink;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connection on which a member publishes: sorts its packets and asks for what is missing. */
public final class PublishSide implements PeerLink.Handler {
  private final Member member;
  private final LoopScratch scratch;
  private final int ownSsrc;
  private final Map<String, SourceTrack> byMid = new HashMap<>();
  private final Map<String, List<String>> midOrder = new HashMap<>();
  private final Map<String, List<Known>> resting = new HashMap<>();
  private final SourceTable<SourceLayer> sources = new SourceTable<>();
  private final List<SourceLayer> layers = new ArrayList<>();
  private final @Nullable PayloadFormat[] formats = new PayloadFormat[128];
  private final int[] repairs = new int[128];
  private final TrackIds trackIds;
  private final TransportFeedbackWriter feedback = new TransportFeedbackWriter();
  private ExtensionIds extensions = ExtensionIds.NONE;
  private @Nullable PeerLink link;
  private long nextReport;
  private long nextFeedback;
  long unroutable;

  /**
   * What an encoding of a section that rests came from: a sender names its encodings only until
   * they were acknowledged (RFC 8852 §3.1), and goes on under the same sources without saying it
   * again.
   */
  private record Known(String rid, int ssrc, int retransmissionSsrc) {}

  /** Names new tracks. */
  @FunctionalInterface
  public interface TrackIds {
    String next();
  }

  /** A publishing side without a link; {@link #attach} gives it one. */
  public PublishSide(Member member, TrackIds trackIds) {
    this.member = member;
    this.trackIds = trackIds;
    this.scratch = member.room().scratch();
    this.ownSsrc = member.room().random().next();
    member.room().connect(this);
  }

  /** Gives the side the link that it handles. */
  public void attach(PeerLink made) {
    link = made;
  }

  /** The link. */
  public PeerLink link() {
    if (link == null) {
      throw new IllegalStateException("no link yet");
    }
    return link;
  }

  int id(HeaderExtension extension) {
    return extensions.id(extension);
  }

  int find(HeaderExtension extension, RtpPacket packet) {
    return extensions.find(extension, packet);
  }

  /** Applies what the client's offer and our answer agreed. */
  public void agree(List<PublishedMedia> media) {
    Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
    for (PublishedMedia each : media) {
      ids.putAll(each.extensions());
      each.formats().forEach((type, format) -> formats[type] = format);
      each.retransmissions().forEach((type, apt) -> repairs[type] = apt);
    }
    extensions = new ExtensionIds(ids);
    forgetAllBut(media.stream().map(PublishedMedia::mid).collect(Collectors.toSet()));
    for (PublishedMedia each : media) {
      agree(each);
    }
  }

  /** A section that the client stopped for good (port 0) is not among those of its offer. */
  private void forgetAllBut(Set<String> mids) {
    Map.copyOf(byMid)
        .forEach((mid, track) -> {
          if (!mids.contains(mid)) {
            forget(mid, track);
          }
        });
    resting.keySet().retainAll(mids);
  }

  private void agree(PublishedMedia media) {
    SourceTrack known = byMid.get(media.mid());
    boolean same =
        known != null
            && media.sending()
            && media.formats().containsValue(known.format())
            && media.rids().equals(midOrder.getOrDefault(media.mid(), List.of()));
    if (known != null && !same) {
      List<Known> sources =
          known.layers.stream()
              .filter(layer -> layer.bound)
              .map(layer -> new Known(layer.rid, layer.ssrc, layer.retransmissionSsrc))
              .toList();
      forget(media.mid(), known);
      if (!media.sending()) {
        resting.put(media.mid(), sources);
      }
    }
    if (media.sending() && !same) {
      publish(media);
    }
  }

  private void publish(PublishedMedia media) {
    PayloadFormat format = media.formats().values().iterator().next();
    SourceTrack track =
        member.room().publish(member, trackIds.next(), media.mid(), format, media.rids());
    byMid.put(media.mid(), track);
    midOrder.put(media.mid(), media.rids());
    layers.addAll(track.layers);
    if (media.rids().isEmpty() && !media.ssrcs().isEmpty()) {
      bind(track.layers.getFirst(), media.ssrcs().getFirst());
      if (media.ssrcs().size() > 1) {
        bindRepair(track.layers.getFirst(), media.ssrcs().get(1));
      }
    }
    List<Known> sources = resting.remove(media.mid());
    if (sources != null) {
      track.layers.forEach(layer -> goOn(layer, sources));
    }
  }

  /** Binds an encoding to what it came from before its section rested, unless that is taken. */
  private void goOn(SourceLayer layer, List<Known> before) {
    for (Known known : before) {
      if (known.rid().equals(layer.rid) && !layer.bound && sources.get(known.ssrc()) == null) {
        bind(layer, known.ssrc());
        if (known.retransmissionSsrc() != 0 && sources.get(known.retransmissionSsrc()) == null) {
          bindRepair(layer, known.retransmissionSsrc());
        }
      }
    }
  }

  private void forget(String mid, SourceTrack track) {
    byMid.remove(mid);
    midOrder.remove(mid);
    for (SourceLayer layer : track.layers) {
      sources.removeAll(layer);
      layers.remove(layer);
    }
    member.room().unpublish(track);
  }

  private void bind(SourceLayer layer, int ssrc) {
    if (sources.put(ssrc, layer)) {
      layer.ssrc = ssrc;
      layer.bound = true;
      if (layer.track.kind() == MediaKind.VIDEO) {
        layer.keyFrames.want();
      }
    }
  }

  private void bindRepair(SourceLayer layer, int ssrc) {
    if (sources.put(ssrc, layer)) {
      layer.retransmissionSsrc = ssrc;
    }
  }

  @Override
  public void secured() {
    member.room().listener().connected(member, true);
  }

  /** What was sent while the path was broken is lost; with a key frame its receivers go on. */
  @Override
  public void restarted() {
    for (SourceLayer layer : layers) {
      if (layer.bound && layer.track.kind() == MediaKind.VIDEO) {
        layer.keyFrames.want();
      }
    }
  }

  @Override
  public void rtp(long packet, int length, long arrivalMicros) {
    RtpPacket view = scratch.incoming;
    if (!view.parse(packet, length)) {
      unroutable++;
      return;
    }
    int transportSequence = extensions.find(HeaderExtension.TRANSPORT_SEQUENCE, view);
    if (transportSequence != 0) {
      feedback.arrived(Memory.u16(packet + transportSequence), arrivalMicros);
    }
    SourceLayer layer = sources.get(view.ssrc());
    if (layer == null) {
      layer = learn(view);
      if (layer == null) {
        unroutable++;
        return;
      }
    }
    if (view.ssrc() == layer.retransmissionSsrc && layer.retransmissionSsrc != 0) {
      if (!unwrap(view, layer)) {
        return;
      }
    }
    received(view, layer, arrivalMicros);
  }

  /** An unknown source says by MID and RID what it is (RFC 8843 §9.2, RFC 8852). */
  private @Nullable SourceLayer learn(RtpPacket view) {
    SourceTrack track = byMid.get(text(HeaderExtension.MID, view));
    if (track == null) {
      return null;
    }
    boolean repair = repairs[view.payloadType()] != 0;
    String rid = text(repair ? HeaderExtension.REPAIRED_RID : HeaderExtension.RID, view);
    for (SourceLayer layer : track.layers) {
      if (layer.rid.equals(rid)) {
        if (repair) {
          bindRepair(layer, view.ssrc());
        } else {
          bind(layer, view.ssrc());
        }
        return layer;
      }
    }
    return null;
  }

  private String text(HeaderExtension extension, RtpPacket view) {
    int at = extensions.find(extension, view);
    return at == 0
        ? ""
        : new String(
            Memory.bytes(view.address() + at, view.extensionLength(extensions.id(extension))),
            java.nio.charset.StandardCharsets.US_ASCII);
  }

  /** Makes the original of a retransmission, in place (RFC 4588 §4). */
  private boolean unwrap(RtpPacket view, SourceLayer layer) {
    if (view.payloadLength() < 2) {
      return false;
    }
    int header = view.headerLength();
    long packet = view.address();
    int original = Memory.u16(packet + header);
    int type = repairs[view.payloadType()];
    boolean marker = view.marker();
    int length = view.length() - 2;
    Memory.copy(packet, packet + 2, header);
    Memory.put8(packet + 3, (marker ? 0x80 : 0) | type);
    Memory.put16(packet + 4, original);
    Memory.put32(packet + 10, layer.ssrc);
    return layer.bound && view.parse(packet + 2, length);
  }

  private void received(RtpPacket view, SourceLayer layer, long arrivalMicros) {
    long now = member.room().loop().now();
    if (!layer.loss.arrived(view.sequence(), now)) {
      return;
    }
    layer.lastPacketAt = now;
    layer.packets++;
    layer.bytes += view.length();
    layer.rate.add(view.length());
    layer.reception.arrived(view.timestamp(), arrivalMicros);
    if (!layer.track.withheld()) {
      tap(view, layer, arrivalMicros);
    }
    switch (layer.track.kind()) {
      case AUDIO -> audio(view, layer.track);
      case VIDEO -> video(view, layer, now);
    }
  }

  private void tap(RtpPacket view, SourceLayer layer, long arrivalMicros) {
    List<PacketTap> taps = layer.track.taps;
    for (int i = 0; i < taps.size(); i++) {
      taps.get(i).packet(view.address(), view.length(), layer.index, arrivalMicros);
    }
  }

  private void audio(RtpPacket view, SourceTrack track) {
    int at = extensions.find(HeaderExtension.AUDIO_LEVEL, view);
    int level = at == 0 ? -1 : Memory.u8(view.address() + at);
    track.hear(view, level, member.room().loop().now(), scratch);
  }

  private void video(RtpPacket view, SourceLayer layer, long now) {
    VideoPacket parsed = scratch.video;
    parsed.begin(layer.index, view.sequence(), view.timestamp(), view.marker(), now);
    parse(view, layer, parsed);
    if (parsed.keyFrame() && parsed.startOfFrame()) {
      layer.keyFrames.came(now / 1000);
      layer.keyFrameCount++;
    }
    int row = layer.track.layers.size() > 1 ? layer.index : parsed.spatialId();
    layer.track.rates.add(row, parsed.temporalId(), view.length(), now);
    PacketCache cache = layer.cache;
    if (cache == null) {
      cache = new PacketCache(SourceLayer.CACHE_BYTES);
      layer.cache = cache;
    }
    cache.keep(view.sequence(), view.address(), view.length());
    member.room().loop().frame(view.marker());
    List<Forward> forwards = layer.track.forwards;
    for (int i = 0; i < forwards.size(); i++) {
      if (forwards.get(i) instanceof VideoForward forward) {
        forward.packet(view, layer, scratch);
      }
    }
  }

  private void parse(RtpPacket view, SourceLayer layer, VideoPacket into) {
    SourceTrack track = layer.track;
    boolean good =
        track.parser != null
            && view.payloadLength() > 0
            && track.parser.parse(
                scratch.source.at(view.address()), view.headerLength(), view.payloadLength(), into);
    if (!good) {
      into.empty();
      return;
    }
    int descriptor = extensions.find(HeaderExtension.DEPENDENCY_DESCRIPTOR, view);
    if (track.format() == PayloadFormat.AV1 && descriptor != 0) {
      int length = view.extensionLength(extensions.id(HeaderExtension.DEPENDENCY_DESCRIPTOR));
      if (!layer.dependencies.read(scratch.source, descriptor, length, into)) {
        into.empty();
        layer.keyFrames.want();
      }
    }
  }

  @Override
  public void rtcp(long packet, int length) {
    RtcpReader reader = scratch.rtcp;
    reader.begin(packet, length);
    while (reader.advance()) {
      if (reader.type() == RtcpReader.SENDER_REPORT && reader.holds(28)) {
        SourceLayer layer = sources.get(reader.senderSsrc());
        if (layer != null && layer.ssrc == reader.senderSsrc()) {
          senderReport(layer, reader.ntpTimestamp(), reader.rtpTimestamp());
        }
      }
    }
  }

  private void senderReport(SourceLayer layer, long ntp, long rtp) {
    layer.reception.senderReport(ntp, member.room().loop().now());
    if (layer.track.kind() == MediaKind.VIDEO) {
      layer.track.clock.onSenderReport(layer.index, ntp, rtp);
    }
    List<Forward> forwards = layer.track.forwards;
    for (int i = 0; i < forwards.size(); i++) {
      Forward forward = forwards.get(i);
      boolean current =
          switch (forward) {
            case AudioForward audio -> audio.wanted();
            case VideoForward video -> video.projection.encoding() == layer.index;
          };
      if (current && forward.packets > 0 && forward.open()) {
        forward.receiver.report(forward, ntp, rtp - forward.timestampShift);
      }
    }
  }

  void tick(long now) {
    if (link == null || !link.secured()) {
      return;
    }
    for (int i = 0; i < layers.size(); i++) {
      SourceLayer layer = layers.get(i);
      layer.rate.tick(now);
      if (layer.index == 0) {
        layer.track.rates.tick(now);
      }
      if (layer.bound && layer.track.kind() == MediaKind.VIDEO) {
        askForMissing(layer, now);
      }
    }
    if (now - nextFeedback >= 0) {
      nextFeedback = now + SfuLimits.FEEDBACK_NANOS;
      sendFeedback();
    }
    if (now - nextReport >= 0) {
      nextReport = now + SfuLimits.REPORT_NANOS;
      report(now);
    }
  }

  private void askForMissing(SourceLayer layer, long now) {
    int lost = layer.loss.missingCount() == 0 ? 0 : layer.loss.ask(now);
    boolean keyFrame = layer.keyFrames.due(layer.loss.roundTripNanos() / 1000, now / 1000);
    if (lost == 0 && !keyFrame) {
      return;
    }
    long slot = link().loop().io().slot();
    RtcpWriter writer = scratch.report.begin(slot);
    if (lost > 0) {
      writer.nack(ownSsrc, layer.ssrc, layer.loss.due(), lost);
    }
    if (keyFrame) {
      writer.pictureLoss(ownSsrc, layer.ssrc);
    }
    link().sendRtcp(slot, writer.length());
  }

  /** Says which packets came when, so that the client can reckon its own bandwidth. */
  private void sendFeedback() {
    int media = layers.isEmpty() ? 0 : layers.getFirst().ssrc;
    while (feedback.pending()) {
      long slot = link().loop().io().slot();
      int length = feedback.write(scratch.copy.at(slot), 0, RtcpWriter.BYTES_MAX, ownSsrc, media);
      if (length == 0) {
        return;
      }
      link().sendRtcp(slot, length);
    }
  }

  private void report(long now) {
    int count = 0;
    for (int i = 0; i < layers.size() && count < 31; i++) {
      count += layers.get(i).packets > 0 ? 1 : 0;
    }
    long slot = link().loop().io().slot();
    RtcpWriter writer = scratch.report.begin(slot).receiverReport(ownSsrc, count);
    for (int i = 0; i < layers.size() && count > 0; i++) {
      SourceLayer layer = layers.get(i);
      if (layer.packets > 0) {
        block(writer, layer, now);
        count--;
      }
    }
    link().sendRtcp(slot, writer.length());
  }

  private static void block(RtcpWriter writer, SourceLayer layer, long now) {
    LossTracker loss = layer.loss;
    int fraction = layer.reception.close(loss.expected(), loss.received());
    int lost = (int) Math.clamp(loss.expected() - loss.received(), 0, 0x7fffff);
    writer.reportBlock(
        layer.ssrc,
        fraction,
        lost,
        loss.highest(),
        layer.reception.jitter(),
        layer.reception.lastSenderReport(),
        layer.reception.sinceSenderReport(now));
  }

  @Override
  public void ended(String reason) {
    member.room().disconnect(this);
    member.ended(this);
    member.room().listener().disconnected(member, true, reason);
  }
}
