import type { BrowserDevices } from "../devices/device-manager.js";
import { LocalAudioStreamObject } from "../streams/local-audio-stream.js";

/**
 * The sound that a call sends. The microphone is opened when it is first needed, and stays open while muted so
 * that unmuting is instant; a muted track carries silence.
 */
export class Microphone {
  private _stream: LocalAudioStreamObject | undefined;
  private _track: MediaStreamTrack | undefined;
  private _isOwnChoice = false;
  private _silent = true;
  private readonly _onSelected = (): void => void this._followSelection().catch(() => undefined);
  private readonly _onEnded = (): void => this._changed("stopped");

  /** `changed` is told when there is another track, or when the device stopped by itself. */
  constructor(
    private readonly _devices: BrowserDevices,
    private readonly _changed: (what: "track" | "stopped") => void,
  ) {
    _devices.on("selectedMicrophoneChanged", this._onSelected);
  }

  get stream(): LocalAudioStreamObject | undefined {
    return this._stream;
  }

  get track(): MediaStreamTrack | undefined {
    return this._track;
  }

  /** Sends this instead of the selected microphone. */
  choose(stream: LocalAudioStreamObject): void {
    this._isOwnChoice = true;
    this._follow(stream);
  }

  /** Opens the microphone if it is not open; fails when the user or the browser forbids it. */
  async open(): Promise<MediaStreamTrack | undefined> {
    if (this._track?.readyState === "live") return this._track;
    if (!this._stream) this._follow(new LocalAudioStreamObject(this._devices.selectedMicrophone?.id ?? ""));
    await this._retake();
    return this._track;
  }

  setSilent(silent: boolean): void {
    this._silent = silent;
    if (this._track) this._track.enabled = !silent;
  }

  close(): void {
    this._devices.off("selectedMicrophoneChanged", this._onSelected);
    this._track?.removeEventListener("ended", this._onEnded);
    this._track = undefined;
    void this._stream?._close();
  }

  private _follow(stream: LocalAudioStreamObject): void {
    this._stream = stream;
    stream._whenChanged(async () => {
      if (this._track) await this._retake();
    });
  }

  private async _retake(): Promise<void> {
    const media = await this._stream?.getMediaStream();
    const track = media?.getAudioTracks()[0];
    if (track === this._track) return;
    this._track?.removeEventListener("ended", this._onEnded);
    this._track = track;
    track?.addEventListener("ended", this._onEnded);
    this.setSilent(this._silent);
    this._changed("track");
  }

  private async _followSelection(): Promise<void> {
    const selected = this._devices.selectedMicrophone;
    if (selected && this._stream && !this._isOwnChoice) await this._stream.switchSource(selected.id);
  }
}
