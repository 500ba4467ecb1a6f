import { Refused } from "../signalling/pending.js";
import type { WireTrackKind } from "../signalling/wire.js";
import { ConnectionWatch } from "./connection-watch.js";
import { MediaLimits } from "./limits.js";
import { fingerprintOf } from "./sdp.js";

export interface PublishedTrack {
  readonly mid: string;
  readonly kind: WireTrackKind;
}

export interface PublisherOptions {
  readonly newPeer: () => RTCPeerConnection;
  /** Sends an offer; gives the answer. */
  readonly offer: (sdp: string, tracks: PublishedTrack[]) => Promise<string>;
  readonly watch: ConnectionWatch;
}

interface Slot {
  track: MediaStreamTrack | undefined;
  /** Whether the other side shall have a section for it; sound has one from the start, even without a track. */
  wanted: boolean;
  transceiver: RTCRtpTransceiver | undefined;
}

const KINDS: readonly WireTrackKind[] = ["Audio", "Video", "ScreenSharing"];

/**
 * The publishing connection of a call: this client offers, the server answers. Offers are made one after the
 * other; a change of the microphone or camera needs none.
 */
export class Publisher {
  private readonly _slots = new Map<WireTrackKind, Slot>(
    KINDS.map((kind) => [kind, { track: undefined, wanted: kind === "Audio", transceiver: undefined }]),
  );
  private _peer: RTCPeerConnection | undefined;
  private _remoteFingerprint: string | undefined;
  private _turn: Promise<void> = Promise.resolve();
  private _abandoned = abandonment();
  private _closed = false;

  constructor(private readonly _options: PublisherOptions) {}

  get peer(): RTCPeerConnection | undefined {
    return this._peer;
  }

  /** Opens the connection with what is there by now. */
  start(): Promise<void> {
    return this._inTurn(async () => {
      if (this._peer) return;
      try {
        await this._negotiate();
      } catch (error) {
        this._drop();
        throw error;
      }
    });
  }

  /** Whether the connection was opened: before, tracks are only kept. */
  get isStarted(): boolean {
    return this._peer !== undefined;
  }

  /**
   * Sends `track` as `kind` from now on, or nothing. Fails when the server refuses it; nothing is sent then.
   */
  async setTrack(kind: WireTrackKind, track: MediaStreamTrack | undefined): Promise<void> {
    const slot = this._slot(kind);
    const sections = kind === "Audio" || (slot.track === undefined) === (track === undefined);
    slot.track = track;
    slot.wanted = kind === "Audio" || track !== undefined;
    if (!this._peer) return;
    if (sections && slot.transceiver) {
      await slot.transceiver.sender.replaceTrack(track ?? null);
      return;
    }
    try {
      await this._inTurn(() => this._negotiate());
    } catch (error) {
      if (track && slot.track === track) {
        slot.track = undefined;
        slot.wanted = kind === "Audio";
      }
      throw error;
    }
  }

  /** New ICE credentials: the network changed. */
  restart(): Promise<void> {
    return this._inTurn(async () => {
      if (!this._peer) return;
      this._peer.restartIce();
      await this._negotiate();
    });
  }

  /**
   * A new connection with the same tracks: the server does not know the old one any more. What was under way on
   * that one counts as done: its tracks are in the new offer. When it fails, nothing is started any more.
   */
  rebuild(): Promise<void> {
    this._abandon();
    return this._inTurn(async () => {
      try {
        await this._negotiate();
      } catch (error) {
        this._drop();
        throw error;
      }
    });
  }

  close(): void {
    this._closed = true;
    this._abandon();
  }

  /** Gives up the connection, and who waits for it: what a closed connection was asked is never answered. */
  private _abandon(): void {
    this._drop();
    this._abandoned.resolve();
    this._abandoned = abandonment();
  }

  private _slot(kind: WireTrackKind): Slot {
    const slot = this._slots.get(kind);
    if (!slot) throw new Error(`no such kind: ${kind}`);
    return slot;
  }

  private _inTurn(work: () => Promise<void>): Promise<void> {
    const done = this._turn.then(() => (this._closed ? undefined : Promise.race([work(), this._abandoned.promise])));
    this._turn = done.catch(() => undefined);
    return done;
  }

  private async _negotiate(): Promise<void> {
    const peer = (this._peer ??= this._open());
    for (const kind of KINDS) {
      await this._fillSlot(peer, kind);
      if (peer !== this._peer) return;
    }
    await peer.setLocalDescription(await peer.createOffer());
    if (peer !== this._peer) return;
    try {
      const answer = await this._options.offer(peer.localDescription?.sdp ?? "", this._tracks());
      if (peer !== this._peer) return;
      await this._take(peer, answer);
    } catch (error) {
      if (peer !== this._peer) return;
      if (await this._madeAnewAfter(error)) return;
      await peer.setLocalDescription({ type: "rollback" }).catch(() => undefined);
      throw error;
    }
  }

  /** A connection that the server has given up refuses offers: they are made once more from a new one (§7). */
  private async _madeAnewAfter(error: unknown): Promise<boolean> {
    const wasEstablished = this._remoteFingerprint !== undefined;
    if (!wasEstablished || !(error instanceof Refused) || error.word !== "MediaRefused") return false;
    this._drop();
    await this._negotiate();
    return true;
  }

  private async _take(peer: RTCPeerConnection, answer: string): Promise<void> {
    const fingerprint = fingerprintOf(answer);
    if (this._remoteFingerprint !== undefined && fingerprint !== this._remoteFingerprint) {
      this._drop();
      await this._negotiate();
      return;
    }
    this._remoteFingerprint = fingerprint;
    await peer.setRemoteDescription({ type: "answer", sdp: answer });
    await this._keepFullSize();
  }

  private _open(): RTCPeerConnection {
    const peer = this._options.newPeer();
    this._options.watch.add(peer, "publishing");
    return peer;
  }

  private _drop(): void {
    if (this._peer) this._options.watch.remove(this._peer);
    this._peer?.close();
    this._peer = undefined;
    this._remoteFingerprint = undefined;
    for (const slot of this._slots.values()) slot.transceiver = undefined;
  }

  private async _fillSlot(peer: RTCPeerConnection, kind: WireTrackKind): Promise<void> {
    const slot = this._slot(kind);
    if (slot.wanted && kind !== "Audio" && slot.transceiver?.direction === "inactive") {
      // What was switched off comes back as new streams. Browsers name the layer of a stream (RFC 8852) only until
      // the other side has heard of it: on the old streams it would stay unnamed, and nobody would see them.
      slot.transceiver.stop();
      slot.transceiver = undefined;
    }
    if (slot.transceiver) {
      slot.transceiver.direction = slot.wanted ? "sendonly" : "inactive";
      await slot.transceiver.sender.replaceTrack(slot.track ?? null);
    } else if (slot.wanted) {
      slot.transceiver = addTransceiver(peer, kind, slot.track);
    }
  }

  private _tracks(): PublishedTrack[] {
    return KINDS.flatMap((kind) => {
      const { wanted, transceiver } = this._slot(kind);
      const mid = transceiver?.mid;
      return wanted && typeof mid === "string" ? [{ mid, kind }] : [];
    });
  }

  /** A server that takes one layer only leaves the first, the smallest (RFC 8829 §5.11): make it the full one. */
  private async _keepFullSize(): Promise<void> {
    const sender = this._slot("Video").transceiver?.sender;
    const parameters = sender?.getParameters();
    const [only, ...others] = parameters?.encodings ?? [];
    if (!sender || !parameters || !only || others.length > 0 || (only.scaleResolutionDownBy ?? 1) === 1) return;
    only.scaleResolutionDownBy = 1;
    only.maxBitrate = MediaLimits.cameraBitrateBps;
    await sender.setParameters(parameters);
  }
}

interface Abandonment {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function abandonment(): Abandonment {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

function addTransceiver(
  peer: RTCPeerConnection,
  kind: WireTrackKind,
  track: MediaStreamTrack | undefined,
): RTCRtpTransceiver {
  const what = track ?? (kind === "Audio" ? "audio" : "video");
  const transceiver = peer.addTransceiver(what, { direction: "sendonly", ...encodings(kind) });
  if (kind !== "Audio") preferVp8(transceiver);
  return transceiver;
}

function encodings(kind: WireTrackKind): { sendEncodings?: RTCRtpEncodingParameters[] } {
  switch (kind) {
    case "Audio":
      return {};
    case "Video":
      return { sendEncodings: MediaLimits.cameraLayers.map((layer) => ({ ...layer })) };
    case "ScreenSharing":
      return { sendEncodings: [{ maxBitrate: MediaLimits.screenBitrateBps, priority: "high" }] };
  }
}

/** The codec of which every browser sends several sizes at once. */
function preferVp8(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpSender.getCapabilities("video")?.codecs ?? [];
  const isVp8 = (codec: { mimeType: string }): boolean => codec.mimeType.toLowerCase() === "video/vp8";
  if (!codecs.some(isVp8) || typeof transceiver.setCodecPreferences !== "function") return;
  transceiver.setCodecPreferences([...codecs.filter(isVp8), ...codecs.filter((codec) => !isVp8(codec))]);
}
