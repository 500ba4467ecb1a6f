import type { JsonObject } from "../base/json.js";

/** The records of docs/protocols/calling-signalling.md, as they stand on the wire. */

export const CALL_KINDS = ["OneToOne", "Group", "Room", "Echo"] as const;
export const CALL_STATES = ["Connecting", "Ringing", "Connected", "LocalHold", "RemoteHold", "InLobby"] as const;
export const PARTICIPANT_STATES = ["Connecting", "Ringing", "Connected", "Hold", "InLobby"] as const;
export const ROLES = ["Presenter", "Attendee", "Consumer", "Collaborator", "Unknown"] as const;
export const REACTIONS = ["like", "heart", "laugh", "applause", "surprised"] as const;
export const TRANSFER_STATES = ["Accepted", "Transferred", "Failed"] as const;

export type WireCallKind = (typeof CALL_KINDS)[number];
export type WireCallState = (typeof CALL_STATES)[number];
export type WireParticipantState = (typeof PARTICIPANT_STATES)[number];
export type WireRole = (typeof ROLES)[number];
export type WireReaction = (typeof REACTIONS)[number];
export type WireTransferState = (typeof TRANSFER_STATES)[number];
export type WireTrackKind = "Audio" | "Video" | "ScreenSharing";

export interface WireAccess {
  readonly audio: boolean;
  readonly video: boolean;
}

export interface WireStream {
  readonly id: number;
  readonly kind: "Video" | "ScreenSharing";
}

export interface WireParticipant {
  readonly id: string;
  readonly displayName: string | undefined;
  readonly state: WireParticipantState;
  readonly role: WireRole;
  readonly muted: boolean;
  readonly streams: readonly WireStream[];
  /** Order among the raised hands. */
  readonly hand: number | undefined;
  /** Order among the spotlighted. */
  readonly spotlight: number | undefined;
  readonly access: WireAccess;
}

export interface WireCapability {
  readonly isPresent: boolean;
  readonly reason: string;
}

export interface WireCaller {
  readonly id: string;
  readonly displayName: string | undefined;
}

export interface WireCall {
  readonly id: string;
  readonly legId: string;
  readonly kind: WireCallKind;
  readonly direction: "Outgoing" | "Incoming";
  readonly state: WireCallState;
  readonly groupId: string | undefined;
  readonly roomId: string | undefined;
  readonly startedAt: string | undefined;
  readonly caller: WireCaller | undefined;
  readonly lobby: boolean;
  readonly meetingAccess: WireAccess;
  readonly self: WireParticipant;
  readonly capabilities: Readonly<Record<string, WireCapability>>;
  readonly participants: readonly WireParticipant[];
}

/** What of a call is this client's own. */
export type WireSelf = Pick<WireCall, "state" | "lobby" | "meetingAccess" | "self" | "capabilities">;

export interface WireReason {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
}

export interface WireReceivedTrack {
  readonly mid: string;
  readonly participant: string | undefined;
  readonly kind: WireTrackKind;
  readonly streamId: number | undefined;
}

/** What the server tells unasked, read from `{"type":…}`. */
export type Notice =
  | {
      type: "incoming";
      callId: string;
      caller: WireCaller;
      kind: WireCallKind;
      video: boolean;
      threadId: string | undefined;
    }
  | { type: "incomingEnded"; callId: string; reason: WireReason }
  | CallNotice;

/** A notice about a call in which this client is. */
export type CallNotice =
  | { type: "call"; callId: string; call: WireCall }
  | ({ type: "self"; callId: string } & WireSelf)
  | { type: "participant"; callId: string; participant: WireParticipant }
  | { type: "participantLeft"; callId: string; id: string; reason: WireReason }
  | { type: "ended"; callId: string; reason: WireReason }
  | { type: "speakers"; callId: string; speaking: string[] }
  | { type: "mutedByOthers"; callId: string; by: string }
  | { type: "reaction"; callId: string; from: string; reaction: WireReaction }
  | { type: "dtmf"; callId: string; from: string; tones: string }
  | { type: "realTimeText"; callId: string; from: string; sequence: number; text: string; final: boolean }
  | { type: "transferRequested"; callId: string; by: string; target: TransferTarget }
  | { type: "transferState"; callId: string; state: WireTransferState; reason: WireReason }
  | { type: "media.offer"; callId: string; number: number; sdp: string; tracks: WireReceivedTrack[] };

export type TransferTarget = { participants: string[] } | { callId: string };

export interface WireIceServer {
  readonly urls: string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface Welcome {
  readonly session: { readonly id: string; readonly secret: string };
  readonly resumed: boolean;
  readonly user: string;
  readonly heartbeatSeconds: number;
  readonly iceServers: WireIceServer[];
  readonly calls: WireCall[];
}

/** A request without its `id`, which the session gives it. */
export type Request = { type: string } & JsonObject;
