import type { VideoDeviceInfo } from "../api/devices.js";
import type { LocalVideoStreamFeatureFactory, StreamFeature } from "../api/features.js";
import type { LocalVideoStream, LocalVideoStreamEvents, MediaStreamType } from "../api/streams.js";
import { Emitter } from "../base/emitter.js";
import { createFeature } from "../features/registry.js";
import { MediaLimits } from "../media/limits.js";
import { browserIdOf } from "../devices/device-ids.js";

/** What `source` shows for pictures that come from the page and from no device. */
const OWN_PICTURES: VideoDeviceInfo = { id: "camera:", name: "", deviceType: "Unknown" };

/**
 * Implements {@link LocalVideoStream}. The camera is opened for the first who needs pictures, and closed after
 * the last: a view and a call share it.
 */
export class LocalVideoStreamObject extends Emitter<LocalVideoStreamEvents> implements LocalVideoStream {
  private _source: VideoDeviceInfo;
  private _type: MediaStreamType;
  private _stream: Promise<MediaStream> | undefined;
  /** Whether the SDK opened the stream and so must close it. */
  private _isOurs = true;
  private _users = 0;
  private _open: MediaStream | undefined;
  private readonly _features = new Map<unknown, unknown>();

  /** `isOurs`: the SDK opened the given pictures and closes them after their last user. */
  constructor(source: VideoDeviceInfo | MediaStream, type?: MediaStreamType, isOurs = false) {
    super();
    const isDevice = !isMediaStream(source);
    this._source = isDevice ? source : OWN_PICTURES;
    this._type = type ?? (isDevice ? "Video" : "RawMedia");
    if (!isDevice) this._take(source, isOurs);
  }

  get source(): VideoDeviceInfo {
    return this._source;
  }

  get mediaStreamType(): MediaStreamType {
    return this._type;
  }

  async switchSource(source: VideoDeviceInfo | MediaStream): Promise<void> {
    if (isMediaStream(source)) {
      await this.setMediaStream(source);
      return;
    }
    if (source.id === this._source.id) return;
    const opened = this._users > 0 ? await openCamera(source) : undefined;
    await this._close();
    this._source = source;
    this._type = "Video";
    this._isOurs = true;
    this._stream = opened && Promise.resolve(opened);
    this._open = opened;
    if (opened) this._emit("mediaStreamUpdated", undefined);
  }

  async getMediaStream(): Promise<MediaStream> {
    this._stream ??= openCamera(this._source);
    try {
      return (this._open = await this._stream);
    } catch (error) {
      this._stream = undefined;
      throw error;
    }
  }

  async setMediaStream(mediaStream: MediaStream): Promise<void> {
    await this._close();
    this._take(mediaStream);
    this._emit("mediaStreamUpdated", undefined);
  }

  feature<T extends StreamFeature>(factory: LocalVideoStreamFeatureFactory<T>): T {
    return createFeature(this._features, factory, this);
  }

  /** Somebody needs pictures; every call of this is ended by one of `_release`. */
  async _use(): Promise<MediaStream> {
    this._users++;
    try {
      return await this.getMediaStream();
    } catch (error) {
      this._users--;
      throw error;
    }
  }

  _release(): void {
    this._users = Math.max(0, this._users - 1);
    if (this._users === 0 && this._isOurs) void this._close();
  }

  /** The tracks that are open now. */
  _openTracks(): MediaStreamTrack[] {
    return this._open?.getTracks() ?? [];
  }

  private _take(stream: MediaStream, isOurs = false): void {
    this._open = stream;
    this._stream = Promise.resolve(stream);
    this._isOurs = isOurs;
  }

  private async _close(): Promise<void> {
    const closing = this._isOurs ? this._stream : undefined;
    this._stream = undefined;
    this._open = undefined;
    const stream = await closing?.catch(() => undefined);
    for (const track of stream?.getTracks() ?? []) track.stop();
  }
}

export function isMediaStream(source: object): source is MediaStream {
  return "getTracks" in source;
}

function openCamera(device: VideoDeviceInfo): Promise<MediaStream> {
  const { width, height, framesPerSecond } = MediaLimits.camera;
  const deviceId = browserIdOf(device.id);
  return navigator.mediaDevices.getUserMedia({
    video: {
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: framesPerSecond },
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    },
  });
}
