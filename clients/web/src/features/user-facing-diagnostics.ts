import type { CallFeature } from "../api/features.js";
import type { CallObject } from "../calls/call.js";
import type { MediaPath } from "../media/connection-watch.js";
import { SpeechWatch } from "../media/speech-watch.js";
import { countsOf, lossBetween, type StreamCounts } from "../media/statistics.js";
import {
  DiagnosticGroup,
  DiagnosticQuality,
  type MediaDiagnostics,
  type MediaDiagnosticType,
  type NetworkDiagnostics,
  type NetworkDiagnosticType,
} from "./diagnostics.js";

export interface UserFacingDiagnosticsFeature extends CallFeature {
  readonly network: NetworkDiagnostics;
  readonly media: MediaDiagnostics;
}

/** How often statistics are looked at. */
const LOOK_MS = 4_000;

/** Loss from which people hear or see it; figures of ours. */
const LOSS_POOR = 0.03;
const LOSS_BAD = 0.08;

/** Tells what a user should know: each value comes from a real signal of the browser, see the README's table. */
export class UserFacingDiagnostics implements UserFacingDiagnosticsFeature {
  readonly network = new DiagnosticGroup<NetworkDiagnosticType>();
  readonly media = new DiagnosticGroup<MediaDiagnosticType>();
  private _received: StreamCounts[] = [];
  private _sent: StreamCounts[] = [];
  private _cancelLook: (() => void) | undefined;
  private readonly _speech: SpeechWatch;
  private readonly _stops: (() => void)[] = [];

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    this._speech = new SpeechWatch(_call._surroundings.timers, (speaking) =>
      this.media._set("speakingWhileMicrophoneIsMuted", speaking && this._call.isMuted),
    );
    this._watchNetwork();
    this._watchDevices();
    this._watchMedia();
    _call._signals.on("over", () => this.dispose());
    if (!_call._isOver) this._lookLater();
  }

  dispose(): void {
    this._cancelLook?.();
    this._speech.close();
    for (const stop of this._stops.splice(0)) stop();
  }

  private _watchNetwork(): void {
    this._call._media.on("path", (path) => this._pathIs(path));
    if (typeof window === "undefined") return;
    const look = (): void => this.network._set("noNetwork", !navigator.onLine);
    for (const event of ["online", "offline"]) window.addEventListener(event, look);
    this._stops.push(() => ["online", "offline"].forEach((event) => window.removeEventListener(event, look)));
    look();
  }

  private _pathIs(path: MediaPath): void {
    const quality = path === "good" || path === "new" ? DiagnosticQuality.Good : DiagnosticQuality.Bad;
    this.network._set("networkReconnect", quality);
    if (path === "good") this.network._set("noNetwork", false);
  }

  private _watchDevices(): void {
    const { devices } = this._call._surroundings;
    const look = (): void => void this._lookAtDevices().catch(() => undefined);
    devices.on("audioDevicesUpdated", look);
    this._stops.push(() => devices.off("audioDevicesUpdated", look));
    look();
  }

  private async _lookAtDevices(): Promise<void> {
    const { devices } = this._call._surroundings;
    // Without permission the browser names no device: that says nothing of what there is.
    const microphones = await devices.getMicrophones();
    const isAllowed = this._call._media.microphone.track !== undefined;
    this.media._set("noMicrophoneDevicesEnumerated", isAllowed && microphones.length === 0);
    if (!devices.isSpeakerSelectionAvailable) return;
    const speakers = await devices.getSpeakers();
    this.media._set("noSpeakerDevicesEnumerated", isAllowed && speakers.length === 0);
  }

  private _watchMedia(): void {
    const { _media: media, _signals: signals } = this._call;
    media.on("deviceFailed", ({ device, error }) => this._deviceFailed(device, error));
    media.on("microphone", (what) => {
      this.media._set("microphoneNotFunctioning", what === "stopped");
      if (what === "track") this._microphoneWorks();
    });
    media.on("videoStopped", (stream) => {
      if (stream.mediaStreamType === "Video") this.media._set("cameraStoppedUnexpectedly", true);
    });
    signals.on("mutedChanged", (muted) => {
      this._speech.watch(muted ? media.microphone.track : undefined);
      if (!muted) this.media._set("speakingWhileMicrophoneIsMuted", false);
    });
    this._call.on("isLocalVideoStartedChanged", () => {
      if (!this._call.isLocalVideoStarted) return;
      for (const flag of CAMERA_FLAGS) this.media._set(flag, false);
    });
    this._call.on("isScreenSharingOnChanged", () => {
      if (this._call.isScreenSharingOn) this.media._set("capturerStartFailed", false);
    });
  }

  private _microphoneWorks(): void {
    this.media._set("microphonePermissionDenied", false);
    this.media._set("microphoneNotFunctioningDeviceInUse", false);
    const track = this._call._media.microphone.track;
    if (!track) return;
    // The system, not the user, silenced the device: a key of the headset, a switch of the laptop.
    const look = (): void => this.media._set("microphoneMuteUnexpectedly", track.muted);
    for (const event of ["mute", "unmute"]) track.addEventListener(event, look);
    this._stops.push(() => ["mute", "unmute"].forEach((event) => track.removeEventListener(event, look)));
    this._speech.watch(this._call.isMuted ? track : undefined);
  }

  private _deviceFailed(device: "microphone" | "camera" | "screen", error: unknown): void {
    const name = error instanceof Error ? error.name : "";
    const denied = name === "NotAllowedError" || name === "SecurityError";
    const inUse = name === "NotReadableError";
    if (device === "microphone") {
      if (denied) this.media._set("microphonePermissionDenied", true);
      else if (inUse) this.media._set("microphoneNotFunctioningDeviceInUse", true);
      else this.media._set("microphoneNotFunctioning", true);
    } else if (device === "camera") {
      this.media._set(denied ? "cameraPermissionDenied" : "cameraStartFailed", true);
    } else {
      this.media._set("capturerStartFailed", true);
    }
  }

  private _lookLater(): void {
    this._cancelLook = this._call._surroundings.timers.after(LOOK_MS, () => {
      void this._look()
        .catch(() => undefined)
        .then(() => {
          if (!this._call._isOver) this._lookLater();
        });
    });
  }

  private async _look(): Promise<void> {
    const { publisher, receiver } = this._call._media;
    const received = receiver.peer ? await countsOf(receiver.peer) : [];
    const sent = publisher.peer ? await countsOf(publisher.peer) : [];
    this._judge("networkReceiveQuality", lossBetween(this._received, received));
    this._judge("networkSendQuality", lossBetween(this._sent, sent));
    this._lookForFreeze(this._sent, sent);
    this._received = received;
    this._sent = sent;
  }

  private _judge(diagnostic: NetworkDiagnosticType, loss: number | undefined): void {
    if (loss === undefined) return;
    this.network._set(diagnostic, qualityOf(loss));
  }

  /** The camera is on and open, yet not one frame of it was encoded since the last look. */
  private _lookForFreeze(before: readonly StreamCounts[], after: readonly StreamCounts[]): void {
    const camera = this._call._media.videoStream("Video")?._openTracks()[0];
    const isSending = camera?.readyState === "live" && camera.enabled && this._call.state === "Connected";
    const frames = (counts: readonly StreamCounts[]): number =>
      counts.filter(({ kind }) => kind === "video").reduce((sum, each) => sum + each.frames, 0);
    const had = before.some(({ kind, frames: count }) => kind === "video" && count > 0);
    this.media._set("cameraFreeze", isSending && had && frames(after) <= frames(before) && !this._call.isScreenSharingOn);
  }
}

const CAMERA_FLAGS: readonly MediaDiagnosticType[] = [
  "cameraPermissionDenied",
  "cameraStartFailed",
  "cameraStoppedUnexpectedly",
  "cameraFreeze",
];

function qualityOf(loss: number): DiagnosticQuality {
  if (loss >= LOSS_BAD) return DiagnosticQuality.Bad;
  return loss >= LOSS_POOR ? DiagnosticQuality.Poor : DiagnosticQuality.Good;
}
