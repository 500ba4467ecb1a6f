import type { CommunicationIdentifierKind } from "@azure/communication-common";
import type { EventSource } from "../base/emitter.js";
import type { CallEndReason } from "./call.js";
import type { Collection, PropertyChanged } from "./events.js";
import type { RemoteVideoStream } from "./streams.js";

export type ParticipantRole = "Attendee" | "Presenter" | "Organizer" | "Consumer" | "Collaborator" | "Unknown";

export type RemoteParticipantState =
  | "Idle"
  | "Connecting"
  | "Ringing"
  | "Connected"
  | "Hold"
  | "InLobby"
  | "EarlyMedia"
  | "Disconnected";

export interface RemoteParticipantEvents {
  stateChanged: PropertyChanged;
  isMutedChanged: PropertyChanged;
  displayNameChanged: PropertyChanged;
  isSpeakingChanged: PropertyChanged;
  roleChanged: PropertyChanged;
  videoStreamsUpdated: Collection<RemoteVideoStream>;
}

/** Another person in a call. */
export interface RemoteParticipant extends EventSource<RemoteParticipantEvents> {
  readonly identifier: CommunicationIdentifierKind;
  readonly displayName?: string;
  readonly state: RemoteParticipantState;
  /** Set when `state` is `Disconnected`. */
  readonly callEndReason?: CallEndReason;
  readonly isMuted: boolean;
  readonly isSpeaking: boolean;
  readonly role: ParticipantRole;
  readonly videoStreams: RemoteVideoStream[];
  mute(): Promise<void>;
}
