import type { CommunicationIdentifier } from "@azure/communication-common";
import type {
  AudioOptions,
  Call,
  CallEndReason,
  CallEvents,
  CallInfo,
  CallState,
  DtmfTone,
  HangUpOptions,
  VideoOptions,
} from "../api/call.js";
import type { CallFeature, CallFeatureFactory } from "../api/features.js";
import type { CallerInfo } from "../api/identifiers.js";
import type { ParticipantRole } from "../api/participant.js";
import type { LocalAudioStream, LocalVideoStream, RemoteAudioStream } from "../api/streams.js";
import { Emitter } from "../base/emitter.js";
import { badRequest, messageOf } from "../base/errors.js";
import { identifierOf, rawIdOf } from "../base/identifiers.js";
import type { JsonObject } from "../base/json.js";
import { within } from "../base/timers.js";
import { createFeature } from "../features/registry.js";
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
import { RemoteAudioStreamObject } from "../streams/remote-audio-stream.js";
import { toneOnWire } from "./dtmf.js";
import { DID_NOT_COME_BACK, endReason, endReasonOf, endReasonOfError, HUNG_UP } from "./end-reason.js";
import { LobbyObject } from "./lobby.js";
import { LocalVideos } from "./local-videos.js";
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

/** How long hanging up waits for the service before the call counts as over on this side. */
const HANG_UP_MS = 3_000;

/** States in which media may flow. */
const OPEN: readonly CallState[] = ["Ringing", "Connected", "LocalHold", "RemoteHold"];

/**
 * Implements {@link Call}. What the service says stands in `_wire`; each notice is reduced to a new state, and the
 * differences are told to the application. Fields start with `_` so that the object works behind a `Proxy`.
 */
export class CallObject extends Emitter<CallEvents> implements Call {
  readonly kind = "Call";
  readonly info: CallInfo;
  readonly lobby: LobbyObject;
  readonly _signals = new Emitter<CallSignals>();
  readonly _media: CallMedia;
  private _wire: WireCall;
  private _state: CallState = "None";
  private _endReason: CallEndReason | undefined;
  private _muted: boolean;
  private _incomingAudioMuted = false;
  private _received: readonly ReceivedTrack[] = [];
  private _remoteAudio: RemoteAudioStreamObject[] = [];
  private _known = false;
  private _opening: Promise<void> = Promise.resolve();
  private readonly _caller: Beginning["caller"];
  private readonly _roster: Roster;
  private readonly _videos: LocalVideos;
  private readonly _views: ViewReports;
  private readonly _features = new Map<unknown, unknown>();

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
    this._views = new ViewReports(_surroundings.timers, (streamId, height) =>
      this._request("media.view", { streamId, height, pinned: false }),
    );
    this._roster = new Roster({
      tellView: (streamId, height) => this._views.tell(streamId, height),
      mute: async (rawId) => void (await this._request("call.mute", { participants: [rawId] })),
      trackOf: (streamId) => this._received.find(({ of }) => of.streamId === streamId)?.track,
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
    return [...this._remoteAudio];
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

  async mute(): Promise<void> {
    if (this._muted) return;
    // Silent at once, whatever the service says.
    await this._media.setMuted(true);
    this._setMuted(true);
    await this._reportState({ muted: true });
  }

  async unmute(): Promise<void> {
    if (!this._muted) return;
    await this._media.setMuted(false);
    try {
      await this._reportState({ muted: false });
    } catch (error) {
      await this._media.setMuted(true);
      throw error;
    }
    this._setMuted(false);
  }

  async muteIncomingAudio(): Promise<void> {
    this._setIncomingAudioMuted(true);
  }

  async unmuteIncomingAudio(): Promise<void> {
    this._setIncomingAudioMuted(false);
  }

  async muteAllRemoteParticipants(): Promise<void> {
    await this._request("call.mute", { others: true });
  }

  async startVideo(localVideoStream: LocalVideoStream): Promise<void> {
    await this._videos.start("Video", localVideoStream);
  }

  async stopVideo(localVideoStream: LocalVideoStream): Promise<void> {
    await this._videos.stop(localVideoStream.mediaStreamType === "ScreenSharing" ? "ScreenSharing" : "Video");
  }

  async startAudio(localAudioStream: LocalAudioStream): Promise<void> {
    if (!(localAudioStream instanceof LocalAudioStreamObject)) throw badRequest("no LocalAudioStream of this SDK");
    this._media.microphone.choose(localAudioStream);
    await this._media.setMuted(this._muted);
    this._emit("localAudioStreamsUpdated", { added: [localAudioStream], removed: [] });
  }

  async stopAudio(): Promise<void> {
    await this.mute();
  }

  async startScreenSharing(screenSharingStream?: LocalVideoStream): Promise<void> {
    await this._videos.startScreen(screenSharingStream);
  }

  async stopScreenSharing(): Promise<void> {
    await this._videos.stop("ScreenSharing");
  }

  async hold(): Promise<void> {
    await this._request("call.hold");
  }

  async resume(): Promise<void> {
    await this._request("call.resume");
  }

  /**
   * Media stop at once; the call is over when the service says so, or does not within three seconds. Ending it for
   * everyone fails, and changes nothing, when this client's role does not allow it.
   */
  async hangUp(options: HangUpOptions = {}): Promise<void> {
    if (this._isOver) return;
    if (options.forEveryone) await this._request("call.hangUp", { forEveryone: true });
    if (this._isOver) return;
    this._setState("Disconnecting");
    this._media.close();
    if (this._known && !options.forEveryone) {
      const left = this._request("call.hangUp", { forEveryone: false }).catch(() => undefined);
      await within(this._surroundings.timers, HANG_UP_MS, left);
    }
    this._end(HUNG_UP);
  }

  async sendDtmf(dtmfTone: DtmfTone): Promise<void> {
    await this._request("call.dtmf", { tones: toneOnWire(dtmfTone) });
  }

  addParticipant(identifier: CommunicationIdentifier): RemoteParticipantObject {
    const rawId = rawIdOf(identifier);
    const participant = this._roster.expect(rawId);
    this._request("call.add", { participants: [rawId] }).catch((error: unknown) =>
      this._roster.giveUp(rawId, endReasonOfError(error)),
    );
    return participant;
  }

  async removeParticipant(identifier: CommunicationIdentifier): Promise<void> {
    await this._request("call.remove", { participant: rawIdOf(identifier) });
  }

  feature<T extends CallFeature>(factory: CallFeatureFactory<T>): T {
    return createFeature(this._features, factory, this);
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
    this._tellViewsAgain();
  }

  /** The session is a new one: this client takes its old place again. */
  async _rejoin(): Promise<void> {
    const { legId } = this._wire;
    let answer: JsonObject;
    try {
      answer = await this._request("call.rejoin", { legId });
    } catch (error) {
      // Anything but a refusal means that the connection broke again: the next session tries anew.
      if (error instanceof Refused) this._end(error.code === 404 ? DID_NOT_COME_BACK : endReasonOfError(error));
      return;
    }
    const call = readCall(answer["call"]);
    if (!call || this._isOver) return;
    // Who comes back counts as muted until it says how it stands.
    this._follow({ ...call, self: { ...call.self, muted: this._muted } });
    await this._media.rebuild().catch(() => undefined);
    this._tellViewsAgain();
    const { isLocalVideoStarted: video, isScreenSharingOn: screen } = this;
    await this._request("call.state", { muted: this._muted, video, screen }).catch(() => undefined);
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
      case "kind":
      case "capabilities":
      case "hands":
      case "spotlight":
      case "access":
      case "meetingAccess":
        return;
    }
  }

  private _stateFollows(state: WireCall["state"]): void {
    if (this._state === "Disconnecting" || this._isOver) return;
    this._media.setHeld(state === "LocalHold");
    this._setState(state);
    if (OPEN.includes(state)) this._opening = this._opening.then(() => this._openMedia());
  }

  /** Media begin as soon as the call is more than a wish; they are tried again when a later state allows it. */
  private async _openMedia(): Promise<void> {
    if (this._isOver) return;
    try {
      if (!this._muted) await this._media.setMuted(false).catch(() => this._mutedForWantOfMicrophone());
      await this._media.start();
      await this._videos.open();
    } catch (error) {
      if (this._state === "Connected") console.warn(`parley: media could not be sent: ${messageOf(error)}`);
    }
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
    for (const participant of this._roster.all) participant._setSpeaking(speaking.includes(participant._rawId));
  }

  private _followTracks(tracks: readonly ReceivedTrack[]): void {
    this._received = tracks;
    for (const participant of this._roster.all) participant._followTracks();
    const sounds = tracks.filter(({ of }) => of.kind === "Audio").map(({ track }) => track);
    const removed = this._remoteAudio.filter((stream) => !sounds.includes(stream._track));
    const added = sounds
      .filter((track) => !this._remoteAudio.some((stream) => stream._track === track))
      .map((track) => new RemoteAudioStreamObject(track));
    this._remoteAudio = [...this._remoteAudio.filter((stream) => !removed.includes(stream)), ...added];
    if (added.length + removed.length > 0) this._emit("remoteAudioStreamsUpdated", { added, removed });
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
  private async _reportState(members: JsonObject): Promise<void> {
    if (this._known && !this._isOver) await this._request("call.state", members);
  }

  private _setMuted(muted: boolean): void {
    if (muted === this._muted) return;
    this._muted = muted;
    this._emit("isMutedChanged", undefined);
    this._signals._emit("mutedChanged", muted);
  }

  private _setIncomingAudioMuted(muted: boolean): void {
    if (muted === this._incomingAudioMuted) return;
    this._incomingAudioMuted = muted;
    this._media.setOutputMuted(muted);
    this._emit("isIncomingAudioMutedChanged", undefined);
  }

  private _setState(state: CallState): void {
    if (state === this._state) return;
    this._state = state;
    this._emit("stateChanged", undefined);
  }

  private _end(reason: CallEndReason): void {
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
