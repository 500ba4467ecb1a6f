import type { EventSource } from "../base/emitter.js";
import type { VideoDeviceInfo } from "./devices.js";
import type { PropertyChanged } from "./events.js";
import type { LocalAudioStreamFeatureFactory, LocalVideoStreamFeatureFactory, StreamFeature } from "./features.js";

export type MediaStreamType = "Video" | "ScreenSharing" | "RawMedia";

/** `Stretch` fills, `Crop` fills without distortion, `Fit` shows all of the picture. */
export type ScalingMode = "Stretch" | "Crop" | "Fit";

export interface StreamSize {
  width: number;
  height: number;
}

export interface LocalVideoStreamEvents {
  mediaStreamUpdated: PropertyChanged;
}

/** A camera, or any picture of the page, that can be sent in a call and shown to its owner. */
export interface LocalVideoStream extends EventSource<LocalVideoStreamEvents> {
  readonly source: VideoDeviceInfo;
  readonly mediaStreamType: MediaStreamType;
  /** Another camera or picture; what is sent and shown changes with it. */
  switchSource(source: VideoDeviceInfo | MediaStream): Promise<void>;
  /** The pictures as the browser has them. */
  getMediaStream(): Promise<MediaStream>;
  setMediaStream(mediaStream: MediaStream): Promise<void>;
  feature<T extends StreamFeature>(factory: LocalVideoStreamFeatureFactory<T>): T;
}

export interface LocalAudioStream {
  readonly mediaStreamType: "Audio";
  /** The microphone that it takes sound from; `undefined` for sound of the page. */
  readonly source: string | undefined;
  switchSource(source: string | MediaStream): Promise<void>;
  getMediaStream(): Promise<MediaStream>;
  setMediaStream(mediaStream: MediaStream): Promise<void>;
  feature<T extends StreamFeature>(factory: LocalAudioStreamFeatureFactory<T>): T;
}

export interface RemoteAudioStream {
  readonly mediaStreamType: "Audio";
  getMediaStream(): Promise<MediaStream>;
}

export interface RemoteVideoStreamEvents {
  isAvailableChanged: PropertyChanged;
  isReceivingChanged: PropertyChanged;
  sizeChanged: PropertyChanged;
}

/** A video of another participant. */
export interface RemoteVideoStream extends EventSource<RemoteVideoStreamEvents> {
  readonly id: number;
  readonly mediaStreamType: MediaStreamType;
  /** Whether its owner sends it. */
  readonly isAvailable: boolean;
  /** Whether pictures come in. */
  readonly isReceiving: boolean;
  /** In pixels of the sender; 0 until the first picture came. */
  readonly size: StreamSize;
  getMediaStream(): Promise<MediaStream>;
}

export interface CreateViewOptions {
  isMirrored?: boolean;
  scalingMode?: ScalingMode;
}

/** A place in the page where a video is shown. */
export interface VideoStreamRendererView {
  readonly scalingMode: ScalingMode;
  readonly isMirrored: boolean;
  /** To be put into the page. */
  readonly target: HTMLElement;
  updateScalingMode(scalingMode: ScalingMode): Promise<void>;
  dispose(): void;
}

/** Shows one stream in any number of views. */
export interface VideoStreamRenderer {
  readonly size: StreamSize;
  createView(options?: CreateViewOptions): Promise<VideoStreamRendererView>;
  /** Ends all its views. */
  dispose(): void;
}
