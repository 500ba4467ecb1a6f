import type { EventSource } from "../base/emitter.js";
import type { Collection, PropertyChanged } from "./events.js";

export type VideoDeviceType =
  | "Unknown"
  | "UsbCamera"
  | "CaptureAdapter"
  | "Virtual"
  | "SRAugmented"
  | "ScreenSharing";

export type AudioDeviceType = "Microphone" | "Speaker" | "CompositeAudioDevice" | "Virtual";

export interface VideoDeviceInfo {
  readonly name: string;
  /** `camera:` and the browser's device id. */
  readonly id: string;
  readonly deviceType: VideoDeviceType;
}

export interface AudioDeviceInfo {
  readonly name: string;
  /** `microphone:` or `speaker:` and the browser's device id. */
  readonly id: string;
  readonly isSystemDefault: boolean;
  readonly deviceType: AudioDeviceType;
}

export interface PermissionConstraints {
  audio: boolean;
  video: boolean;
}

/** Whether the page may use microphones and cameras. */
export interface DeviceAccess {
  audio: boolean;
  video: boolean;
}

export interface DeviceManagerEvents {
  videoDevicesUpdated: Collection<VideoDeviceInfo>;
  audioDevicesUpdated: Collection<AudioDeviceInfo>;
  selectedMicrophoneChanged: PropertyChanged;
  selectedSpeakerChanged: PropertyChanged;
}

/** Cameras, microphones and speakers of this computer. There is one for each client, always the same object. */
export interface DeviceManager extends EventSource<DeviceManagerEvents> {
  /** Whether the browser lets a page choose the speaker. */
  readonly isSpeakerSelectionAvailable: boolean;
  readonly selectedMicrophone?: AudioDeviceInfo;
  readonly selectedSpeaker?: AudioDeviceInfo;
  getCameras(): Promise<VideoDeviceInfo[]>;
  getMicrophones(): Promise<AudioDeviceInfo[]>;
  /** Fails where `isSpeakerSelectionAvailable` is false. */
  getSpeakers(): Promise<AudioDeviceInfo[]>;
  /** Also changes the microphone of calls that go on. */
  selectMicrophone(microphone: AudioDeviceInfo): Promise<void>;
  selectSpeaker(speaker: AudioDeviceInfo): Promise<void>;
  /** Lets the browser ask the user; tells what was allowed. */
  askDevicePermission(constraints: PermissionConstraints): Promise<DeviceAccess>;
}
