import type {
  CommunicationIdentifier,
  CommunicationTokenCredential,
  MicrosoftTeamsAppIdentifier,
  MicrosoftTeamsUserIdentifier,
  PhoneNumberIdentifier,
  CommunicationUserIdentifier,
  UnknownIdentifier,
} from "@azure/communication-common";
import type { EventSource } from "../base/emitter.js";
import type {
  Call,
  GroupCallLocator,
  IncomingCall,
  JoinCallOptions,
  MeetingLocator,
  RoomCallLocator,
  StartCallOptions,
  TeamsCall,
  TeamsIncomingCall,
} from "./call.js";
import type { DeviceManager } from "./devices.js";
import type { Collection } from "./events.js";
import type { CallClientFeature, CallClientFeatureFactory } from "./features.js";

export const CallAgentKind = { CallAgent: "CallAgent", TeamsCallAgent: "TeamsCallAgent" } as const;
export type CallAgentKind = (typeof CallAgentKind)[keyof typeof CallAgentKind];

export type ConnectionState = "Disconnected" | "Connected";

export interface ConnectionStateChanged {
  readonly oldState: ConnectionState;
  readonly newState: ConnectionState;
  readonly reason?: "invalidToken" | "connectionIssue";
}

export interface CallAgentEvents {
  callsUpdated: Collection<Call>;
  incomingCall: { incomingCall: IncomingCall };
  connectionStateChanged: ConnectionStateChanged;
}

export interface TeamsCallAgentEvents {
  callsUpdated: Collection<TeamsCall>;
  incomingCall: { teamsIncomingCall: TeamsIncomingCall };
  connectionStateChanged: ConnectionStateChanged;
}

export interface CallAgentCommon {
  readonly kind: CallAgentKind;
  readonly connectionState: ConnectionState;
  /** Leaves all calls and the service. The agent cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** Makes and takes the calls of one user. */
export interface CallAgent extends CallAgentCommon, EventSource<CallAgentEvents> {
  readonly kind: "CallAgent";
  readonly displayName?: string;
  readonly calls: readonly Call[];
  startCall(
    participants: (
      | CommunicationUserIdentifier
      | PhoneNumberIdentifier
      | MicrosoftTeamsUserIdentifier
      | MicrosoftTeamsAppIdentifier
      | UnknownIdentifier
    )[],
    options?: StartCallOptions,
  ): Call;
  join(locator: GroupCallLocator, options?: JoinCallOptions): Call;
  join(locator: RoomCallLocator, options?: JoinCallOptions): Call;
  /** Parley has no Teams meetings: the call ends at once with code 501. */
  join(locator: MeetingLocator, options?: JoinCallOptions): Call;
}

/** The agent of a Teams user. Parley has none; the type is there for applications that handle both. */
export interface TeamsCallAgent extends CallAgentCommon, EventSource<TeamsCallAgentEvents> {
  readonly kind: "TeamsCallAgent";
  readonly displayName?: string;
  readonly calls: readonly TeamsCall[];
  startCall(
    identifier: CommunicationIdentifier | CommunicationIdentifier[],
    options?: { threadId?: string; videoOptions?: StartCallOptions["videoOptions"] },
  ): TeamsCall;
  join(locator: MeetingLocator, options?: JoinCallOptions): TeamsCall;
}

export interface CallAgentOptions {
  /** Shown to others, at most 256 characters. */
  displayName?: string;
  /** Whether this page rings; true unless said otherwise. */
  incomingCalls?: boolean;
  emergencyCallOptions?: { countryCode: string };
}

export interface TeamsCallAgentOptions {
  emergencyCallOptions?: { countryCode: string };
}

export interface CallClientOptions {
  /** Accepted as in Azure; the SDK sends no telemetry. */
  diagnostics?: { appName?: string; appVersion?: string; tags?: string[] };
  logger?: unknown;
  networkConfiguration?: { turn?: { iceServers: RTCIceServer[] } };
}

export interface CallClient {
  /** Connects and starts to ring. Fails with a `CommunicationServicesError` when the service refuses the token. */
  createCallAgent(tokenCredential: CommunicationTokenCredential, options?: CallAgentOptions): Promise<CallAgent>;
  /** Always fails with code 501: Parley has no Teams users. */
  createTeamsCallAgent(
    tokenCredential: CommunicationTokenCredential,
    options?: TeamsCallAgentOptions,
  ): Promise<TeamsCallAgent>;
  getDeviceManager(): Promise<DeviceManager>;
  feature<T extends CallClientFeature>(factory: CallClientFeatureFactory<T>): T;
  /** Ends the agent and everything else that this client has open. */
  dispose(): Promise<void>;
}
