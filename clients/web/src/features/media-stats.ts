import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { badRequest } from "../base/errors.js";
import type { CallObject } from "../calls/call.js";
import { countsOf, type StreamCounts } from "../media/statistics.js";

/** One stream in one sample; sums are those since its connection began. */
export interface MediaStatsStream {
  readonly id: string;
  readonly codecName: string | undefined;
  readonly packets: number;
  readonly packetsLost: number;
  readonly bytes: number;
  readonly jitterInMs: number | undefined;
  readonly rttInMs: number | undefined;
  readonly frameRate: number | undefined;
  readonly frameWidth: number | undefined;
  readonly frameHeight: number | undefined;
}

export interface MediaStatsOfKind {
  readonly send: MediaStatsStream[];
  readonly receive: MediaStatsStream[];
}

export interface MediaStatsReportSample {
  readonly statsCollectTime: Date;
  readonly audio: MediaStatsOfKind;
  readonly video: MediaStatsOfKind;
}

export interface MediaStatsReportSummary {
  readonly samples: MediaStatsReportSample[];
}

export interface MediaStatsCollectorOptions {
  /** Seconds between two samples; 10 unless said otherwise. */
  aggregationInterval?: number;
  /** Samples in a summary; 6 unless said otherwise. */
  dataPointsPerAggregation?: number;
}

export interface MediaStatsEvents {
  sampleReported: MediaStatsReportSample;
  summaryReported: MediaStatsReportSummary;
}

export interface MediaStatsCollector extends EventSource<MediaStatsEvents> {
  dispose(): void;
}

export interface MediaStatsCallFeature extends CallFeature {
  createCollector(options?: MediaStatsCollectorOptions): MediaStatsCollector;
  disposeAllCollectors(): void;
}

const COLLECTORS_MAX = 16;

export class MediaStats implements MediaStatsCallFeature {
  private readonly _collectors = new Set<Collector>();

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    _call._signals.on("over", () => this.disposeAllCollectors());
  }

  createCollector(options: MediaStatsCollectorOptions = {}): MediaStatsCollector {
    if (this._collectors.size >= COLLECTORS_MAX) throw badRequest(`a call has at most ${COLLECTORS_MAX} collectors`);
    const collector = new Collector(this._call, options, () => this._collectors.delete(collector));
    this._collectors.add(collector);
    return collector;
  }

  disposeAllCollectors(): void {
    for (const collector of [...this._collectors]) collector.dispose();
  }

  dispose(): void {
    this.disposeAllCollectors();
  }
}

class Collector extends Emitter<MediaStatsEvents> implements MediaStatsCollector {
  private _samples: MediaStatsReportSample[] = [];
  private _cancel: (() => void) | undefined;
  private _disposed = false;

  constructor(
    private readonly _call: CallObject,
    private readonly _options: MediaStatsCollectorOptions,
    private readonly _gone: () => void,
  ) {
    super();
    this._later();
  }

  dispose(): void {
    if (this._disposed) return;
    this._disposed = true;
    this._cancel?.();
    this._silence();
    this._gone();
  }

  private _later(): void {
    const seconds = Math.max(1, this._options.aggregationInterval ?? 10);
    this._cancel = this._call._surroundings.timers.after(seconds * 1000, () => {
      void this._sample()
        .catch(() => undefined)
        .then(() => {
          if (!this._disposed) this._later();
        });
    });
  }

  private async _sample(): Promise<void> {
    const { publisher, receiver } = this._call._media;
    const sent = publisher.peer ? await countsOf(publisher.peer) : [];
    const received = receiver.peer ? await countsOf(receiver.peer) : [];
    if (this._disposed) return;
    const statsCollectTime = new Date(this._call._surroundings.timers.now());
    const sample = { statsCollectTime, audio: ofKind("audio", sent, received), video: ofKind("video", sent, received) };
    this._emit("sampleReported", sample);
    this._samples.push(sample);
    if (this._samples.length < Math.max(1, this._options.dataPointsPerAggregation ?? 6)) return;
    this._emit("summaryReported", { samples: this._samples });
    this._samples = [];
  }
}

function ofKind(kind: "audio" | "video", sent: StreamCounts[], received: StreamCounts[]): MediaStatsOfKind {
  const shown = (counts: StreamCounts[]): MediaStatsStream[] => counts.filter((each) => each.kind === kind).map(streamOf);
  return { send: shown(sent), receive: shown(received) };
}

function streamOf(counts: StreamCounts): MediaStatsStream {
  return {
    id: counts.mid ?? "",
    codecName: counts.codec,
    packets: counts.packets,
    packetsLost: counts.packetsLost,
    bytes: counts.bytes,
    jitterInMs: counts.jitterMs,
    rttInMs: counts.roundTripMs,
    frameRate: counts.framesPerSecond,
    frameWidth: counts.width,
    frameHeight: counts.height,
  };
}
