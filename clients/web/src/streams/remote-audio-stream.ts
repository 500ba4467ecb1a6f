import type { RemoteAudioStream } from "../api/streams.js";

/** Implements {@link RemoteAudioStream}: one track of the others' sound. */
export class RemoteAudioStreamObject implements RemoteAudioStream {
  readonly mediaStreamType = "Audio";

  constructor(readonly _track: MediaStreamTrack) {}

  async getMediaStream(): Promise<MediaStream> {
    return new MediaStream([this._track]);
  }
}
