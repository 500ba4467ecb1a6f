import { Emitter } from "../base/emitter.js";
import { messageOf } from "../base/errors.js";
import type { Timers } from "../base/timers.js";
import { browserIdOf } from "../devices/device-ids.js";
import type { BrowserDevices } from "../devices/device-manager.js";
import type { LocalVideoStreamObject } from "../streams/local-video-stream.js";
import { AudioOutput } from "./audio-output.js";
import { ConnectionWatch, type ConnectionRole, type MediaPath } from "./connection-watch.js";
import { Microphone } from "./microphone.js";
import { Publisher, type PublishedTrack } from "./publisher.js";
import { Receiver, type ReceivedTrack, type ServerOffer } from "./receiver.js";
import { screenContent } from "./screen.js";

export interface CallMediaOptions {
  readonly newPeer: () => RTCPeerConnection;
  readonly timers: Timers;
  readonly devices: BrowserDevices;
  readonly publish: (sdp: string, tracks: PublishedTrack[]) => Promise<string>;
  readonly answer: (number: number, sdp: string) => Promise<unknown>;
  /** Asks the server for an offer with new ICE credentials. */
  readonly restartReceiving: () => void;
}

export interface CallMediaEvents {
  /** The tracks that are received now. */
  received: readonly ReceivedTrack[];
  path: MediaPath;
  /** The microphone has another track, or stopped by itself. */
  microphone: "track" | "stopped";
  /** A device could not be opened. */
  deviceFailed: { device: "microphone" | "camera" | "screen"; error: unknown };
  /** The camera stopped by itself, or the user ended the screen from the browser's bar. */
  videoStopped: LocalVideoStreamObject;
}

export type SentVideo = "Video" | "ScreenSharing";

/** Both connections of a call, its microphone, cameras and loudspeaker. One owner: the call. */
export class CallMedia extends Emitter<CallMediaEvents> {
  readonly microphone: Microphone;
  readonly publisher: Publisher;
  readonly receiver: Receiver;
  readonly output = new AudioOutput();
  private readonly _watch: ConnectionWatch;
  private readonly _videos = new Map<SentVideo, { stream: LocalVideoStreamObject; stop: () => void }>();
  private _muted = true;
  private _held = false;
  private _outputMuted = false;
  private readonly _onSpeaker = (): void => this._followSpeaker();

  constructor(private readonly _options: CallMediaOptions) {
    super();
    const { newPeer, timers, devices } = _options;
    this._watch = new ConnectionWatch(timers, (role) => this._restart(role), (path) => this._emit("path", path));
    this.publisher = new Publisher({ newPeer, offer: _options.publish, watch: this._watch });
    this.receiver = new Receiver({
      newPeer,
      answer: _options.answer,
      watch: this._watch,
      received: (tracks) => this._received(tracks),
    });
    this.microphone = new Microphone(devices, (what) => this._microphoneChanged(what));
    devices.on("selectedSpeakerChanged", this._onSpeaker);
    this._followSpeaker();
  }

  get path(): MediaPath {
    return this._watch.path;
  }

  /** The track sent as `kind`, for whoever looks at its health. */
  videoStream(kind: SentVideo): LocalVideoStreamObject | undefined {
    return this._videos.get(kind)?.stream;
  }

  /** Opens the publishing connection with whatever is switched on by now. */
  start(): Promise<void> {
    return this.publisher.isStarted ? Promise.resolve() : this.publisher.start();
  }

  /** Opens the microphone when it is to be heard; fails when it may not be opened, and stays muted then. */
  async setMuted(muted: boolean): Promise<void> {
    if (!muted) {
      try {
        const track = await this.microphone.open();
        await this.publisher.setTrack("Audio", track);
      } catch (error) {
        this._emit("deviceFailed", { device: "microphone", error });
        throw error;
      }
    }
    this._muted = muted;
    this._quieten();
  }

  /** Nothing is sent and nothing is heard while a call is on hold. */
  setHeld(held: boolean): void {
    this._held = held;
    this.output.setMuted(held || this._outputMuted);
    this._quieten();
  }

  setOutputMuted(muted: boolean): void {
    this._outputMuted = muted;
    this.output.setMuted(muted || this._held);
  }

  /** Sends the pictures of `stream`; fails when the camera cannot be opened or the server refuses them. */
  async sendVideo(kind: SentVideo, stream: LocalVideoStreamObject): Promise<void> {
    const device = kind === "Video" ? "camera" : "screen";
    let media: MediaStream;
    try {
      media = await stream._use();
    } catch (error) {
      this._emit("deviceFailed", { device, error });
      throw error;
    }
    try {
      this._follow(kind, stream);
      await this.publisher.setTrack(kind, this._trackIn(kind, stream, media));
    } catch (error) {
      this._unfollow(kind);
      throw error;
    }
  }

  async stopVideo(kind: SentVideo): Promise<void> {
    this._unfollow(kind);
    await this.publisher.setTrack(kind, undefined);
  }

  /** The network changed, or the socket came back: new ICE credentials on both connections. */
  resume(): void {
    this._restart("publishing");
    this._restart("receiving");
  }

  /** The server forgot this client's connections: both are made anew. */
  async rebuild(): Promise<void> {
    this.receiver.reset();
    if (this.publisher.isStarted) await this.publisher.rebuild();
  }

  offered(offer: ServerOffer): void {
    this.receiver.offered(offer);
  }

  close(): void {
    this._options.devices.off("selectedSpeakerChanged", this._onSpeaker);
    this.publisher.close();
    this.receiver.close();
    this.output.close();
    this.microphone.close();
    for (const kind of [...this._videos.keys()]) this._unfollow(kind);
    this._silence();
  }

  private _restart(role: ConnectionRole): void {
    if (role === "receiving") this._options.restartReceiving();
    // Fails when the socket is lost meanwhile: the watch, or the next resumption, tries again.
    else this.publisher.restart().catch(() => undefined);
  }

  private _received(tracks: readonly ReceivedTrack[]): void {
    this.output.setTracks(tracks.filter(({ of }) => of.kind === "Audio").map(({ track }) => track));
    this._emit("received", tracks);
  }

  private _microphoneChanged(what: "track" | "stopped"): void {
    if (what === "track") this.publisher.setTrack("Audio", this.microphone.track).catch(() => undefined);
    this._emit("microphone", what);
  }

  private _quieten(): void {
    this.microphone.setSilent(this._muted || this._held);
    for (const { stream } of this._videos.values()) {
      for (const track of stream._openTracks()) track.enabled = !this._held;
    }
  }

  private _follow(kind: SentVideo, stream: LocalVideoStreamObject): void {
    this._unfollow(kind);
    const onOther = (): void => void this._replace(kind, stream);
    stream.on("mediaStreamUpdated", onOther);
    const stop = (): void => {
      stream.off("mediaStreamUpdated", onOther);
      stream._release();
    };
    this._videos.set(kind, { stream, stop });
  }

  private _unfollow(kind: SentVideo): void {
    this._videos.get(kind)?.stop();
    this._videos.delete(kind);
  }

  private async _replace(kind: SentVideo, stream: LocalVideoStreamObject): Promise<void> {
    try {
      const media = await stream.getMediaStream();
      await this.publisher.setTrack(kind, this._trackIn(kind, stream, media));
    } catch (error) {
      console.warn(`parley: the other ${kind} could not be sent: ${messageOf(error)}`);
    }
  }

  private _trackIn(kind: SentVideo, stream: LocalVideoStreamObject, media: MediaStream): MediaStreamTrack | undefined {
    const track = media.getVideoTracks()[0];
    if (kind === "ScreenSharing" && track) screenContent(track);
    track?.addEventListener("ended", () => {
      if (this._videos.get(kind)?.stream === stream) this._emit("videoStopped", stream);
    });
    return track;
  }

  private _followSpeaker(): void {
    const speaker = this._options.devices.selectedSpeaker;
    // The device may be gone already; the browser then stays with the one before.
    if (speaker) this.output.setSpeaker(browserIdOf(speaker.id)).catch(() => undefined);
  }
}
