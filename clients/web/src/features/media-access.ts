import type { CommunicationIdentifier, CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { identifierOf, rawIdOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";
import type { WireAccess } from "../signalling/wire.js";
import type { ParticipantAccess } from "../state/changes.js";

export interface MediaAccess {
  participant: CommunicationIdentifierKind;
  isAudioPermitted: boolean;
  isVideoPermitted: boolean;
}

export interface MeetingMediaAccess {
  isAudioPermitted: boolean;
  isVideoPermitted: boolean;
}

export interface MediaAccessChangedEvent {
  mediaAccesses: MediaAccess[];
}

export interface MeetingMediaAccessChangedEvent {
  meetingMediaAccess: MeetingMediaAccess;
}

export interface MediaAccessEvents {
  mediaAccessChanged: MediaAccessChangedEvent;
  meetingMediaAccessChanged: MeetingMediaAccessChangedEvent;
}

/** Whose microphone and camera may be used; changing it needs the role of a presenter. */
export interface MediaAccessCallFeature extends CallFeature, EventSource<MediaAccessEvents> {
  permitAudio(participants: CommunicationIdentifier[]): Promise<void>;
  forbidAudio(participants: CommunicationIdentifier[]): Promise<void>;
  permitVideo(participants: CommunicationIdentifier[]): Promise<void>;
  forbidVideo(participants: CommunicationIdentifier[]): Promise<void>;
  permitOthersAudio(): Promise<void>;
  forbidOthersAudio(): Promise<void>;
  permitOthersVideo(): Promise<void>;
  forbidOthersVideo(): Promise<void>;
  getAllOthersMediaAccess(): MediaAccess[];
  getMeetingMediaAccess(): MeetingMediaAccess;
}

export class MediaAccesses extends Emitter<MediaAccessEvents> implements MediaAccessCallFeature {
  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("change", (change) => {
      if (change.type === "access") {
        this._emit("mediaAccessChanged", { mediaAccesses: change.accesses.map(accessOf) });
      } else if (change.type === "participantsAdded") {
        this._emit("mediaAccessChanged", { mediaAccesses: change.participants.map(accessOf) });
      } else if (change.type === "meetingAccess") {
        this._emit("meetingMediaAccessChanged", { meetingMediaAccess: permitted(change.access) });
      }
    });
  }

  permitAudio(participants: CommunicationIdentifier[]): Promise<void> {
    return this._these(participants, { audio: true });
  }

  forbidAudio(participants: CommunicationIdentifier[]): Promise<void> {
    return this._these(participants, { audio: false });
  }

  permitVideo(participants: CommunicationIdentifier[]): Promise<void> {
    return this._these(participants, { video: true });
  }

  forbidVideo(participants: CommunicationIdentifier[]): Promise<void> {
    return this._these(participants, { video: false });
  }

  permitOthersAudio(): Promise<void> {
    return this._others({ audio: true });
  }

  forbidOthersAudio(): Promise<void> {
    return this._others({ audio: false });
  }

  permitOthersVideo(): Promise<void> {
    return this._others({ video: true });
  }

  forbidOthersVideo(): Promise<void> {
    return this._others({ video: false });
  }

  getAllOthersMediaAccess(): MediaAccess[] {
    return this._call._current.participants.map(accessOf);
  }

  getMeetingMediaAccess(): MeetingMediaAccess {
    return permitted(this._call._current.meetingAccess);
  }

  dispose(): void {
    this._silence();
  }

  private async _these(participants: CommunicationIdentifier[], access: Partial<WireAccess>): Promise<void> {
    await this._call._request("call.access", { participants: participants.map(rawIdOf), ...access });
  }

  private async _others(access: Partial<WireAccess>): Promise<void> {
    await this._call._request("call.access", { others: true, ...access });
  }
}

function permitted({ audio, video }: WireAccess): MeetingMediaAccess {
  return { isAudioPermitted: audio, isVideoPermitted: video };
}

function accessOf({ id, access }: ParticipantAccess): MediaAccess {
  return { participant: identifierOf(id), ...permitted(access) };
}
