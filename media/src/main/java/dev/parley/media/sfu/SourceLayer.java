package dev.parley.media.sfu;

import dev.parley.media.codec.DependencyDescriptorReader;
import dev.parley.media.congestion.KeyFrameThrottle;
import dev.parley.media.rtp.PacketCache;
import org.jspecify.annotations.Nullable;

/** One incoming RTP source: an audio track, or one encoding of a video track. */
final class SourceLayer {
  /** A second and a half at 1.5 Mbit/s; retransmission needs less on any path worth a call. */
  static final int CACHE_BYTES = 384 * 1024;

  final SourceTrack track;
  final int index;
  final String rid;
  final LossTracker loss = new LossTracker();
  final ReceptionReport reception;
  final RateMeter rate = new RateMeter();
  final KeyFrameThrottle keyFrames = new KeyFrameThrottle();
  final DependencyDescriptorReader dependencies = new DependencyDescriptorReader();
  @Nullable PacketCache cache;
  int ssrc;
  int retransmissionSsrc;
  boolean bound;
  long lastPacketAt;
  long packets;
  long bytes;
  long keyFrameCount;
  int fullIntraSequence;

  SourceLayer(SourceTrack track, int index, String rid) {
    this.track = track;
    this.index = index;
    this.rid = rid;
    this.reception = new ReceptionReport(track.format().clockHz());
  }

  void close() {
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }
}
