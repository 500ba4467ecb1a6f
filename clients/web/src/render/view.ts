import type { CreateViewOptions, ScalingMode, VideoStreamRendererView } from "../api/streams.js";

const FIT: Record<ScalingMode, string> = { Stretch: "fill", Crop: "cover", Fit: "contain" };

export interface ViewListener {
  /** The picture has another size, in pixels of the sender. */
  resized(view: View, width: number, height: number): void;
  /** The page shows it as high as this, in device pixels; 0: not at all. */
  laidOut(view: View, height: number): void;
  disposed(view: View): void;
}

/** Implements {@link VideoStreamRendererView}: a box with one `<video>` that fills it. */
export class View implements VideoStreamRendererView {
  readonly target: HTMLElement;
  private _scalingMode: ScalingMode;
  private _isMirrored: boolean;
  private _disposed = false;
  private readonly _video: HTMLVideoElement;
  private readonly _observer: ResizeObserver;

  constructor(
    media: MediaStream,
    options: CreateViewOptions,
    private readonly _listener: ViewListener,
  ) {
    this._scalingMode = options.scalingMode ?? "Crop";
    this._isMirrored = options.isMirrored ?? false;
    this._video = videoElement(media);
    this._video.addEventListener("resize", () => this._resized());
    this.target = document.createElement("div");
    Object.assign(this.target.style, { width: "100%", height: "100%", position: "relative", overflow: "hidden" });
    this.target.append(this._video);
    this._dress();
    this._observer = new ResizeObserver((entries) => this._measured(entries));
    this._observer.observe(this.target);
  }

  get scalingMode(): ScalingMode {
    return this._scalingMode;
  }

  get isMirrored(): boolean {
    return this._isMirrored;
  }

  async updateScalingMode(scalingMode: ScalingMode): Promise<void> {
    this._scalingMode = scalingMode;
    this._dress();
  }

  dispose(): void {
    if (this._disposed) return;
    this._disposed = true;
    this._observer.disconnect();
    this._video.srcObject = null;
    this.target.remove();
    this._listener.disposed(this);
  }

  _show(media: MediaStream): void {
    if (this._video.srcObject === media) return;
    this._video.srcObject = media;
    play(this._video);
  }

  private _dress(): void {
    this._video.style.objectFit = FIT[this._scalingMode];
    this._video.style.transform = this._isMirrored ? "scaleX(-1)" : "";
  }

  private _resized(): void {
    if (!this._disposed) this._listener.resized(this, this._video.videoWidth, this._video.videoHeight);
  }

  private _measured(entries: ResizeObserverEntry[]): void {
    const height = entries.at(-1)?.contentRect.height ?? 0;
    const pixels = Math.round(height * (globalThis.devicePixelRatio || 1));
    // A view that is not in the page yet has no height; it stays what it was taken for at first.
    if (!this._disposed && (pixels > 0 || this.target.isConnected)) this._listener.laidOut(this, pixels);
  }
}

function videoElement(media: MediaStream): HTMLVideoElement {
  const video = document.createElement("video");
  video.autoplay = true;
  video.muted = true;
  video.playsInline = true;
  Object.assign(video.style, { width: "100%", height: "100%", display: "block" });
  video.srcObject = media;
  play(video);
  return video;
}

/** Muted video may always play; `play` fails only when the element is emptied meanwhile. */
function play(video: HTMLVideoElement): void {
  video.play().catch(() => undefined);
}
