import type { AudioDeviceInfo, AudioDeviceType, VideoDeviceInfo } from "../api/devices.js";

/** Device ids of the API begin with the kind of device; the browser's stands behind the colon. */
const CAMERA = "camera:";
const MICROPHONE = "microphone:";
const SPEAKER = "speaker:";

/** The browser's id of the device that the system uses when nothing else is chosen. */
const SYSTEM_DEFAULT = "default";

export function browserIdOf(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

export function cameraOf(device: MediaDeviceInfo): VideoDeviceInfo {
  return { id: CAMERA + device.deviceId, name: device.label, deviceType: "UsbCamera" };
}

export function microphoneOf(device: MediaDeviceInfo): AudioDeviceInfo {
  return audioDeviceOf(MICROPHONE, "Microphone", device);
}

export function speakerOf(device: MediaDeviceInfo): AudioDeviceInfo {
  return audioDeviceOf(SPEAKER, "Speaker", device);
}

function audioDeviceOf(prefix: string, deviceType: AudioDeviceType, device: MediaDeviceInfo): AudioDeviceInfo {
  const isSystemDefault = device.deviceId === SYSTEM_DEFAULT;
  return { id: prefix + device.deviceId, name: device.label, isSystemDefault, deviceType };
}

interface Identified {
  readonly id: string;
}

/** What came and what went between two lists of devices. */
export function deviceChanges<T extends Identified>(before: readonly T[], after: readonly T[]): { added: T[]; removed: T[] } {
  const added = after.filter((now) => !before.some((then) => then.id === now.id));
  const removed = before.filter((then) => !after.some((now) => now.id === then.id));
  return { added, removed };
}

/** Before the user allowed a kind of device, the browser lists one without id and name: it cannot be chosen. */
export function isNamed(device: MediaDeviceInfo): boolean {
  return device.deviceId !== "";
}
