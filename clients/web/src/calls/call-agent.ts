import type {
  CallAgent,
  CallAgentEvents,
  CallAgentOptions,
  ConnectionState,
} from "../api/agent.js";
import type {
  AcceptCallOptions,
  AudioOptions,
  Call,
  GroupCallLocator,
  JoinCallOptions,
  MeetingLocator,
  RoomCallLocator,
  StartCallOptions,
  VideoOptions,
} from "../api/call.js";
import type { CommunicationIdentifier } from "@azure/communication-common";
import { Emitter } from "../base/emitter.js";
import { badRequest, CommunicationServicesError } from "../base/errors.js";
import { rawIdOf } from "../base/identifiers.js";
import type { Timers } from "../base/timers.js";
import type { BrowserDevices } from "../devices/device-manager.js";
import type { OpenSocket } from "../signalling/connection.js";
import { SignallingSession, type LostBecause, type TokenSource } from "../signalling/session.js";
import type { CallNotice, Notice, Request, TransferTarget, Welcome, WireIceServer } from "../signalling/wire.js";
import { CallObject } from "./call.js";
import { endReasonOf, endReason } from "./end-reason.js";
import { IncomingCallObject } from "./incoming-call.js";
import type { Beginning, Surroundings } from "./surroundings.js";

export interface AgentOptions {
  readonly tokens: TokenSource;
  readonly application: CallAgentOptions;
  readonly devices: BrowserDevices;
  readonly timers: Timers;
  readonly openSocket: OpenSocket;
  readonly newPeer: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly newId: () => string;
  readonly random: () => number;
  /** Relays that the application brings itself. */
  readonly iceServers: readonly RTCIceServer[];
  readonly client: string;
  readonly disposed: () => void;
}

/** A notice can overtake the answer that makes its call known; so many are kept until then. */
const EARLY_NOTICES_MAX = 200;

/** Implements {@link CallAgent}: owns the session, the calls and what rings. */
export class CallAgentObject extends Emitter<CallAgentEvents> implements CallAgent {
  readonly kind = "CallAgent";
  readonly displayName: string | undefined;
  private readonly _calls = new Set<CallObject>();
  private readonly _ringing = new Map<string, IncomingCallObject>();
  private readonly _session: SignallingSession;
  private readonly _surroundings: Surroundings;
  private _early: CallNotice[] = [];
  private _state: ConnectionState = "Disconnected";
  private _iceServers: readonly WireIceServer[] = [];
  private _user = "";
  private _sessionId = "";
  private _disposed = false;

  constructor(private readonly _options: AgentOptions) {
    super();
    const { application, timers, devices, newId } = _options;
    this.displayName = application.displayName;
    this._session = new SignallingSession(
      {
        tokens: _options.tokens,
        displayName: application.displayName,
        incoming: application.incomingCalls ?? true,
        client: _options.client,
        timers,
        openSocket: _options.openSocket,
        random: _options.random,
      },
      {
        notice: (notice) => this._noticed(notice),
        welcomed: (welcome) => this._welcomed(welcome),
        lost: (because, final) => this._lost(because, final),
      },
    );
    this._surroundings = {
      session: this._session,
      timers,
      devices,
      newPeer: () => this._newPeer(),
      newId,
      callTarget: (target, muted) => this._callTarget(target, muted),
      ended: (call) => this._ended(call),
      user: () => this._user,
    };
  }

  get calls(): readonly Call[] {
    return [...this._calls];
  }

  get connectionState(): ConnectionState {
    return this._state;
  }

  /** Connects for the first time. */
  async _start(): Promise<void> {
    await this._session.start();
  }

  startCall(participants: CommunicationIdentifier[], options: StartCallOptions = {}): Call {
    if (participants.length === 0) throw badRequest("a call needs somebody to call");
    const { muted, video } = this._asked(options);
    const threadId = options.threadId === undefined ? {} : { threadId: options.threadId };
    const request = { type: "call.start", participants: participants.map(rawIdOf), muted, video, ...threadId };
    return this._place(request, { direction: "Outgoing", muted }, options);
  }

  join(locator: GroupCallLocator | RoomCallLocator | MeetingLocator, options: JoinCallOptions = {}): Call {
    const { muted } = this._asked(options);
    const where = "groupId" in locator ? { groupId: locator.groupId } : "roomId" in locator ? { roomId: locator.roomId } : undefined;
    if (!where) throw new CommunicationServicesError(501, 0, "Parley has no Teams meetings");
    const lobby = options.lobby ? { lobby: true } : {};
    const request = { type: "call.join", locator: where, muted, ...lobby };
    return this._place(request, { direction: "Outgoing", muted, ...where }, options);
  }

  async dispose(): Promise<void> {
    if (this._disposed) return;
    this._disposed = true;
    await Promise.all([...this._calls].map((call) => call.hangUp()));
    await this._session.close();
    this._setState("Disconnected", undefined);
    this._silence();
    this._options.disposed();
  }

  /** The page's network came back or changed. */
  _networkChanged(): void {
    this._session.probe();
  }

  /** The page is being left: there is no time to wait for answers. */
  _leavePage(): void {
    void this._session.close();
  }

  private _asked(options: JoinCallOptions): { muted: boolean; video: boolean } {
    if (this._disposed) throw new CommunicationServicesError(409, 0, "the agent was disposed");
    const video = (options.videoOptions?.localVideoStreams?.length ?? 0) > 0;
    return { muted: options.audioOptions?.muted ?? false, video };
  }

  private _place(
    request: Request,
    known: Omit<Beginning, "request" | "id">,
    options: { audioOptions?: AudioOptions; videoOptions?: VideoOptions },
    id = this._options.newId(),
  ): CallObject {
    const call = new CallObject(this._surroundings, { request, id, ...known });
    this._calls.add(call);
    void call._begin(options.audioOptions, options.videoOptions).then(() => this._tellEarly());
    this._emit("callsUpdated", { added: [call], removed: [] });
    return call;
  }

  private _callTarget(target: TransferTarget, muted: boolean): Call {
    const request: Request =
      "callId" in target
        ? { type: "call.join", locator: { callId: target.callId }, muted }
        : { type: "call.start", participants: target.participants, muted, video: false };
    return this._place(request, { direction: "Outgoing", muted }, {});
  }

  private _accept(incoming: IncomingCallObject, options: AcceptCallOptions, caller: Beginning["caller"]): Call {
    const { muted, video } = this._asked(options);
    this._ringing.delete(incoming.id);
    const request = { type: "call.accept", callId: incoming.id, muted, video };
    return this._place(request, { direction: "Incoming", muted, caller }, options, incoming.id);
  }

  private _noticed(notice: Notice): void {
    if (notice.type === "incoming") {
      this._rings(notice);
    } else if (notice.type === "incomingEnded") {
      this._ringing.get(notice.callId)?._end(endReasonOf(notice.reason));
      this._ringing.delete(notice.callId);
    } else {
      this._tellCall(notice);
    }
  }

  private _rings({ callId, caller }: Extract<Notice, { type: "incoming" }>): void {
    if (this._ringing.has(callId)) return;
    const incoming: IncomingCallObject = new IncomingCallObject({
      id: callId,
      caller,
      accept: (options) => this._accept(incoming, options, caller),
      reject: () => {
        this._ringing.delete(callId);
        return this._session.request({ type: "call.reject", callId });
      },
    });
    this._ringing.set(callId, incoming);
    this._emit("incomingCall", { incomingCall: incoming });
  }

  private _tellCall(notice: CallNotice): void {
    const call = [...this._calls].find((each) => each._isKnown && each.id === notice.callId);
    if (call) call._noticed(notice);
    else if ([...this._calls].some((each) => !each._isKnown) && this._early.length < EARLY_NOTICES_MAX) {
      this._early.push(notice);
    }
  }

  private _tellEarly(): void {
    const early = this._early;
    this._early = [];
    for (const notice of early) this._tellCall(notice);
  }

  private _welcomed(welcome: Welcome): void {
    this._iceServers = welcome.iceServers;
    this._user = welcome.user;
    const goesOn = this._sessionId === welcome.session.id;
    this._sessionId = welcome.session.id;
    this._setState("Connected", undefined);
    for (const call of [...this._calls].filter((each) => each._isKnown)) {
      const now = welcome.calls.find((each) => each.id === call.id);
      // What was offered before the answer to `call.rejoin` was lost with it: both connections begin once more.
      if (call._isRejoining) void call._rejoin();
      else if (now) call._resumed(now);
      else if (welcome.resumed && goesOn) call._lost();
      else void call._rejoin();
    }
    if (!goesOn) this._stopRinging();
  }

  /** What rang in another session rings again if it still does. */
  private _stopRinging(): void {
    for (const incoming of this._ringing.values()) incoming._end(endReason(487, 0, "the connection was lost"));
    this._ringing.clear();
  }

  private _lost(because: LostBecause, final: boolean): void {
    this._setState("Disconnected", because);
    if (!final) return;
    this._stopRinging();
    for (const call of [...this._calls]) call._lost();
  }

  private _setState(state: ConnectionState, reason: LostBecause | undefined): void {
    const oldState = this._state;
    if (oldState === state) return;
    this._state = state;
    this._emit("connectionStateChanged", { oldState, newState: state, reason });
  }

  private _ended(call: object): void {
    for (const each of this._calls) {
      if (each !== call) continue;
      this._calls.delete(each);
      this._emit("callsUpdated", { added: [], removed: [each] });
    }
  }

  private _newPeer(): RTCPeerConnection {
    const iceServers = [
      ...this._options.iceServers,
      ...this._iceServers.map(({ urls, username, credential }) => ({ urls: [...urls], username, credential })),
    ];
    return this._options.newPeer({ iceServers, bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" });
  }
}
