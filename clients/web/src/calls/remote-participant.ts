import type { CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallEndReason } from "../api/call.js";
import type { ParticipantRole, RemoteParticipant, RemoteParticipantEvents } from "../api/participant.js";
import type { RemoteParticipantState } from "../api/participant.js";
import type { RemoteVideoStream } from "../api/streams.js";
import { Emitter } from "../base/emitter.js";
import { identifierOf } from "../base/identifiers.js";
import { RemoteVideoStreamObject, type TellView } from "../streams/remote-video-stream.js";
import type { WireParticipant, WireStream } from "../signalling/wire.js";

/** What a participant needs of its call. */
export interface ParticipantSurroundings {
  readonly tellView: TellView;
  readonly mute: (rawId: string) => Promise<void>;
  /** The track of a stream that is received already. */
  readonly trackOf: (streamId: number) => MediaStreamTrack | undefined;
}

/** Implements {@link RemoteParticipant}: follows what the service says of one other person. */
export class RemoteParticipantObject extends Emitter<RemoteParticipantEvents> implements RemoteParticipant {
  readonly identifier: CommunicationIdentifierKind;
  private _displayName: string | undefined;
  private _state: RemoteParticipantState = "Idle";
  private _endReason: CallEndReason | undefined;
  private _muted = true;
  private _speaking = false;
  private _role: ParticipantRole = "Unknown";
  private _streams: RemoteVideoStreamObject[] = [];

  constructor(
    readonly _rawId: string,
    private readonly _surroundings: ParticipantSurroundings,
  ) {
    super();
    this.identifier = identifierOf(_rawId);
  }

  get displayName(): string | undefined {
    return this._displayName;
  }

  get state(): RemoteParticipantState {
    return this._state;
  }

  get callEndReason(): CallEndReason | undefined {
    return this._endReason;
  }

  get isMuted(): boolean {
    return this._muted;
  }

  get isSpeaking(): boolean {
    return this._speaking;
  }

  get role(): ParticipantRole {
    return this._role;
  }

  get videoStreams(): RemoteVideoStream[] {
    return [...this._streams];
  }

  mute(): Promise<void> {
    return this._surroundings.mute(this._rawId);
  }

  /** Takes over what the service says, and tells what is new. */
  _follow(wire: WireParticipant): void {
    const before = { name: this._displayName, state: this._state, muted: this._muted, role: this._role };
    this._displayName = wire.displayName ?? this._displayName;
    this._state = wire.state;
    this._muted = wire.muted;
    this._role = wire.role;
    this._endReason = undefined;
    if (before.name !== this._displayName) this._emit("displayNameChanged", undefined);
    if (before.state !== this._state) this._emit("stateChanged", undefined);
    if (before.muted !== this._muted) this._emit("isMutedChanged", undefined);
    if (before.role !== this._role) this._emit("roleChanged", undefined);
    this._followStreams(wire.streams);
  }

  _setSpeaking(speaking: boolean): void {
    if (speaking === this._speaking) return;
    this._speaking = speaking;
    this._emit("isSpeakingChanged", undefined);
  }

  /** The receiving connection has other tracks now. */
  _followTracks(): void {
    for (const stream of this._streams) stream._setTrack(this._surroundings.trackOf(stream.id));
  }

  _tellViewsAgain(): void {
    for (const stream of this._streams) stream._tellViewAgain();
  }

  _left(reason: CallEndReason): void {
    this._followStreams([]);
    this._setSpeaking(false);
    if (this._state === "Disconnected") return;
    this._state = "Disconnected";
    this._endReason = reason;
    this._emit("stateChanged", undefined);
  }

  private _followStreams(wire: readonly WireStream[]): void {
    const removed = this._streams.filter((stream) => !wire.some(({ id }) => id === stream.id));
    const added = wire
      .filter(({ id }) => !this._streams.some((stream) => stream.id === id))
      .map((stream) => new RemoteVideoStreamObject(stream, this._surroundings.tellView));
    if (added.length + removed.length === 0) return;
    for (const stream of removed) stream._end();
    this._streams = [...this._streams.filter((stream) => !removed.includes(stream)), ...added];
    this._followTracks();
    this._emit("videoStreamsUpdated", { added, removed });
  }
}
