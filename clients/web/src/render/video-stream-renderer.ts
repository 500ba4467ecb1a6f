import type {
  CreateViewOptions,
  LocalVideoStream,
  RemoteVideoStream,
  StreamSize,
  VideoStreamRenderer,
  VideoStreamRendererView,
} from "../api/streams.js";
import { badRequest, CommunicationServicesError } from "../base/errors.js";
import { MediaLimits } from "../media/limits.js";
import { LocalVideoStreamObject } from "../streams/local-video-stream.js";
import { RemoteVideoStreamObject } from "../streams/remote-video-stream.js";
import { View, type ViewListener } from "./view.js";

/** Implements {@link VideoStreamRenderer} for streams of this SDK. */
export class VideoStreamRendererObject implements VideoStreamRenderer {
  private readonly _stream: LocalVideoStreamObject | RemoteVideoStreamObject;
  private readonly _views = new Set<View>();
  private _size: StreamSize = { width: 0, height: 0 };
  private _disposed = false;
  private readonly _listener: ViewListener = {
    resized: (_view, width, height) => this._resized(width, height),
    laidOut: (view, height) => this._laidOut(view, height),
    disposed: (view) => this._forget(view),
  };
  private readonly _onOtherMedia = (): void => void this._showOther().catch(() => undefined);

  constructor(stream: LocalVideoStream | RemoteVideoStream) {
    const target = unwrapped(stream);
    if (!target) throw badRequest("the stream does not come from this SDK");
    this._stream = target;
    if (target instanceof LocalVideoStreamObject) target.on("mediaStreamUpdated", this._onOtherMedia);
  }

  get size(): StreamSize {
    return this._size;
  }

  async createView(options: CreateViewOptions = {}): Promise<VideoStreamRendererView> {
    if (this._disposed) throw new CommunicationServicesError(405, 0, "the renderer was disposed");
    const stream = this._stream;
    const isLocal = stream instanceof LocalVideoStreamObject;
    const media = isLocal ? await stream._use() : await stream.getMediaStream();
    if (this._disposed) {
      if (isLocal) stream._release();
      throw new CommunicationServicesError(405, 0, "the renderer was disposed meanwhile");
    }
    const view = new View(media, options, this._listener);
    this._views.add(view);
    this._laidOut(view, MediaLimits.viewHeightGuess);
    return view;
  }

  dispose(): void {
    this._disposed = true;
    for (const view of [...this._views]) view.dispose();
    if (this._stream instanceof LocalVideoStreamObject) this._stream.off("mediaStreamUpdated", this._onOtherMedia);
  }

  private _resized(width: number, height: number): void {
    this._size = { width, height };
    if (this._stream instanceof RemoteVideoStreamObject) this._stream._setSize(width, height);
  }

  private _laidOut(view: View, height: number): void {
    if (this._stream instanceof RemoteVideoStreamObject) this._stream._shownBy(view, height);
  }

  private _forget(view: View): void {
    this._views.delete(view);
    if (this._stream instanceof RemoteVideoStreamObject) this._stream._shownBy(view, 0);
    else this._stream._release();
  }

  private async _showOther(): Promise<void> {
    if (this._views.size === 0) return;
    const media = await this._stream.getMediaStream();
    for (const view of this._views) view._show(media);
  }
}

/** `instanceof` also sees through a `Proxy` that an application wrapped around a stream. */
function unwrapped(
  stream: LocalVideoStream | RemoteVideoStream,
): LocalVideoStreamObject | RemoteVideoStreamObject | undefined {
  if (stream instanceof LocalVideoStreamObject || stream instanceof RemoteVideoStreamObject) return stream;
  return undefined;
}
