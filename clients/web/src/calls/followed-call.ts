import type {
  AudioOptions,
  CallEndReason,
  CallEvents,
  CallInfo,
  CallState,
  VideoOptions,
} from "../api/call.js";
import type { CallerInfo } from "../api/identifiers.js";
import type { ParticipantRole } from "../api/participant.js";
import type { LocalAudioStream, LocalVideoStream, RemoteAudioStream } from "../api/streams.js";
import { Emitter } from "../base/emitter.js";
import { identifierOf } from "../base/identifiers.js";
import type { JsonObject } from "../base/json.js";
import { CallMedia } from "../media/call-media.js";
import type { ReceivedTrack } from "../media/receiver.js";
import { ViewReports } from "../media/view-reports.js";
import { readCall } from "../signalling/reading.js";
import { Refused } from "../signalling/pending.js";
import type { CallNotice, WireCall } from "../signalling/wire.js";
import { blankCall } from "../state/blank.js";
import { changesBetween, type CallChange } from "../state/changes.js";
import { reduce } from "../state/reduce.js";
import { LocalAudioStreamObject } from "../streams/local-audio-stream.js";
import { DID_NOT_COME_BACK, endReason, endReasonOf, endReasonOfError, HUNG_UP } from "./end-reason.js";
import { LobbyObject } from "./lobby.js";
import { LocalVideos } from "./local-videos.js";
import { MediaOpening } from "./media-opening.js";
import { ReceivedTracks } from "./received-tracks.js";
import type { RemoteParticipantObject } from "./remote-participant.js";
import { Roster } from "./roster.js";
import type { Beginning, Surroundings } from "./surroundings.js";

/** What the features of a call live from. */
export interface CallSignals {
  change: CallChange;
  notice: CallNotice;
  /** The call is over. */
  over: void;
  /** Something happened to the media that diagnostics look at. */
  mutedChanged: boolean;
}

/** States in which media may flow. */
const OPEN: readonly CallState[] = ["Ringing", "Connected", "LocalHold", "RemoteHold"];

/**
 * What a call is: what the service says stands in `_wire`; each notice is reduced to a new state, and the differences
 * are told to the application. What an application does with it is {@link CallObject}'s. Fields start with `_` so that
 * the object works behind a `Proxy`.
 */
export class FollowedCall extends Emitter<CallEvents> {
  readonly kind = "Call";
  readonly info: CallInfo;
  readonly lobby: LobbyObject;
  readonly _signals = new Emitter<CallSignals>();
  readonly _media: CallMedia;
  private _wire: WireCall;
  protected _state: CallState = "None";
  private _endReason: CallEndReason | undefined;
  protected _muted: boolean;
  private _incomingAudioMuted = false;
  protected _known = false;
  private readonly _caller: Beginning["caller"];
  protected readonly _roster: Roster;
  protected readonly _videos: LocalVideos;
  private readonly _views: ViewReports;
  private readonly _received: ReceivedTracks;
  private readonly _opening: MediaOpening;
  /** Raw ids of those who speak, the dominant one first, as the service last told it. */
  _speaking: readonly string[] = [];
  /** Numbers the tries to take the old place again: only the answer to the last one counts. */
  private _rejoins = 0;
  private _rejoining = false;

  constructor(
    readonly _surroundings: Surroundings,
    private readonly _beginning: Beginning,
  ) {
    super();
    const { id, direction, muted } = _beginning;
    this._wire = blankCall(id, _surroundings.user(), direction, muted);
    this._muted = muted;
    this._caller = _beginning.caller;
    this.info = infoOf(_beginning, () => this.id);
    this.lobby = new LobbyObject((members) => this._request("call.lobby", members));
    this._media = this._createMedia();
    this._received = new ReceivedTracks((change) => this._emit("remoteAudioStreamsUpdated", change));
    this._opening = new MediaOpening(
      _surroundings.timers,
      () => this._openMedia(),
      () => this._state === "Connected",
    );
    this._views = new ViewReports(_surroundings.timers, (streamId, height) =>
      this._request("media.view", { streamId, height, pinned: false }),
    );
    this._roster = new Roster({
      tellView: (streamId, height) => this._views.tell(streamId, height),
      mute: async (rawId) => void (await this._request("call.mute", { participants: [rawId] })),
      trackOf: (streamId) => this._received.ofStream(streamId),
    });
    this._videos = new LocalVideos({
      media: this._media,
      report: (members) => this._request("call.state", members),
      updated: (change) => this._localVideosUpdated(change),
      isOpen: () => this._known && OPEN.includes(this._state),
    });
  }

  get id(): string {
    return this._wire.id;
  }

  get callerInfo(): CallerInfo {
    const caller = this._wire.caller ?? this._caller;
    return { identifier: caller && identifierOf(caller.id), displayName: caller?.displayName };
  }

  get state(): CallState {
    return this._state;
  }

  get callEndReason(): CallEndReason | undefined {
    return this._endReason;
  }

  get direction(): "Incoming" | "Outgoing" {
    return this._wire.direction;
  }

  get isMuted(): boolean {
    return this._muted;
  }

  get isIncomingAudioMuted(): boolean {
    return this._incomingAudioMuted;
  }

  get isScreenSharingOn(): boolean {
    return this._videos.has("ScreenSharing");
  }

  get isLocalVideoStarted(): boolean {
    return this._videos.has("Video");
  }

  get localVideoStreams(): LocalVideoStream[] {
    return this._videos.all;
  }

  get localAudioStreams(): LocalAudioStream[] {
    const stream = this._media.microphone.stream;
    return stream ? [stream] : [];
  }

  get remoteAudioStreams(): RemoteAudioStream[] {
    return this._received.sounds;
  }

  get remoteParticipants(): RemoteParticipantObject[] {
    return this._roster.all;
  }

  get totalParticipantCount(): number {
    return this._roster.all.length + (this._known ? 1 : 0);
  }

  get role(): ParticipantRole {
    return this._wire.self.role;
  }

  /** The state of the call as the service last told it. */
  get _current(): WireCall {
    return this._wire;
  }

  get _isOver(): boolean {
    return this._state === "Disconnected";
  }

  /** Whether the service knows the call, and so notices can be about it. */
  get _isKnown(): boolean {
    return this._known;
  }

  async _request(type: string, members: JsonObject = {}): Promise<JsonObject> {
    return this._surroundings.session.request({ type, callId: this.id, ...members });
  }

  /** Asks the service for the call; whatever goes wrong ends it. */
  async _begin(audio: AudioOptions | undefined, video: VideoOptions | undefined): Promise<void> {
    this._setState("Connecting");
    this._videos.begin(video?.localVideoStreams ?? []);
    const [given] = audio?.localAudioStreams ?? [];
    if (given instanceof LocalAudioStreamObject) this._media.microphone.choose(given);
    try {
      const answer = await this._surroundings.session.request(this._beginning.request);
      const call = readCall(answer["call"]);
      if (!call) throw new Error("the service answered without a call");
      if (this._isOver) await this._abandon(call.id);
      else this._adopt(call);
    } catch (error) {
      this._end(endReasonOfError(error));
    }
  }

  _noticed(notice: CallNotice): void {
    if (this._isOver) return;
    if (notice.type === "ended") {
      this._end(endReasonOf(notice.reason));
      return;
    }
    if (notice.type === "participantLeft") this._leaves(notice.id, endReasonOf(notice.reason));
    this._follow(reduce(this._wire, notice));
    if (notice.type === "media.offer") this._media.offered(notice);
    if (notice.type === "speakers") this._followSpeakers(notice.speaking);
    if (notice.type === "mutedByOthers") void this._mutedBy(notice.by);
    this._signals._emit("notice", notice);
  }

  /** The session goes on: the service tells how the call stands, and media start again. */
  _resumed(call: WireCall): void {
    this._follow(call);
    this._media.resume();
    this._openMediaInTurn();
    this._tellViewsAgain();
  }

  /** Whether this client waits for its old place: then it has to ask again after each loss of the socket. */
  get _isRejoining(): boolean {
    return this._rejoining;
  }

  /** The session is a new one: this client takes its old place again. */
  async _rejoin(): Promise<void> {
    const attempt = ++this._rejoins;
    this._rejoining = true;
    const call = await this._askForPlace(attempt);
    if (attempt !== this._rejoins) return;
    this._rejoining = call === "lost";
    if (!call || call === "lost" || this._isOver) return;
    // Who comes back counts as muted until it says how it stands.
    this._follow({ ...call, self: { ...call.self, muted: this._muted } });
    await this._media.rebuild().catch(() => undefined);
    this._openMediaInTurn();
    this._tellViewsAgain();
    const { isLocalVideoStarted: video, isScreenSharingOn: screen } = this;
    await this._request("call.state", { muted: this._muted, video, screen }).catch(() => undefined);
  }

  /** The call with this client's place in it; `lost` when the connection broke before the answer. */
  private async _askForPlace(attempt: number): Promise<WireCall | "lost" | undefined> {
    try {
      const answer = await this._request("call.rejoin", { legId: this._wire.legId });
      return readCall(answer["call"]);
    } catch (error) {
      if (!(error instanceof Refused)) return "lost";
      if (attempt === this._rejoins) this._end(error.code === 404 ? DID_NOT_COME_BACK : endReasonOfError(error));
      return undefined;
    }
  }

  /** The service does not know this client's place any more, or the agent is gone. */
  _lost(): void {
    this._end(DID_NOT_COME_BACK);
  }

  /** The local microphone was silenced by somebody else, or by what this client's role allows. */
  private async _mutedBy(by: string): Promise<void> {
    await this._forceMute();
    this._emit("mutedByOthers", { mutedBy: identifierOf(by) });
  }

  private async _forceMute(): Promise<void> {
    if (this._muted) return;
    await this._media.setMuted(true);
    this._setMuted(true);
  }

  private _createMedia(): CallMedia {
    const { newPeer, timers, devices, session } = this._surroundings;
    const media = new CallMedia({
      newPeer,
      timers,
      devices,
      publish: async (sdp, tracks) => {
        const answer = await this._request("media.publish", { sdp, tracks });
        return typeof answer["sdp"] === "string" ? answer["sdp"] : "";
      },
      answer: (number, sdp) => this._request("media.answer", { number, sdp }),
      restartReceiving: () => void this._request("media.restart").catch(() => undefined),
    });
    media.on("received", (tracks) => this._followTracks(tracks));
    media.on("path", (path) => {
      if (path === "interrupted" || path === "lost") session.probe();
      // Media found the network again: the socket need not wait for its next try.
      if (path === "good" && !session.isConnected) session.probe();
    });
    media.on("videoStopped", (stream) => void this._videos.stopOf(stream).catch(() => undefined));
    return media;
  }

  private _adopt(call: WireCall): void {
    this._known = true;
    this._follow(call);
  }

  /** Hung up before the service answered: the place in the call is given back. */
  private async _abandon(callId: string): Promise<void> {
    await this._surroundings.session.request({ type: "call.hangUp", callId, forEveryone: false }).catch(() => undefined);
  }

  private _follow(next: WireCall): void {
    const before = this._wire;
    this._wire = next;
    if (before.id !== next.id) this._emit("idChanged", undefined);
    for (const change of changesBetween(before, next)) {
      this._tell(change);
      this._signals._emit("change", change);
    }
    this.lobby._follow(this._roster.all);
  }

  private _tell(change: CallChange): void {
    switch (change.type) {
      case "state":
        this._stateFollows(change.state);
        return;
      case "role":
        this._emit("roleChanged", undefined);
        return;
      case "selfMuted":
        if (change.muted) void this._forceMute();
        return;
      case "participantsAdded":
        this._come(change.participants.map((wire) => this._roster.come(wire)));
        return;
      case "participantsRemoved":
        for (const id of change.ids) this._leaves(id, HUNG_UP);
        return;
      case "participant":
        this._roster.find(change.after.id)?._follow(change.after);
        return;
      case "capabilities":
        this._giveUpWhatIsForbidden(change.after);
        return;
      case "kind":
      case "hands":
      case "spotlight":
      case "access":
      case "meetingAccess":
        return;
    }
  }

  /** The service lets nothing of it through any more: the devices need not stay open. */
  private _giveUpWhatIsForbidden(capabilities: WireCall["capabilities"]): void {
    const isForbidden = (name: string): boolean => capabilities[name]?.isPresent === false;
    if (isForbidden("unmuteMic")) void this._forceMute();
    if (isForbidden("turnVideoOn")) void this._videos.stop("Video").catch(() => undefined);
    if (isForbidden("shareScreen")) void this._videos.stop("ScreenSharing").catch(() => undefined);
  }

  private _stateFollows(state: WireCall["state"]): void {
    if (this._state === "Disconnecting" || this._isOver) return;
    this._media.setHeld(state === "LocalHold");
    this._setState(state);
    this._openMediaInTurn();
  }

  private _openMediaInTurn(): void {
    if (OPEN.includes(this._state)) this._opening.next();
  }

  private async _openMedia(): Promise<void> {
    if (this._isOver) return;
    if (!this._muted) await this._media.setMuted(false).catch(() => this._mutedForWantOfMicrophone());
    await this._media.start();
    await this._videos.open();
  }

  private async _mutedForWantOfMicrophone(): Promise<void> {
    this._setMuted(true);
    await this._request("call.state", { muted: true }).catch(() => undefined);
  }

  private _come(added: RemoteParticipantObject[]): void {
    this._emit("remoteParticipantsUpdated", { added, removed: [] });
    this._emit("totalParticipantCountChanged", undefined);
  }

  private _leaves(rawId: string, reason: CallEndReason): void {
    const participant = this._roster.leave(rawId, reason);
    if (!participant) return;
    this._emit("remoteParticipantsUpdated", { added: [], removed: [participant] });
    this._emit("totalParticipantCountChanged", undefined);
  }

  private _followSpeakers(speaking: readonly string[]): void {
    this._speaking = speaking;
    for (const participant of this._roster.all) participant._setSpeaking(speaking.includes(participant._rawId));
  }

  private _followTracks(tracks: readonly ReceivedTrack[]): void {
    this._received.follow(tracks);
    for (const participant of this._roster.all) participant._followTracks();
  }

  private _tellViewsAgain(): void {
    for (const participant of this._roster.all) participant._tellViewsAgain();
  }

  private _localVideosUpdated(change: { added: LocalVideoStream[]; removed: LocalVideoStream[] }): void {
    const of = (type: string): boolean => [...change.added, ...change.removed].some((s) => s.mediaStreamType === type);
    this._emit("localVideoStreamsUpdated", change);
    if (of("ScreenSharing")) this._emit("isScreenSharingOnChanged", undefined);
    else this._emit("isLocalVideoStartedChanged", undefined);
  }

  /** Before the call is known the service takes the state from the request that begins it. */
  protected async _reportState(members: JsonObject): Promise<void> {
    if (this._known && !this._isOver) await this._request("call.state", members);
  }

  protected _setMuted(muted: boolean): void {
    if (muted === this._muted) return;
    this._muted = muted;
    this._emit("isMutedChanged", undefined);
    this._signals._emit("mutedChanged", muted);
  }

  protected _setIncomingAudioMuted(muted: boolean): void {
    if (muted === this._incomingAudioMuted) return;
    this._incomingAudioMuted = muted;
    this._media.setOutputMuted(muted);
    this._emit("isIncomingAudioMutedChanged", undefined);
  }

  protected _setState(state: CallState): void {
    if (state === this._state) return;
    this._state = state;
    this._emit("stateChanged", undefined);
  }

  protected _end(reason: CallEndReason): void {
    if (this._isOver) return;
    this._endReason = reason;
    this._media.close();
    this._views.close();
    this._videos.end();
    const over = endReason(0, 0);
    for (const { _rawId } of this._roster.all) this._leaves(_rawId, over);
    this._setState("Disconnected");
    this._signals._emit("over", undefined);
    this._surroundings.ended(this);
  }
}

function infoOf({ groupId, roomId }: Beginning, id: () => string): CallInfo {
  return {
    ...(groupId === undefined ? {} : { groupId }),
    ...(roomId === undefined ? {} : { roomId }),
    getServerCallId: async () => id(),
  };
}
