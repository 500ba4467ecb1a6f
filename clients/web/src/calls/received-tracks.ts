import type { Collection } from "../api/events.js";
import type { RemoteAudioStream } from "../api/streams.js";
import type { ReceivedTrack } from "../media/receiver.js";
import { RemoteAudioStreamObject } from "../streams/remote-audio-stream.js";

/** What a call receives by now: pictures by stream, sounds as the objects that applications see. */
export class ReceivedTracks {
  private _tracks: readonly ReceivedTrack[] = [];
  private _sounds: RemoteAudioStreamObject[] = [];

  constructor(private readonly _soundsUpdated: (change: Collection<RemoteAudioStream>) => void) {}

  get sounds(): RemoteAudioStream[] {
    return [...this._sounds];
  }

  ofStream(streamId: number): MediaStreamTrack | undefined {
    return this._tracks.find(({ of }) => of.streamId === streamId)?.track;
  }

  follow(tracks: readonly ReceivedTrack[]): void {
    this._tracks = tracks;
    const sounds = tracks.filter(({ of }) => of.kind === "Audio").map(({ track }) => track);
    const removed = this._sounds.filter((stream) => !sounds.includes(stream._track));
    const added = sounds
      .filter((track) => !this._sounds.some((stream) => stream._track === track))
      .map((track) => new RemoteAudioStreamObject(track));
    this._sounds = [...this._sounds.filter((stream) => !removed.includes(stream)), ...added];
    if (added.length + removed.length > 0) this._soundsUpdated({ added, removed });
  }
}
