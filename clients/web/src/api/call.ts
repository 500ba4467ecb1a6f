import type {
  CommunicationIdentifier,
  CommunicationIdentifierKind,
  CommunicationUserIdentifier,
  MicrosoftTeamsUserIdentifier,
  PhoneNumberIdentifier,
  UnknownIdentifier,
} from "@azure/communication-common";
import type { EventSource } from "../base/emitter.js";
import type { AudioDeviceInfo } from "./devices.js";
import type { Collection, PropertyChanged } from "./events.js";
import type { CallFeature, CallFeatureFactory } from "./features.js";
import type { CallerInfo } from "./identifiers.js";
import type { LocalAudioStream, LocalVideoStream, RemoteAudioStream } from "./streams.js";
import type { ParticipantRole, RemoteParticipant } from "./participant.js";

export type CallState =
  | "None"
  | "Connecting"
  | "Ringing"
  | "Connected"
  | "LocalHold"
  | "RemoteHold"
  | "InLobby"
  | "Disconnecting"
  | "Disconnected"
  | "EarlyMedia";

export type CallDirection = "Incoming" | "Outgoing";

export const CallKind = { Call: "Call", TeamsCall: "TeamsCall" } as const;
export type CallKind = (typeof CallKind)[keyof typeof CallKind];

/** Why a call ended; docs/protocols/calling-signalling.md §9 lists the codes. */
export interface CallEndReason {
  readonly code: number;
  readonly subCode: number;
  readonly message?: string;
  readonly resultCategories?: string[];
}

export interface CallInfo {
  readonly threadId?: string;
  readonly groupId?: string;
  readonly roomId?: string;
  readonly participantId?: string;
  getServerCallId(): Promise<string>;
}

export interface TeamsCallInfo {
  readonly threadId: string | undefined;
  readonly participantId?: string;
  getServerCallId?(): Promise<string>;
}

export type DtmfTone =
  | "Num0"
  | "Num1"
  | "Num2"
  | "Num3"
  | "Num4"
  | "Num5"
  | "Num6"
  | "Num7"
  | "Num8"
  | "Num9"
  | "Star"
  | "Pound"
  | "A"
  | "B"
  | "C"
  | "D"
  | "Flash";

export interface AudioOptions {
  muted?: boolean;
  localAudioStreams?: LocalAudioStream[];
}

export interface VideoOptions {
  localVideoStreams?: LocalVideoStream[];
}

export interface AcceptCallOptions {
  videoOptions?: VideoOptions;
  audioOptions?: AudioOptions;
}

export interface JoinCallOptions {
  videoOptions?: VideoOptions;
  audioOptions?: AudioOptions;
  /**
   * Parley's own, not part of the API of ACS: when this join begins the group's call, those who come later wait in the
   * lobby until somebody lets them in. Without effect in a call that is under way, and in rooms.
   */
  lobby?: boolean;
}

export interface CustomContext {
  userToUser?: string;
  xHeaders?: { key: string; value: string }[];
  voipHeaders?: { key: string; value: string }[];
}

export interface StartCallOptions {
  videoOptions?: VideoOptions;
  audioOptions?: AudioOptions;
  alternateCallerId?: PhoneNumberIdentifier;
  threadId?: string;
  customContext?: CustomContext;
}

export interface AddPhoneNumberOptions {
  alternateCallerId?: PhoneNumberIdentifier;
  threadId?: string;
}

export interface HangUpOptions {
  /** Ends the call for everybody in it. */
  forEveryone?: boolean;
}

export interface GroupLocator {
  groupId: string;
}
export type GroupCallLocator = GroupLocator;

export interface RoomLocator {
  roomId: string;
}
export type RoomCallLocator = RoomLocator;

export interface TeamsMeetingLinkLocator {
  meetingLink: string;
}

export interface TeamsMeetingIdLocator {
  meetingId: string;
  passcode?: string;
}

export type MeetingLocator = TeamsMeetingLinkLocator | TeamsMeetingIdLocator;

export interface MutedByOthers {
  /** Who did it. */
  readonly mutedBy: CommunicationIdentifierKind;
}

export interface CallEvents {
  stateChanged: PropertyChanged;
  idChanged: PropertyChanged;
  isMutedChanged: PropertyChanged;
  isScreenSharingOnChanged: PropertyChanged;
  isLocalVideoStartedChanged: PropertyChanged;
  remoteParticipantsUpdated: Collection<RemoteParticipant>;
  localVideoStreamsUpdated: Collection<LocalVideoStream>;
  localAudioStreamsUpdated: Collection<LocalAudioStream>;
  remoteAudioStreamsUpdated: Collection<RemoteAudioStream>;
  totalParticipantCountChanged: PropertyChanged;
  roleChanged: PropertyChanged;
  mutedByOthers: MutedByOthers;
  isIncomingAudioMutedChanged: PropertyChanged;
}

/** Those who wait to be let in. */
export interface LobbyEvents {
  lobbyParticipantsUpdated: Collection<RemoteParticipant>;
}

export interface Lobby extends EventSource<LobbyEvents> {
  readonly participants: RemoteParticipant[];
  admit(
    identifier: CommunicationUserIdentifier | PhoneNumberIdentifier | MicrosoftTeamsUserIdentifier | UnknownIdentifier,
  ): Promise<void>;
  reject(
    identifier: CommunicationUserIdentifier | PhoneNumberIdentifier | MicrosoftTeamsUserIdentifier | UnknownIdentifier,
  ): Promise<void>;
  admitAll(): Promise<AdmitAllResult>;
}

export interface AdmitAllResult {
  successCount: number;
  failedCount: number;
}

/** What calls of every kind have. */
export interface CallCommon extends EventSource<CallEvents> {
  readonly kind: CallKind;
  /** Changes once, when the service has given the call its id. */
  readonly id: string;
  readonly callerInfo: CallerInfo;
  readonly state: CallState;
  /** Set when `state` is `Disconnected`. */
  readonly callEndReason?: CallEndReason;
  readonly direction: CallDirection;
  readonly isMuted: boolean;
  readonly isIncomingAudioMuted: boolean;
  readonly isScreenSharingOn: boolean;
  readonly isLocalVideoStarted: boolean;
  readonly localVideoStreams: LocalVideoStream[];
  readonly localAudioStreams: LocalAudioStream[];
  readonly remoteAudioStreams: RemoteAudioStream[];
  readonly remoteParticipants: RemoteParticipant[];
  readonly totalParticipantCount: number;
  readonly role: ParticipantRole;
  readonly lobby: Lobby;
  mute(): Promise<void>;
  unmute(): Promise<void>;
  /** Silences the others for this user only. */
  muteIncomingAudio(): Promise<void>;
  unmuteIncomingAudio(): Promise<void>;
  muteAllRemoteParticipants(): Promise<void>;
  startVideo(localVideoStream: LocalVideoStream): Promise<void>;
  stopVideo(localVideoStream: LocalVideoStream): Promise<void>;
  startAudio(localAudioStream: LocalAudioStream): Promise<void>;
  stopAudio(): Promise<void>;
  /** Without a stream the browser asks the user what to show. */
  startScreenSharing(screenSharingStream?: LocalVideoStream): Promise<void>;
  stopScreenSharing(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  hangUp(options?: HangUpOptions): Promise<void>;
  sendDtmf(dtmfTone: DtmfTone): Promise<void>;
  removeParticipant(identifier: CommunicationIdentifier): Promise<void>;
  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T;
}

export interface Call extends CallCommon {
  readonly kind: "Call";
  readonly info: CallInfo;
  addParticipant(
    identifier: CommunicationUserIdentifier | MicrosoftTeamsUserIdentifier | UnknownIdentifier,
  ): RemoteParticipant;
  addParticipant(identifier: PhoneNumberIdentifier, options?: AddPhoneNumberOptions): RemoteParticipant;
}

/** Calls of Teams users. Parley has none; the type is there for applications that handle both. */
export interface TeamsCall extends CallCommon {
  readonly kind: "TeamsCall";
  readonly info: TeamsCallInfo;
  addParticipant(identifier: MicrosoftTeamsUserIdentifier | CommunicationUserIdentifier): RemoteParticipant;
  addParticipant(
    identifier: MicrosoftTeamsUserIdentifier | PhoneNumberIdentifier | UnknownIdentifier,
    options?: { threadId?: string },
  ): RemoteParticipant;
}

export const IncomingCallKind = { IncomingCall: "IncomingCall", TeamsIncomingCall: "TeamsIncomingCall" } as const;
export type IncomingCallKind = (typeof IncomingCallKind)[keyof typeof IncomingCallKind];

export interface IncomingCallEvents {
  callEnded: { callEndReason: CallEndReason };
}

export interface IncomingCallCommon extends EventSource<IncomingCallEvents> {
  readonly id: string;
  readonly kind: IncomingCallKind;
  readonly callerInfo: CallerInfo;
  readonly callEndReason?: CallEndReason;
  readonly customContext?: CustomContext;
  reject(): Promise<void>;
}

export interface IncomingCall extends IncomingCallCommon {
  readonly kind: "IncomingCall";
  readonly info: CallInfo;
  accept(options?: AcceptCallOptions): Promise<Call>;
}

export interface TeamsIncomingCall extends IncomingCallCommon {
  readonly kind: "TeamsIncomingCall";
  readonly info: TeamsCallInfo;
  accept(options?: AcceptCallOptions): Promise<TeamsCall>;
}

/** The microphone and the speaker of an application that chooses them before a call. */
export interface SelectedAudioDevices {
  microphone?: AudioDeviceInfo;
  speaker?: AudioDeviceInfo;
}
