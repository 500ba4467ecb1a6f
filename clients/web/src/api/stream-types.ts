/** Everything of streams.ts but what the package exports together with its constructor. */
export type {
  CreateViewOptions,
  LocalVideoStreamEvents,
  MediaStreamType,
  RemoteAudioStream,
  RemoteVideoStream,
  RemoteVideoStreamEvents,
  ScalingMode,
  StreamSize,
  VideoStreamRendererView,
} from "./streams.js";
