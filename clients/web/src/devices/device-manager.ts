import type {
  AudioDeviceInfo,
  DeviceAccess,
  DeviceManager,
  DeviceManagerEvents,
  PermissionConstraints,
  VideoDeviceInfo,
} from "../api/devices.js";
import { Emitter } from "../base/emitter.js";
import { CommunicationServicesError } from "../base/errors.js";
import { cameraOf, deviceChanges, isNamed, microphoneOf, speakerOf } from "./device-ids.js";

/** The browser's `navigator.mediaDevices`, as far as it is used. */
export type MediaDevicesOfBrowser = Pick<
  MediaDevices,
  "enumerateDevices" | "getUserMedia" | "addEventListener" | "removeEventListener"
>;

interface Devices {
  readonly cameras: VideoDeviceInfo[];
  readonly microphones: AudioDeviceInfo[];
  readonly speakers: AudioDeviceInfo[];
}

const NONE: Devices = { cameras: [], microphones: [], speakers: [] };

/** Implements {@link DeviceManager} over the browser's devices. */
export class BrowserDevices extends Emitter<DeviceManagerEvents> implements DeviceManager {
  private _known: Devices = NONE;
  private _microphone: AudioDeviceInfo | undefined;
  private _speaker: AudioDeviceInfo | undefined;
  private _asked: Promise<DeviceAccess> | undefined;
  private readonly _onChange = (): void => void this._refresh().catch(() => undefined);

  constructor(
    private readonly _devices: MediaDevicesOfBrowser | undefined,
    readonly isSpeakerSelectionAvailable: boolean,
  ) {
    super();
    this._devices?.addEventListener("devicechange", this._onChange);
  }

  get selectedMicrophone(): AudioDeviceInfo | undefined {
    return this._microphone;
  }

  get selectedSpeaker(): AudioDeviceInfo | undefined {
    return this._speaker;
  }

  async getCameras(): Promise<VideoDeviceInfo[]> {
    return (await this._refresh()).cameras;
  }

  async getMicrophones(): Promise<AudioDeviceInfo[]> {
    return (await this._refresh()).microphones;
  }

  async getSpeakers(): Promise<AudioDeviceInfo[]> {
    if (!this.isSpeakerSelectionAvailable) {
      throw new CommunicationServicesError(405, 0, "this browser does not let a page choose the speaker");
    }
    return (await this._refresh()).speakers;
  }

  async selectMicrophone(microphone: AudioDeviceInfo): Promise<void> {
    if (this._microphone?.id === microphone.id) return;
    this._microphone = microphone;
    this._emit("selectedMicrophoneChanged", undefined);
  }

  async selectSpeaker(speaker: AudioDeviceInfo): Promise<void> {
    if (!this.isSpeakerSelectionAvailable) {
      throw new CommunicationServicesError(405, 0, "this browser does not let a page choose the speaker");
    }
    if (this._speaker?.id === speaker.id) return;
    this._speaker = speaker;
    this._emit("selectedSpeakerChanged", undefined);
  }

  /** Questions are put one after the other, so that the user is not asked twice at once. */
  askDevicePermission(constraints: PermissionConstraints): Promise<DeviceAccess> {
    const before = this._asked ?? Promise.resolve();
    const asked = before.then(
      () => this._ask(constraints),
      () => this._ask(constraints),
    );
    this._asked = asked;
    return asked;
  }

  /** Stops listening to the browser. */
  _dispose(): void {
    this._devices?.removeEventListener("devicechange", this._onChange);
    this._silence();
  }

  private async _ask(constraints: PermissionConstraints): Promise<DeviceAccess> {
    const both = constraints.audio && constraints.video && (await this._mayUse({ audio: true, video: true }));
    const audio = both || (constraints.audio && (await this._mayUse({ audio: true })));
    const video = both || (constraints.video && (await this._mayUse({ video: true })));
    if (audio || video) await this._refresh();
    return { audio, video };
  }

  private async _mayUse(constraints: MediaStreamConstraints): Promise<boolean> {
    try {
      const stream = await this._devices?.getUserMedia(constraints);
      for (const track of stream?.getTracks() ?? []) track.stop();
      return stream !== undefined;
    } catch {
      // Denied, or there is no such device: either way the page has no access to one.
      return false;
    }
  }

  private async _refresh(): Promise<Devices> {
    const listed = ((await this._devices?.enumerateDevices()) ?? []).filter(isNamed);
    const before = this._known;
    const now: Devices = {
      cameras: listed.filter(({ kind }) => kind === "videoinput").map(cameraOf),
      microphones: listed.filter(({ kind }) => kind === "audioinput").map(microphoneOf),
      speakers: listed.filter(({ kind }) => kind === "audiooutput").map(speakerOf),
    };
    this._known = now;
    this._tellChanges(before, now);
    this._reselect(now);
    return now;
  }

  private _tellChanges(before: Devices, now: Devices): void {
    const video = deviceChanges(before.cameras, now.cameras);
    if (video.added.length + video.removed.length > 0) this._emit("videoDevicesUpdated", video);
    const audio = deviceChanges(
      [...before.microphones, ...before.speakers],
      [...now.microphones, ...now.speakers],
    );
    if (audio.added.length + audio.removed.length > 0) this._emit("audioDevicesUpdated", audio);
  }

  /** A device that went away is replaced by the system's own; the first look chooses that one too. */
  private _reselect({ microphones, speakers }: Devices): void {
    const microphone = stillThere(microphones, this._microphone);
    if (microphone?.id !== this._microphone?.id) {
      this._microphone = microphone;
      this._emit("selectedMicrophoneChanged", undefined);
    }
    const speaker = this.isSpeakerSelectionAvailable ? stillThere(speakers, this._speaker) : undefined;
    if (speaker?.id !== this._speaker?.id) {
      this._speaker = speaker;
      this._emit("selectedSpeakerChanged", undefined);
    }
  }
}

function stillThere(devices: AudioDeviceInfo[], selected: AudioDeviceInfo | undefined): AudioDeviceInfo | undefined {
  const same = devices.find((device) => device.id === selected?.id);
  return same ?? devices.find((device) => device.isSystemDefault) ?? devices[0];
}
