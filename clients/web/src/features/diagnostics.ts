import { Emitter, type EventSource } from "../base/emitter.js";

/** How good something is. */
export enum DiagnosticQuality {
  Good = 1,
  Poor = 2,
  Bad = 3,
}

/** Whether something is the case. */
export type DiagnosticFlag = boolean;

export type NetworkDiagnosticType =
  | "noNetwork"
  | "networkRelaysNotReachable"
  | "networkReconnect"
  | "networkReceiveQuality"
  | "networkSendQuality";

export type MediaDiagnosticType =
  | "speakerNotFunctioning"
  | "speakerNotFunctioningDeviceInUse"
  | "speakerMuted"
  | "speakerVolumeIsZero"
  | "microphoneNotFunctioning"
  | "microphoneNotFunctioningDeviceInUse"
  | "microphoneMuteUnexpectedly"
  | "microphonePermissionDenied"
  | "cameraFreeze"
  | "cameraStartFailed"
  | "cameraStartTimedOut"
  | "cameraPermissionDenied"
  | "cameraStoppedUnexpectedly"
  | "capturerStartFailed"
  | "capturerStoppedUnexpectedly"
  | "screenshareRecordingDisabled"
  | "noSpeakerDevicesEnumerated"
  | "noMicrophoneDevicesEnumerated"
  | "speakingWhileMicrophoneIsMuted";

export type DiagnosticValueType = "DiagnosticQuality" | "DiagnosticFlag";

export interface LatestDiagnosticValue {
  value: DiagnosticQuality | DiagnosticFlag;
  valueType: DiagnosticValueType;
}

export type LatestNetworkDiagnostics = { [type in NetworkDiagnosticType]?: LatestDiagnosticValue };
export type LatestMediaDiagnostics = { [type in MediaDiagnosticType]?: LatestDiagnosticValue };

export interface DiagnosticChangedEventArgs {
  value: DiagnosticQuality | DiagnosticFlag;
  valueType: DiagnosticValueType;
}

export interface NetworkDiagnosticChangedEventArgs extends DiagnosticChangedEventArgs {
  diagnostic: NetworkDiagnosticType;
}

export interface MediaDiagnosticChangedEventArgs extends DiagnosticChangedEventArgs {
  diagnostic: MediaDiagnosticType;
}

export type NetworkDiagnosticChangedEvent = (args: NetworkDiagnosticChangedEventArgs) => void;
export type MediaDiagnosticChangedEvent = (args: MediaDiagnosticChangedEventArgs) => void;

export interface NetworkDiagnostics
  extends EventSource<{ diagnosticChanged: NetworkDiagnosticChangedEventArgs }> {
  /** What was ever found, each with its last value. */
  getLatest(): LatestNetworkDiagnostics;
}

export interface MediaDiagnostics extends EventSource<{ diagnosticChanged: MediaDiagnosticChangedEventArgs }> {
  getLatest(): LatestMediaDiagnostics;
}

type Changed<Type> = DiagnosticChangedEventArgs & { diagnostic: Type };

/** One group of diagnostics: keeps the last value of each and tells changes. */
export class DiagnosticGroup<Type extends string> extends Emitter<{ diagnosticChanged: Changed<Type> }> {
  private readonly _latest: { [type in Type]?: LatestDiagnosticValue } = {};

  getLatest(): { [type in Type]?: LatestDiagnosticValue } {
    return { ...this._latest };
  }

  /** A first value that says that all is well is not worth telling. */
  _set(diagnostic: Type, value: DiagnosticQuality | DiagnosticFlag): void {
    const before = this._latest[diagnostic]?.value;
    const isWell = value === false || value === DiagnosticQuality.Good;
    if (before === value || (before === undefined && isWell)) return;
    const valueType = typeof value === "boolean" ? "DiagnosticFlag" : "DiagnosticQuality";
    this._latest[diagnostic] = { value, valueType };
    this._emit("diagnosticChanged", { diagnostic, value, valueType });
  }
}
