import type { MediaStreamType, RemoteVideoStream, RemoteVideoStreamEvents, StreamSize } from "../api/streams.js";
import { Emitter } from "../base/emitter.js";
import { CommunicationServicesError } from "../base/errors.js";
import type { WireStream } from "../signalling/wire.js";

/** What a stream needs of its call: to say how large it is shown. */
export type TellView = (streamId: number, height: number) => void;

/** Implements {@link RemoteVideoStream}. Its track comes and goes with the receiving connection. */
export class RemoteVideoStreamObject extends Emitter<RemoteVideoStreamEvents> implements RemoteVideoStream {
  readonly id: number;
  readonly mediaStreamType: MediaStreamType;
  private _available = true;
  private _receiving = false;
  private _size: StreamSize = { width: 0, height: 0 };
  private _track: MediaStreamTrack | undefined;
  private _media = emptyStream();
  private readonly _views = new Map<object, number>();
  private readonly _tellView: TellView;
  private readonly _onTrackState = (): void => this._setReceiving(this._track?.muted === false);

  constructor(stream: WireStream, tellView: TellView) {
    super();
    this.id = stream.id;
    this.mediaStreamType = stream.kind;
    this._tellView = tellView;
  }

  get isAvailable(): boolean {
    return this._available;
  }

  get isReceiving(): boolean {
    return this._receiving;
  }

  get size(): StreamSize {
    return this._size;
  }

  async getMediaStream(): Promise<MediaStream> {
    if (!this._available || !this._media) {
      throw new CommunicationServicesError(404, 0, "the stream is not available any more");
    }
    return this._media;
  }

  /** The pictures to show: always the same object, whatever track is in it. */
  get _mediaStream(): MediaStream | undefined {
    return this._media;
  }

  _setTrack(track: MediaStreamTrack | undefined): void {
    if (track === this._track) return;
    for (const event of ["mute", "unmute", "ended"]) this._track?.removeEventListener(event, this._onTrackState);
    if (this._track) this._media?.removeTrack(this._track);
    this._track = track;
    if (track) this._media?.addTrack(track);
    for (const event of ["mute", "unmute", "ended"]) track?.addEventListener(event, this._onTrackState);
    this._onTrackState();
  }

  /** Its owner stopped it. */
  _end(): void {
    this._setTrack(undefined);
    if (!this._available) return;
    this._available = false;
    this._emit("isAvailableChanged", undefined);
  }

  _setSize(width: number, height: number): void {
    if (width === 0 || height === 0 || (width === this._size.width && height === this._size.height)) return;
    this._size = { width, height };
    this._emit("sizeChanged", undefined);
  }

  /** A view shows it `height` pixels high; 0: not any more. The largest of all views counts. */
  _shownBy(view: object, height: number): void {
    const before = this._largestView();
    if (height > 0) this._views.set(view, height);
    else this._views.delete(view);
    // The number of a stream that ended may be another's by now: a server that starts again counts anew.
    if (this._available && this._largestView() !== before) this._tellView(this.id, this._largestView());
  }

  /** After a reconnect the server knows nothing of the views. */
  _tellViewAgain(): void {
    if (this._views.size > 0) this._tellView(this.id, this._largestView());
  }

  private _largestView(): number {
    return Math.max(0, ...this._views.values());
  }

  private _setReceiving(receiving: boolean): void {
    if (receiving === this._receiving) return;
    this._receiving = receiving;
    this._emit("isReceivingChanged", undefined);
  }
}

/** Outside of a browser, where only the roster is of interest, there is none. */
function emptyStream(): MediaStream | undefined {
  return typeof MediaStream === "undefined" ? undefined : new MediaStream();
}
