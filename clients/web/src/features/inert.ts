import type { CommunicationIdentifierKind, MicrosoftTeamsUserIdentifier } from "@azure/communication-common";
import type { Call, TeamsCall } from "../api/call.js";
import type { Collection, PropertyChanged } from "../api/events.js";
import type { CallFeature } from "../api/features.js";
import type { ParticipantInfo } from "../api/identifiers.js";
import type { MediaStreamType, RemoteVideoStreamEvents, StreamSize } from "../api/streams.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { notSupported } from "../base/errors.js";

/**
 * Features that Parley does not have yet. Each is a live object, so that an application can subscribe and read;
 * nothing is ever told, and what asks for an effect fails with code 501.
 */
class Inert<E> extends Emitter<E> implements CallFeature {
  constructor(
    _owner: object,
    readonly name: string,
  ) {
    super();
  }

  dispose(): void {
    this._silence();
  }

  protected _refuse(): Promise<never> {
    return Promise.reject(notSupported(this.name));
  }
}

// Captions ------------------------------------------------------------------------------------------------------

export type CaptionsKind = "Captions" | "TeamsCaptions";
export type CaptionsResultType = "Partial" | "Final";

export interface StartCaptionsOptions {
  spokenLanguage: string;
}

export interface CaptionsInfo {
  readonly speaker: ParticipantInfo;
  readonly spokenText: string;
  readonly spokenLanguage: string;
  readonly timestamp: Date;
  readonly resultType: CaptionsResultType;
}

export interface TeamsCaptionsInfo extends CaptionsInfo {
  readonly captionLanguage: string;
  readonly captionText: string;
}

export type CaptionsHandler = (info: CaptionsInfo) => void;
export type TeamsCaptionsHandler = (info: TeamsCaptionsInfo) => void;

export interface CaptionsEvents<Info> {
  CaptionsActiveChanged: PropertyChanged;
  CaptionsReceived: Info;
  SpokenLanguageChanged: PropertyChanged;
}

export interface CaptionsCommon {
  readonly kind: CaptionsKind;
  readonly isCaptionsFeatureActive: boolean;
  readonly supportedSpokenLanguages: string[];
  readonly activeSpokenLanguage: string;
  startCaptions(options?: StartCaptionsOptions): Promise<void>;
  stopCaptions(): Promise<void>;
  setSpokenLanguage(language: string): Promise<void>;
}

export interface Captions extends CaptionsCommon, EventSource<CaptionsEvents<CaptionsInfo>> {
  readonly kind: "Captions";
}

export interface TeamsCaptionsEvents extends CaptionsEvents<TeamsCaptionsInfo> {
  CaptionLanguageChanged: PropertyChanged;
}

export interface TeamsCaptions extends CaptionsCommon, EventSource<TeamsCaptionsEvents> {
  readonly kind: "TeamsCaptions";
  readonly supportedCaptionLanguages: string[];
  readonly activeCaptionLanguage: string;
  setCaptionLanguage(language: string): Promise<void>;
}

export interface CaptionsCallFeature extends CallFeature, EventSource<{ CaptionsKindChanged: PropertyChanged }> {
  readonly captions: Captions | TeamsCaptions;
}

class InertCaptions extends Emitter<CaptionsEvents<CaptionsInfo>> implements Captions {
  readonly kind = "Captions";
  readonly isCaptionsFeatureActive = false;
  readonly supportedSpokenLanguages: string[] = [];
  readonly activeSpokenLanguage = "";

  startCaptions(): Promise<void> {
    return Promise.reject(notSupported("Captions"));
  }

  stopCaptions(): Promise<void> {
    return Promise.resolve();
  }

  setSpokenLanguage(): Promise<void> {
    return Promise.reject(notSupported("Captions"));
  }
}

export class InertCaptionsFeature extends Inert<{ CaptionsKindChanged: PropertyChanged }> implements CaptionsCallFeature {
  readonly captions = new InertCaptions();
}

// Recording and transcription -----------------------------------------------------------------------------------

export interface RecordingInfo {
  readonly state: "Started" | "Paused" | "Ended";
}

export interface RecordingEvents {
  isRecordingActiveChanged: PropertyChanged;
  recordingsUpdated: Collection<RecordingInfo>;
}

export interface RecordingCallFeature extends CallFeature, EventSource<RecordingEvents> {
  readonly isRecordingActive: boolean;
  readonly recordings: RecordingInfo[];
}

export class InertRecording extends Inert<RecordingEvents> implements RecordingCallFeature {
  readonly isRecordingActive = false;
  readonly recordings: RecordingInfo[] = [];
}

export interface TranscriptionCallFeature
  extends CallFeature,
    EventSource<{ isTranscriptionActiveChanged: PropertyChanged }> {
  readonly isTranscriptionActive: boolean;
}

export class InertTranscription
  extends Inert<{ isTranscriptionActiveChanged: PropertyChanged }>
  implements TranscriptionCallFeature
{
  readonly isTranscriptionActive = false;
}

export interface LocalRecordingEvents {
  isLocalRecordingActiveChanged: PropertyChanged;
  localRecordingsUpdated: Collection<RecordingInfo>;
}

/** Whether another participant records on their own computer, as Teams clients announce it. */
export interface LocalRecordingCallFeature extends CallFeature, EventSource<LocalRecordingEvents> {
  readonly isLocalRecordingActive: boolean;
  readonly localRecordings: RecordingInfo[];
}

export class InertLocalRecording extends Inert<LocalRecordingEvents> implements LocalRecordingCallFeature {
  readonly isLocalRecordingActive = false;
  readonly localRecordings: RecordingInfo[] = [];
}

// Breakout rooms ------------------------------------------------------------------------------------------------

export type BreakoutRoomState = "unknown" | "open" | "closed";

export interface BreakoutRoom {
  readonly displayName: string;
  readonly state: BreakoutRoomState;
  readonly threadId?: string;
  readonly autoMoveParticipantToBreakoutRoom: boolean;
  readonly call?: Call | TeamsCall;
  readonly invitees: (CommunicationIdentifierKind | MicrosoftTeamsUserIdentifier)[];
  join(): Promise<Call | TeamsCall>;
  returnToMainMeeting(): Promise<Call | TeamsCall>;
}

export interface BreakoutRoomsSettings {
  readonly disableReturnToMainMeeting: boolean;
  readonly roomEndTime?: string;
}

export type BreakoutRoomsEventData =
  | { type: "join"; data: Call | TeamsCall }
  | { type: "breakoutRooms"; data: BreakoutRoom[] | undefined }
  | { type: "breakoutRoomsSettings"; data: BreakoutRoomsSettings | undefined }
  | { type: "assignedBreakoutRooms"; data: BreakoutRoom | undefined };

export type BreakoutRoomsUpdatedListener = (event: BreakoutRoomsEventData) => void;

export interface BreakoutRoomsCallFeature extends CallFeature, EventSource<{ breakoutRoomsUpdated: BreakoutRoomsEventData }> {
  readonly assignedBreakoutRooms?: BreakoutRoom;
  readonly breakoutRooms?: BreakoutRoom[];
  readonly breakoutRoomsSettings?: BreakoutRoomsSettings;
}

export class InertBreakoutRooms
  extends Inert<{ breakoutRoomsUpdated: BreakoutRoomsEventData }>
  implements BreakoutRoomsCallFeature
{
  readonly assignedBreakoutRooms: BreakoutRoom | undefined = undefined;
  readonly breakoutRooms: BreakoutRoom[] | undefined = undefined;
  readonly breakoutRoomsSettings: BreakoutRoomsSettings | undefined = undefined;
}

// Together mode -------------------------------------------------------------------------------------------------

export interface TogetherModeVideoStream extends EventSource<RemoteVideoStreamEvents> {
  readonly id: number;
  readonly mediaStreamType: MediaStreamType;
  readonly isAvailable: boolean;
  readonly isReceiving: boolean;
  readonly size: StreamSize;
}

export interface TogetherModeSeatingPosition {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export type TogetherModeSeatingMap = Map<string, TogetherModeSeatingPosition>;

export interface TogetherModeEvents {
  togetherModeStreamsUpdated: Collection<TogetherModeVideoStream>;
  togetherModeSceneUpdated: TogetherModeSeatingMap;
  togetherModeSeatingUpdated: TogetherModeSeatingMap;
}

export interface TogetherModeCallFeature extends CallFeature, EventSource<TogetherModeEvents> {
  readonly togetherModeStream: TogetherModeVideoStream[];
  readonly togetherModeSeatingMap: TogetherModeSeatingMap;
  sceneSize: StreamSize;
  start(): Promise<void>;
}

export class InertTogetherMode extends Inert<TogetherModeEvents> implements TogetherModeCallFeature {
  readonly togetherModeStream: TogetherModeVideoStream[] = [];
  readonly togetherModeSeatingMap: TogetherModeSeatingMap = new Map();
  sceneSize: StreamSize = { width: 0, height: 0 };

  start(): Promise<void> {
    return this._refuse();
  }
}

// PowerPoint Live -----------------------------------------------------------------------------------------------

export interface PPTLiveCallFeature extends CallFeature, EventSource<{ isActiveChanged: PropertyChanged }> {
  readonly isActive: boolean;
  readonly target?: HTMLElement;
  readonly activePresenterId?: CommunicationIdentifierKind;
}

export class InertPowerPointLive extends Inert<{ isActiveChanged: PropertyChanged }> implements PPTLiveCallFeature {
  readonly isActive = false;
  readonly target: HTMLElement | undefined = undefined;
  readonly activePresenterId: CommunicationIdentifierKind | undefined = undefined;
}

// Audio conferencing of Teams -----------------------------------------------------------------------------------

export interface TeamsMeetingAudioConferencingDetails {
  readonly phoneConferenceId: string;
  readonly phoneNumbers: {
    readonly tollPhoneNumber?: { phoneNumber: string };
    readonly tollFreePhoneNumber?: { phoneNumber: string };
    readonly countryName?: string;
    readonly cityName?: string;
  }[];
}

export interface TeamsMeetingAudioConferencingFeature extends CallFeature {
  getTeamsMeetingAudioConferencingDetails(): Promise<TeamsMeetingAudioConferencingDetails>;
}

export class InertAudioConferencing extends Inert<Record<string, never>> implements TeamsMeetingAudioConferencingFeature {
  getTeamsMeetingAudioConferencingDetails(): Promise<TeamsMeetingAudioConferencingDetails> {
    return this._refuse();
  }
}
