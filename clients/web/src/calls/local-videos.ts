import type { Collection } from "../api/events.js";
import type { LocalVideoStream } from "../api/streams.js";
import { badRequest } from "../base/errors.js";
import type { CallMedia, SentVideo } from "../media/call-media.js";
import { chooseScreen } from "../media/screen.js";
import { LocalVideoStreamObject } from "../streams/local-video-stream.js";

export interface LocalVideosOptions {
  readonly media: CallMedia;
  readonly report: (members: { video?: boolean; screen?: boolean }) => Promise<unknown>;
  readonly updated: (change: Collection<LocalVideoStream>) => void;
  /** Whether media may flow by now; before, streams are only kept. */
  readonly isOpen: () => boolean;
}

/**
 * The camera and the screen that this client sends. The application gets back the very objects it gave: an
 * application may hand in a `Proxy` of one.
 */
export class LocalVideos {
  private readonly _streams = new Map<SentVideo, LocalVideoStream>();

  constructor(private readonly _options: LocalVideosOptions) {}

  get all(): LocalVideoStream[] {
    return [...this._streams.values()];
  }

  has(kind: SentVideo): boolean {
    return this._streams.has(kind);
  }

  /** Keeps streams that the call begins with; they are sent by {@link open}. */
  begin(streams: readonly LocalVideoStream[]): void {
    for (const stream of streams) this._streams.set(kindOf(stream), stream);
  }

  /** Sends what was kept; what cannot be sent is taken out again. */
  async open(): Promise<void> {
    for (const [kind, stream] of [...this._streams]) {
      if (!this._options.media.videoStream(kind)) await this._send(kind, stream).catch(() => this._drop(kind));
    }
  }

  async start(kind: SentVideo, stream: LocalVideoStream): Promise<void> {
    if (this._streams.get(kind) === stream) return;
    if (this._streams.has(kind)) await this.stop(kind);
    this._streams.set(kind, stream);
    try {
      if (this._options.isOpen()) await this._send(kind, stream);
    } catch (error) {
      this._streams.delete(kind);
      throw error;
    }
    this._options.updated({ added: [stream], removed: [] });
  }

  async startScreen(given: LocalVideoStream | undefined): Promise<void> {
    if (this._streams.has("ScreenSharing")) return;
    await this.start("ScreenSharing", given ?? (await chooseScreen()));
  }

  async stop(kind: SentVideo): Promise<void> {
    const stream = this._streams.get(kind);
    if (!stream) return;
    this._streams.delete(kind);
    await this._options.media.stopVideo(kind).catch(() => undefined);
    this._options.updated({ added: [], removed: [stream] });
    if (this._options.isOpen()) await this._options.report(kind === "Video" ? { video: false } : { screen: false });
  }

  /** The device of `object` stopped, or the service forbids its kind. */
  async stopOf(object: LocalVideoStreamObject): Promise<void> {
    const kind = this._options.media.videoStream("Video") === object ? "Video" : "ScreenSharing";
    await this.stop(kind);
  }

  /** The call is over. */
  end(): void {
    const removed = this.all;
    this._streams.clear();
    if (removed.length > 0) this._options.updated({ added: [], removed });
  }

  private async _send(kind: SentVideo, stream: LocalVideoStream): Promise<void> {
    const object = objectOf(stream);
    await this._options.media.sendVideo(kind, object);
    try {
      await this._options.report(kind === "Video" ? { video: true } : { screen: true });
    } catch (error) {
      await this._options.media.stopVideo(kind).catch(() => undefined);
      throw error;
    }
  }

  private _drop(kind: SentVideo): void {
    const stream = this._streams.get(kind);
    this._streams.delete(kind);
    if (stream) this._options.updated({ added: [], removed: [stream] });
  }
}

function kindOf(stream: LocalVideoStream): SentVideo {
  return stream.mediaStreamType === "ScreenSharing" ? "ScreenSharing" : "Video";
}

function objectOf(stream: LocalVideoStream): LocalVideoStreamObject {
  if (stream instanceof LocalVideoStreamObject) return stream;
  throw badRequest("the stream is no LocalVideoStream of this SDK");
}
