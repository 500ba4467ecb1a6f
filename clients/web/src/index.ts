import type { CallClient as CallClientShape, CallClientOptions } from "./api/agent.js";
import type { AudioDeviceInfo, VideoDeviceInfo } from "./api/devices.js";
import type {
  LocalAudioStream as LocalAudioStreamShape,
  LocalVideoStream as LocalVideoStreamShape,
  RemoteVideoStream,
  VideoStreamRenderer as VideoStreamRendererShape,
} from "./api/streams.js";
import { CallClientObject } from "./call-client.js";
import { VideoStreamRendererObject } from "./render/video-stream-renderer.js";
import { LocalAudioStreamObject } from "./streams/local-audio-stream.js";
import { LocalVideoStreamObject } from "./streams/local-video-stream.js";

/*
 * What an application makes by `new` is declared by its shape: nothing private shows, and an application's own
 * stand-in for a test fits as well.
 */

export type CallClient = CallClientShape;
export const CallClient: new (options?: CallClientOptions) => CallClient = CallClientObject;

export type LocalVideoStream = LocalVideoStreamShape;
export const LocalVideoStream: new (source: VideoDeviceInfo | MediaStream) => LocalVideoStream = LocalVideoStreamObject;

export type LocalAudioStream = LocalAudioStreamShape;
export const LocalAudioStream: new (source: AudioDeviceInfo | MediaStream) => LocalAudioStream = LocalAudioStreamObject;

export type VideoStreamRenderer = VideoStreamRendererShape;
export const VideoStreamRenderer: new (stream: LocalVideoStream | RemoteVideoStream) => VideoStreamRenderer =
  VideoStreamRendererObject;

export { CommunicationServicesError } from "./base/errors.js";
export type { EventSource } from "./base/emitter.js";
export * from "./api/agent-types.js";
export * from "./api/call.js";
export * from "./api/devices.js";
export * from "./api/events.js";
export * from "./api/features.js";
export * from "./api/identifiers.js";
export * from "./api/participant.js";
export * from "./api/stream-types.js";
export * from "./features/exports.js";
export { Features } from "./features/features.js";
export { VERSION } from "./version.js";
