package dev.parley.media.sfu;

import dev.parley.media.codec.VideoCodec;
import dev.parley.media.congestion.Remb;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.rtp.RtcpReader;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.sdp.OfferedTrack;
import dev.parley.media.transport.PeerLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connection on which a member receives: what is offered, sent, lost and sent again. */
public final class ReceiveSide implements PeerLink.Handler {
  private final Member member;
  private final LoopScratch scratch;
  private final List<Slot> sections = new ArrayList<>();
  private final List<Forward> forwards = new ArrayList<>();
  private final SourceTable<Forward> bySsrc = new SourceTable<>();
  private @Nullable PeerLink link;
  private final BandwidthShare share = new BandwidthShare();
  private int transportSequence;
  private long roundTripNanos = SfuLimits.ROUND_TRIP_NANOS_INITIAL;
  private final long cname;

  /** One media section of our offers; it keeps its place when its track goes. */
  private static final class Slot {
    final String mid;
    final PayloadFormat format;
    @Nullable Forward forward;
    boolean offered;

    Slot(String mid, PayloadFormat format) {
      this.mid = mid;
      this.format = format;
    }
  }

  /** A receiving side without a link; {@link #attach} gives it one. */
  public ReceiveSide(Member member) {
    this.member = member;
    this.scratch = member.room().scratch();
    this.cname = (long) member.room().random().next() << 32 | 0x30303030;
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

  /** Who receives. */
  public Member member() {
    return member;
  }

  /** The smoothed round trip to the client. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  /** What the client's connection is thought to carry, in bits per second. */
  public long estimateBps() {
    return share.estimator.targetBps();
  }

  /** How the tracks do that the client gets. */
  public List<ForwardStatistics> statistics() {
    return forwards.stream().map(ForwardStatistics::of).toList();
  }

  List<Forward> forwards() {
    return forwards;
  }

  /** Adds a track; the client gets it after the next offer and answer. */
  void add(SourceTrack track) {
    Slot slot = freeSlot(track.format());
    int random = member.room().random().next();
    int ssrc = member.room().random().next();
    Forward forward = forward(track, slot.mid, ssrc, random);
    slot.forward = forward;
    forwards.add(forward);
    track.forwards.add(forward);
    bySsrc.put(ssrc, forward);
    member.room().listener().offerNeeded(member);
  }

  private Forward forward(SourceTrack track, String mid, int ssrc, int random) {
    Optional<VideoCodec> codec = track.format().video();
    if (codec.isEmpty()) {
      return new AudioForward(track, this, ssrc, mid, random);
    }
    int repair = member.room().random().next();
    return new VideoForward(track, this, codec.get(), ssrc, repair, mid, random);
  }

  private Slot freeSlot(PayloadFormat format) {
    for (Slot each : sections) {
      if (each.forward == null && each.format == format && !each.offered) {
        return each;
      }
    }
    Slot slot = new Slot(Integer.toString(sections.size()), format);
    sections.add(slot);
    return slot;
  }

  /** Takes a track away. */
  void remove(SourceTrack track) {
    boolean found = false;
    for (Slot slot : sections) {
      Forward forward = slot.forward;
      if (forward != null && forward.track == track) {
        slot.forward = null;
        forwards.remove(forward);
        track.forwards.remove(forward);
        bySsrc.removeAll(forward);
        found = true;
      }
    }
    if (found) {
      member.room().listener().offerNeeded(member);
    }
  }

  /**
   * One section with a track.
   *
   * @param mid of the section in our offers
   * @param track that it carries
   * @param accepted whether the client has taken it
   */
  public record Section(String mid, SourceTrack track, boolean accepted) {}

  /** The sections that carry a track, in the order of our offers. */
  public List<Section> sections() {
    List<Section> carried = new ArrayList<>();
    for (Slot slot : sections) {
      Forward forward = slot.forward;
      if (forward != null) {
        carried.add(new Section(slot.mid, forward.track, forward.accepted));
      }
    }
    return carried;
  }

  /** What the next offer says. */
  public List<OfferedTrack> offer() {
    List<OfferedTrack> tracks = new ArrayList<>();
    for (Slot slot : sections) {
      slot.offered = slot.forward != null;
      tracks.add(offered(slot));
    }
    return tracks;
  }

  private static OfferedTrack offered(Slot slot) {
    Forward forward = slot.forward;
    if (forward == null) {
      return new OfferedTrack(slot.mid, slot.format, false, 0, 0, "-", "-");
    }
    int repair = forward instanceof VideoForward video ? video.retransmissionSsrc : 0;
    return new OfferedTrack(
        slot.mid,
        slot.format,
        true,
        forward.ssrc,
        repair,
        forward.track.owner().id(),
        forward.track.id());
  }

  /**
   * The client took these sections of the last offer.
   *
   * @param repaired those in which it takes retransmissions too
   */
  public void accept(Set<String> mids, Set<String> repaired) {
    for (Slot slot : sections) {
      Forward forward = slot.forward;
      if (forward != null && slot.offered) {
        boolean before = forward.accepted;
        forward.accepted = mids.contains(slot.mid);
        if (forward instanceof VideoForward video) {
          video.repaired = repaired.contains(slot.mid);
        }
        if (forward.accepted && !before) {
          started(forward);
        }
      }
    }
  }

  private void started(Forward forward) {
    if (forward instanceof VideoForward video) {
      video.projection.target(0, 0, 7);
      video.track.layers.getFirst().keyFrames.want();
      share.reconsider();
    }
  }

  /** The highest spatial layer that the client has use for. */
  public void prefer(String trackId, int spatialMax) {
    if (spatialMax < 0) {
      throw new IllegalArgumentException("layers count from 0");
    }
    forward(trackId, VideoForward.class).spatialMax = spatialMax;
    share.reconsider();
  }

  /** Gives a video its place right after shared screens. */
  public void pin(String trackId, boolean on) {
    forward(trackId, VideoForward.class).pinned = on;
    share.reconsider();
  }

  /** Stops a track for this client only. */
  public void pause(String trackId, boolean on) {
    forward(trackId, Forward.class).paused = on;
    share.reconsider();
  }

  /** Limits how many speakers' videos are sent. */
  public void videosMax(int count) {
    share.videosMax(count);
  }

  private <T extends Forward> T forward(String trackId, Class<T> kind) {
    for (Forward each : forwards) {
      if (each.track.id().equals(trackId) && kind.isInstance(each)) {
        return kind.cast(each);
      }
    }
    throw new IllegalArgumentException("the endpoint receives no such track");
  }

  @Override
  public void secured() {
    share.reconsider();
    member.room().listener().connected(member, false);
  }

  /**
   * What was sent while the path was broken is lost: a receiver would ask for all of it, and give
   * up only after seconds. A key frame lets it go on at once.
   */
  @Override
  public void restarted() {
    for (Forward forward : forwards) {
      if (forward instanceof VideoForward video && video.accepted) {
        wantKeyFrame(video);
      }
    }
  }

  @Override
  public void rtp(long packet, int length, long arrivalMicros) {
    // Receivers send no media on this connection; what comes is padding and ignored.
  }

  @Override
  public void rtcp(long packet, int length) {
    RtcpReader reader = scratch.rtcp;
    reader.begin(packet, length);
    while (reader.advance()) {
      switch (reader.type()) {
        case RtcpReader.SENDER_REPORT, RtcpReader.RECEIVER_REPORT -> reports(reader);
        case RtcpReader.TRANSPORT_FEEDBACK -> transportFeedback(reader);
        case RtcpReader.PAYLOAD_FEEDBACK -> payloadFeedback(reader);
        default -> {}
      }
    }
  }

  private void reports(RtcpReader reader) {
    for (int i = 0; i < reader.count(); i++) {
      long block = reader.report(i);
      Forward forward = block == 0 ? null : bySsrc.get(Memory.i32(block));
      if (forward != null) {
        forward.remoteFractionLost = Memory.u8(block + 4);
        forward.remoteJitter = Memory.u32(block + 12);
        share.estimator.onReceiverReport(forward.remoteFractionLost / 256.0, roundTripNanos / 1000);
        roundTrip(forward, Memory.i32(block + 16), Memory.u32(block + 20));
      }
    }
  }

  private void roundTrip(Forward forward, int lastReport, long sinceReport) {
    if (lastReport == 0 || lastReport != forward.reportSent) {
      return;
    }
    long since = sinceReport * 1_000_000_000 / 65_536;
    long sample = member.room().loop().now() - forward.reportSentAt - since;
    if (sample > 0) {
      roundTripNanos += (sample - roundTripNanos) / 8;
    }
  }

  private void transportFeedback(RtcpReader reader) {
    if (reader.count() == RtcpReader.NACK && reader.holds(16)) {
      if (bySsrc.get(reader.mediaSsrc()) instanceof VideoForward video) {
        resend(video, reader);
      }
    } else if (reader.count() == RtcpReader.TRANSPORT_WIDE) {
      share.estimator.onFeedback(
          scratch.source.at(reader.address()), 0, reader.length(), nowMicros());
    }
  }

  private void resend(VideoForward video, RtcpReader reader) {
    long now = member.room().loop().now();
    for (int pair = 0; pair < reader.nackCount(); pair++) {
      int base = reader.nackBase(pair);
      video.resend(base, now, roundTripNanos, scratch);
      for (int mask = reader.nackMask(pair); mask != 0; mask &= mask - 1) {
        int lost = base + 1 + Integer.numberOfTrailingZeros(mask) & 0xffff;
        video.resend(lost, now, roundTripNanos, scratch);
      }
    }
  }

  private void payloadFeedback(RtcpReader reader) {
    switch (reader.count()) {
      case RtcpReader.PICTURE_LOSS -> {
        if (reader.holds(12)) {
          wantKeyFrame(reader.mediaSsrc());
        }
      }
      case RtcpReader.FULL_INTRA -> {
        for (int i = 0; reader.firSsrc(i) != 0; i++) {
          wantKeyFrame(reader.firSsrc(i));
        }
      }
      case RtcpReader.APPLICATION -> {
        long limit = Remb.read(scratch.source.at(reader.address()), 0, reader.length());
        if (limit >= 0) {
          share.estimator.onRemb(limit);
        }
      }
      default -> {}
    }
  }

  private void wantKeyFrame(int ssrc) {
    if (bySsrc.get(ssrc) instanceof VideoForward video) {
      wantKeyFrame(video);
    }
  }

  private static void wantKeyFrame(VideoForward video) {
    int encoding = video.projection.encoding();
    video.track.layers.get(Math.max(0, encoding)).keyFrames.want();
  }

  void tick(long now) {
    if (link().secured()) {
      share.tick(forwards, now, scratch);
    }
  }

  /** Tells the client how the timestamps of a source relate to the publisher's clock. */
  void report(Forward forward, long ntp, long rtp) {
    long slot = link().loop().io().slot();
    RtcpWriter writer =
        scratch
            .report
            .begin(slot)
            .senderReport(forward.ssrc, ntp, rtp, forward.packets, forward.octets)
            .canonicalName(forward.ssrc, cname);
    forward.reportSent = (int) (ntp >>> 16);
    forward.reportSentAt = member.room().loop().now();
    link().sendRtcp(slot, writer.length());
  }

  long slot() {
    return link().loop().io().slot();
  }

  int nextTransportSequence() {
    return ++transportSequence & 0xffff;
  }

  /** Whether a video packet may leave now. */
  boolean mayGo() {
    return share.pacer.free(nowMicros());
  }

  void defer(VideoForward forward, int sequence) {
    share.pacer.defer(forward, sequence, scratch);
  }

  /** Sends a packet whose header holds the last transport sequence number. */
  void send(long packet, int headerLength, int length, long index, boolean video) {
    long nowMicros = nowMicros();
    link().sendRtp(packet, headerLength, length, index);
    share.estimator.onSent(
        transportSequence & 0xffff, length, share.estimator.probeNumber(), nowMicros);
    share.pacer.sent(length, nowMicros);
    if (!video) {
      share.audioSent(length);
    }
  }

  private long nowMicros() {
    return member.room().loop().now() / 1000;
  }

  /** The bandwidth estimate and what it is spent on. */
  BandwidthShare share() {
    return share;
  }

  @Override
  public void ended(String reason) {
    for (Forward forward : forwards) {
      forward.track.forwards.remove(forward);
    }
    forwards.clear();
    member.room().disconnect(this);
    member.ended(this);
    member.room().listener().disconnected(member, false, reason);
  }
}
