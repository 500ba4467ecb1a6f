package dev.parley.media.sfu;

import dev.parley.media.codec.VideoCodec;
import dev.parley.media.codec.VideoPacket;
import dev.parley.media.codec.VideoProjection;
import dev.parley.media.congestion.VideoDemand;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.PacketCache;
import dev.parley.media.rtp.RtpPacket;

/** Video to one receiver: a projection of the track's encodings, and its retransmissions. */
final class VideoForward extends Forward {
  /** The highest spatial layer of a video that is not shown. */
  static final int NOT_SHOWN = -1;

  private static final int RESENT_MEMORY = 1024;
  private static final int PROBE_VARIETY = 16;

  /** The last byte of the padding counts it (RFC 3550 §5.1); a multiple of four. */
  private static final int PADDING_BYTES = 252;

  private static final int SPATIAL_ALL = 7;

  final int retransmissionSsrc;
  final VideoProjection projection;
  final VideoDemand demand = new VideoDemand();
  private final VideoCodec codec;
  private final long[] resentAt = new long[RESENT_MEMORY];
  private long retransmissionIndex;
  long retransmitted;
  long paced;
  boolean pinned;

  /** Whether the receiver takes the repair source. */
  boolean repaired;

  boolean shown = true;
  int spatialMax = SPATIAL_ALL;
  long nacked;
  long unserved;

  VideoForward(
      SourceTrack track,
      ReceiveSide receiver,
      VideoCodec codec,
      int ssrc,
      int retransmissionSsrc,
      String mid,
      int random) {
    super(track, receiver, ssrc, mid);
    this.codec = codec;
    this.retransmissionSsrc = retransmissionSsrc;
    this.retransmissionIndex = random >>> 16 & 0x7fff;
    this.projection =
        new VideoProjection(codec, track.clock, random & 0x7fff, (random * 31L) & 0xffff_ffffL);
  }

  /** Offers a packet of the track; {@code scratch.video} has what the parser found. */
  void packet(RtpPacket source, SourceLayer layer, LoopScratch scratch) {
    if (!open()) {
      // What passes unseen leaves a gap: after it the receiver must start with a key frame.
      projection.target(VideoProjection.NOTHING, 0, 0);
      return;
    }
    switch (projection.project(scratch.video, scratch.projected)) {
      case FORWARD -> {
        if (receiver.mayGo()) {
          forward(source, layer, scratch.video, scratch);
        } else {
          paced++;
          receiver.defer(this, scratch.projected.sequence());
        }
      }
      case FILL -> fill(scratch);
      case DROP -> {}
    }
    if (projection.needsKeyFrame()) {
      track.layers.get(projection.wantedEncoding()).keyFrames.want();
    }
  }

  /** Sends a packet that had to wait, from the cache. */
  void sendDeferred(int sequence, LoopScratch scratch) {
    if (!open() || !projection.replay(sequence, scratch.projected)) {
      return;
    }
    SourceLayer layer = track.layers.get(scratch.projected.encoding());
    if (fromCache(layer, scratch)) {
      parseAgain(scratch.cached, layer, scratch);
      forward(scratch.cached, layer, scratch.cachedVideo, scratch);
    }
  }

  private static boolean fromCache(SourceLayer layer, LoopScratch scratch) {
    PacketCache cache = layer.cache;
    int original = scratch.projected.sourceSequence();
    long kept = cache == null ? 0 : cache.find(original);
    return cache != null && kept != 0 && scratch.cached.parse(kept, cache.length(original));
  }

  private void forward(
      RtpPacket source, SourceLayer layer, VideoPacket parsed, LoopScratch scratch) {
    int sequence = scratch.projected.sequence();
    long timestamp = scratch.projected.timestamp();
    long slot = receiver.slot();
    EgressHeader.fixed(
        slot,
        source.marker() || scratch.projected.marker(),
        track.format().egressType(),
        sequence,
        timestamp,
        ssrc);
    int header = extensions(slot, source, layer, scratch);
    int payload = source.payloadLength();
    Memory.copy(source.address() + source.headerLength(), slot + header, payload);
    rewrite(slot, header, source, parsed, scratch);
    receiver.send(slot, header, header + payload, index(sequence), true);
    timestampShift = (int) (source.timestamp() - timestamp);
    sent(payload, timestamp);
  }

  private int extensions(long slot, RtpPacket source, SourceLayer layer, LoopScratch scratch) {
    PublishSide publisher = layer.track.owner().publishing();
    int orientation = publisher.find(HeaderExtension.VIDEO_ORIENTATION, source);
    int descriptor =
        codec == VideoCodec.AV1 ? publisher.find(HeaderExtension.DEPENDENCY_DESCRIPTOR, source) : 0;
    int length =
        descriptor == 0
            ? 0
            : source.extensionLength(publisher.id(HeaderExtension.DEPENDENCY_DESCRIPTOR));
    return scratch.header.video(
        slot, receiver.nextTransportSequence(), source, orientation, descriptor, length);
  }

  private void rewrite(
      long slot, int payloadAt, RtpPacket source, VideoPacket parsed, LoopScratch scratch) {
    if (codec == VideoCodec.AV1) {
      int descriptor = scratch.header.descriptorAt();
      if (descriptor != 0 && scratch.projected.pictureId() >= 0) {
        Memory.put16(slot + descriptor + 1, scratch.projected.pictureId());
      }
      return;
    }
    scratch.projected.rewrite(parsed, scratch.copy.at(slot), payloadAt - source.headerLength());
  }

  /** An empty packet for a number that was kept free and is not needed. */
  private void fill(LoopScratch scratch) {
    long slot = receiver.slot();
    int sequence = scratch.projected.sequence();
    EgressHeader.fixed(
        slot, false, track.format().egressType(), sequence, scratch.projected.timestamp(), ssrc);
    int header = scratch.header.bare(slot, receiver.nextTransportSequence());
    Memory.put8(slot, Memory.u8(slot) | 0x20);
    Memory.put8(slot + header, 1);
    receiver.send(slot, header, header + 1, index(sequence), false);
    packets++;
  }

  /** The receiver misses {@code sequence}: sends it again on the repair source (RFC 4588). */
  void resend(int sequence, long now, long roundTripNanos, LoopScratch scratch) {
    nacked++;
    int place = sequence & RESENT_MEMORY - 1;
    boolean tooSoon = resentAt[place] != 0 && now - resentAt[place] < roundTripNanos / 2;
    if (tooSoon || !open()) {
      return;
    }
    if (!projection.replay(sequence, scratch.projected)) {
      unserved++;
      return;
    }
    SourceLayer layer = track.layers.get(scratch.projected.encoding());
    if (!fromCache(layer, scratch)) {
      unserved++;
      return;
    }
    resentAt[place] = now;
    repair(scratch.cached, layer, scratch);
  }

  /**
   * Sends one of the last packets again, for a probe.
   *
   * @param back counted from the newest
   */
  boolean probe(int back, LoopScratch scratch) {
    int sequence = (int) (highestIndex - back % PROBE_VARIETY) & 0xffff;
    if (retransmissionSsrc == 0 || !projection.replay(sequence, scratch.projected)) {
      return false;
    }
    SourceLayer layer = track.layers.get(scratch.projected.encoding());
    if (!fromCache(layer, scratch)) {
      return false;
    }
    repair(scratch.cached, layer, scratch);
    return true;
  }

  /** Sends an empty packet on the repair source, for a probe; only when {@link #repaired}. */
  void padding(LoopScratch scratch) {
    int sequence = (int) ++retransmissionIndex & 0xffff;
    long slot = receiver.slot();
    EgressHeader.fixed(
        slot,
        false,
        track.format().egressRetransmissionType(),
        sequence,
        lastTimestamp,
        retransmissionSsrc);
    int header = scratch.header.bare(slot, receiver.nextTransportSequence());
    Memory.put8(slot, Memory.u8(slot) | 0x20);
    Memory.fill(slot + header, PADDING_BYTES, 0);
    Memory.put8(slot + header + PADDING_BYTES - 1, PADDING_BYTES);
    receiver.send(slot, header, header + PADDING_BYTES, retransmissionIndex, true);
  }

  private void repair(RtpPacket source, SourceLayer layer, LoopScratch scratch) {
    int sequence = (int) ++retransmissionIndex & 0xffff;
    int original = scratch.projected.sequence();
    long slot = receiver.slot();
    EgressHeader.fixed(
        slot,
        source.marker() || scratch.projected.marker(),
        track.format().egressRetransmissionType(),
        sequence,
        scratch.projected.timestamp(),
        retransmissionSsrc);
    int header = extensions(slot, source, layer, scratch);
    Memory.put16(slot + header, original);
    int payload = source.payloadLength();
    Memory.copy(source.address() + source.headerLength(), slot + header + 2, payload);
    parseAgain(source, layer, scratch);
    rewrite(slot, header + 2, source, scratch.cachedVideo, scratch);
    receiver.send(slot, header, header + 2 + payload, retransmissionIndex, true);
    retransmitted++;
  }

  private void parseAgain(RtpPacket source, SourceLayer layer, LoopScratch scratch) {
    if (track.parser == null || codec == VideoCodec.AV1) {
      return;
    }
    scratch.cachedVideo.begin(
        layer.index, source.sequence(), source.timestamp(), source.marker(), 0);
    track.parser.parse(
        scratch.source.at(source.address()),
        source.headerLength(),
        source.payloadLength(),
        scratch.cachedVideo);
  }
}
