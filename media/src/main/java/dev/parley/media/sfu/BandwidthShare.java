package dev.parley.media.sfu;

import dev.parley.media.codec.VideoProjection;
import dev.parley.media.congestion.ReceiverAllocator;
import dev.parley.media.congestion.SendSideEstimator;
import dev.parley.media.congestion.VideoKind;
import java.util.List;

/**
 * Keeps the bandwidth estimate of one receiver and turns it into a layer for each of its videos:
 * screens first, then what is pinned, then who spoke last.
 */
final class BandwidthShare {
  private static final long ESTIMATE_NANOS = 25_000_000;
  private static final long ALLOCATE_NANOS = 200_000_000;
  private static final int ALL_TEMPORAL = 7;

  final SendSideEstimator estimator = new SendSideEstimator(0);
  final Pacer pacer = new Pacer();
  private final ReceiverAllocator allocator = new ReceiverAllocator();
  private final RateMeter audio = new RateMeter();
  private long nextEstimate;
  private long nextAllocation;
  private int videosMax = Integer.MAX_VALUE;

  void videosMax(int count) {
    videosMax = count;
    nextAllocation = 0;
  }

  /** Lets the next tick choose layers anew. */
  void reconsider() {
    nextAllocation = 0;
  }

  void audioSent(int bytes) {
    audio.add(bytes);
  }

  void tick(List<Forward> forwards, long now, LoopScratch scratch) {
    long nowMicros = now / 1000;
    audio.tick(now);
    if (now - nextEstimate >= 0) {
      nextEstimate = now + ESTIMATE_NANOS;
      estimator.tick(nowMicros);
    }
    if (now - nextAllocation >= 0) {
      nextAllocation = now + ALLOCATE_NANOS;
      allocate(forwards, now);
    }
    pace(forwards, nowMicros, scratch);
  }

  private void pace(List<Forward> forwards, long nowMicros, LoopScratch scratch) {
    if (estimator.probeNumber() == 0) {
      pacer.follow(estimator.targetBps(), nowMicros);
      pacer.drain(nowMicros, scratch);
      return;
    }
    pacer.exactly(estimator.probeBps(), nowMicros);
    pacer.drain(nowMicros, scratch);
    if (pacer.isEmpty()) {
      pad(forwards, nowMicros, scratch);
    }
  }

  /**
   * Fills a probe with what was sent last, sent again: worth something if it had been lost. Where
   * nothing of it is kept any more, as of a video that was too dear for long, with empty packets.
   */
  private void pad(List<Forward> forwards, long nowMicros, LoopScratch scratch) {
    VideoForward carrier = null;
    for (int i = 0; i < forwards.size(); i++) {
      if (forwards.get(i) instanceof VideoForward video && video.shown && video.open()) {
        if (repeat(video, nowMicros, scratch)) {
          return;
        }
        carrier = carrier == null && video.repaired ? video : carrier;
      }
    }
    while (carrier != null && estimator.probeNumber() != 0 && pacer.free(nowMicros)) {
      carrier.padding(scratch);
    }
  }

  /** Whether something could be sent again; each turn counts one packet against the probe. */
  private boolean repeat(VideoForward video, long nowMicros, LoopScratch scratch) {
    int back = 0;
    while (video.packets > 0
        && estimator.probeNumber() != 0
        && pacer.free(nowMicros)
        && video.probe(back, scratch)) {
      back++;
    }
    return back > 0;
  }

  private void allocate(List<Forward> forwards, long now) {
    allocator.clear();
    for (int i = 0; i < forwards.size(); i++) {
      if (forwards.get(i) instanceof VideoForward video && video.accepted) {
        demand(video, forwards, now);
      }
    }
    long forVideo = Math.max(0, estimator.targetBps() - audio.bitrateBps());
    allocator.allocate(forVideo, now / 1000);
    estimator.wanted(allocator.wantedBps() + audio.bitrateBps());
    for (int i = 0; i < forwards.size(); i++) {
      if (forwards.get(i) instanceof VideoForward video && video.accepted) {
        apply(video);
      }
    }
  }

  private static VideoKind kind(VideoForward video) {
    return video.track.screen()
        ? VideoKind.SCREEN
        : video.pinned ? VideoKind.PINNED : VideoKind.SPEAKER;
  }

  /** How many speakers' videos come before this one; who never spoke comes in order of joining. */
  private int place(VideoForward video, List<Forward> forwards) {
    int place = 0;
    boolean behind = false;
    for (int i = 0; i < forwards.size() && videosMax < forwards.size(); i++) {
      if (forwards.get(i) instanceof VideoForward other && kind(other) == VideoKind.SPEAKER) {
        int theirs = other.track.owner().recency;
        int ours = video.track.owner().recency;
        boolean open = other.accepted && !other.paused && !other.track.withheld();
        behind |= other == video;
        place += open && (theirs < ours || theirs == ours && !behind) ? 1 : 0;
      }
    }
    return place;
  }

  private void demand(VideoForward video, List<Forward> forwards, long now) {
    SourceTrack track = video.track;
    int recency = track.owner().recency;
    VideoKind kind = kind(video);
    boolean shown =
        !video.paused
            && !video.receiver.member().held()
            && !track.withheld()
            && (kind != VideoKind.SPEAKER || place(video, forwards) < videosMax);
    video.demand.describe(kind, recency);
    long silent = track.screen() ? SfuLimits.SCREEN_SILENT_NANOS : SfuLimits.LAYER_SILENT_NANOS;
    boolean layered = track.layers.size() == 1;
    video.demand.ladder(
        track.rates.table(layered, silent, now), shown ? video.spatialMax : VideoForward.NOT_SHOWN);
    video.shown = shown;
    allocator.add(video.demand);
  }

  private static void apply(VideoForward video) {
    int spatial = video.demand.spatialId();
    VideoProjection projection = video.projection;
    if (!video.shown) {
      projection.target(VideoProjection.NOTHING, 0, 0);
      return;
    }
    if (video.demand.wantedBps() == 0) {
      // Nothing came lately, so nothing is known: what comes next may pass in its lowest form.
      if (projection.wantedEncoding() == VideoProjection.NOTHING) {
        projection.target(0, 0, ALL_TEMPORAL);
      }
      return;
    }
    if (spatial < 0) {
      projection.target(VideoProjection.NOTHING, 0, 0);
    } else if (video.track.layers.size() > 1) {
      projection.target(
          Math.min(spatial, video.track.layers.size() - 1), 7, video.demand.temporalId());
    } else {
      projection.target(0, spatial, video.demand.temporalId());
    }
    if (projection.needsKeyFrame()) {
      video.track.layers.get(projection.wantedEncoding()).keyFrames.want();
    }
  }
}
