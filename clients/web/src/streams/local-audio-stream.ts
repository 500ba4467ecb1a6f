import type { LocalAudioStreamFeatureFactory, StreamFeature } from "../api/features.js";
import type { LocalAudioStream } from "../api/streams.js";
import type { AudioDeviceInfo } from "../api/devices.js";
import { createFeature } from "../features/registry.js";
import { browserIdOf } from "../devices/device-ids.js";
import { isMediaStream } from "./local-video-stream.js";

/** Implements {@link LocalAudioStream}: a microphone, or sound of the page. */
export class LocalAudioStreamObject implements LocalAudioStream {
  readonly mediaStreamType = "Audio";
  private _source: string | undefined;
  private _stream: Promise<MediaStream> | undefined;
  private _isOurs: boolean;
  private _changed: () => Promise<void> = async () => undefined;
  private readonly _features = new Map<unknown, unknown>();

  constructor(source: AudioDeviceInfo | MediaStream | string) {
    const isSound = typeof source === "object" && isMediaStream(source);
    this._isOurs = !isSound;
    if (isSound) this._stream = Promise.resolve(source);
    else this._source = typeof source === "string" ? source : source.id;
  }

  get source(): string | undefined {
    return this._source;
  }

  async switchSource(source: string | MediaStream): Promise<void> {
    if (typeof source !== "string") {
      await this.setMediaStream(source);
      return;
    }
    if (source === this._source && this._isOurs) return;
    const wasOpen = this._stream !== undefined;
    await this._close();
    this._source = source;
    this._isOurs = true;
    if (wasOpen) await this._changed();
  }

  async setMediaStream(mediaStream: MediaStream): Promise<void> {
    await this._close();
    this._source = undefined;
    this._isOurs = false;
    this._stream = Promise.resolve(mediaStream);
    await this._changed();
  }

  async getMediaStream(): Promise<MediaStream> {
    this._stream ??= openMicrophone(this._source ?? "");
    try {
      return await this._stream;
    } catch (error) {
      this._stream = undefined;
      throw error;
    }
  }

  feature<T extends StreamFeature>(factory: LocalAudioStreamFeatureFactory<T>): T {
    return createFeature(this._features, factory, this);
  }

  /** The call that sends it: told when there is another track. */
  _whenChanged(changed: () => Promise<void>): void {
    this._changed = changed;
  }

  /** Lets the microphone go; sound of the page is left alone. */
  async _close(): Promise<void> {
    const closing = this._isOurs ? this._stream : undefined;
    if (this._isOurs) this._stream = undefined;
    const stream = await closing?.catch(() => undefined);
    for (const track of stream?.getTracks() ?? []) track.stop();
  }
}

function openMicrophone(id: string): Promise<MediaStream> {
  const deviceId = browserIdOf(id);
  return navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(deviceId && deviceId !== "default" ? { deviceId: { exact: deviceId } } : {}),
    },
  });
}
