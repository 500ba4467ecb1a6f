import type { WireReceivedTrack } from "../signalling/wire.js";
import { ConnectionWatch } from "./connection-watch.js";
import { fingerprintOf, sessionOf } from "./sdp.js";

export interface ServerOffer {
  readonly number: number;
  readonly sdp: string;
  readonly tracks: readonly WireReceivedTrack[];
}

export interface ReceivedTrack {
  readonly of: WireReceivedTrack;
  readonly track: MediaStreamTrack;
  readonly receiver: RTCRtpReceiver;
}

export interface ReceiverOptions {
  readonly newPeer: () => RTCPeerConnection;
  readonly answer: (number: number, sdp: string) => Promise<unknown>;
  readonly watch: ConnectionWatch;
  /** Told after each offer: everything that is received now. */
  readonly received: (tracks: ReceivedTrack[]) => void;
}

/**
 * The receiving connection of a call: the server offers, this client answers. Of several offers that wait, only
 * the newest is answered; the server ignores answers to older ones.
 */
export class Receiver {
  private _peer: RTCPeerConnection | undefined;
  private _offerer: string | undefined;
  private _next: ServerOffer | undefined;
  /** Numbers the workers: one that {@link reset} left behind has nothing to say any more. */
  private _worker = 0;
  private _working = false;
  private _closed = false;

  constructor(private readonly _options: ReceiverOptions) {}

  get peer(): RTCPeerConnection | undefined {
    return this._peer;
  }

  /** Takes an offer; the answer goes out by itself. */
  offered(offer: ServerOffer): void {
    this._next = offer;
    if (!this._working && !this._closed) void this._work();
  }

  /** Forgets the connection: the server does not know it any more and will offer a new one. */
  reset(): void {
    // What a closed connection was asked is never answered: who waits for it is left behind.
    this._worker++;
    this._working = false;
    this._next = undefined;
    this._drop();
  }

  close(): void {
    this._closed = true;
    this.reset();
  }

  private _drop(): void {
    if (this._peer) this._options.watch.remove(this._peer);
    this._peer?.close();
    this._peer = undefined;
    this._offerer = undefined;
  }

  private async _work(): Promise<void> {
    const worker = this._worker;
    this._working = true;
    while (worker === this._worker && this._next) {
      const offer = this._next;
      this._next = undefined;
      try {
        await this._take(offer);
      } catch {
        // A connection that cannot take the offer is replaced by a fresh one, once for each offer.
        if (worker === this._worker) await this._takeAnew(offer).catch(() => undefined);
      }
    }
    if (worker === this._worker) this._working = false;
  }

  private async _takeAnew(offer: ServerOffer): Promise<void> {
    this._drop();
    await this._take(offer);
  }

  private async _take(offer: ServerOffer): Promise<void> {
    // Another session or certificate means another connection at the server (signalling protocol §7).
    const offerer = `${sessionOf(offer.sdp)} ${fingerprintOf(offer.sdp)}`;
    if (this._peer && offerer !== this._offerer) this._drop();
    this._offerer = offerer;
    const peer = (this._peer ??= this._open());
    await peer.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    if (peer !== this._peer) return;
    await peer.setLocalDescription(await peer.createAnswer());
    if (peer !== this._peer) return;
    this._options.received(tracksOf(peer, offer.tracks));
    // Refused only when a newer offer is under way or the call is over; both bring their own notice.
    this._options.answer(offer.number, peer.localDescription?.sdp ?? "").catch(() => undefined);
  }

  private _open(): RTCPeerConnection {
    const peer = this._options.newPeer();
    this._options.watch.add(peer, "receiving");
    return peer;
  }
}

function tracksOf(peer: RTCPeerConnection, described: readonly WireReceivedTrack[]): ReceivedTrack[] {
  return described.flatMap((of) => {
    const transceiver = peer.getTransceivers().find((each) => each.mid === of.mid);
    return transceiver ? [{ of, track: transceiver.receiver.track, receiver: transceiver.receiver }] : [];
  });
}
