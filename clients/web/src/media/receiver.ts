import type { WireReceivedTrack } from "../signalling/wire.js";
import { ConnectionWatch } from "./connection-watch.js";
import { fingerprintOf } from "./sdp.js";

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
  private _fingerprint: string | undefined;
  private _next: ServerOffer | undefined;
  private _working = false;
  private _closed = false;

  constructor(private readonly _options: ReceiverOptions) {}

  get peer(): RTCPeerConnection | undefined {
    return this._peer;
  }

  /** Takes an offer; the answer goes out by itself. */
  offered(offer: ServerOffer): void {
    this._next = offer;
    if (!this._working) void this._work();
  }

  /** Forgets the connection: the server does not know it any more and will offer a new one. */
  reset(): void {
    if (this._peer) this._options.watch.remove(this._peer);
    this._peer?.close();
    this._peer = undefined;
    this._fingerprint = undefined;
  }

  close(): void {
    this._closed = true;
    this._next = undefined;
    this.reset();
  }

  private async _work(): Promise<void> {
    this._working = true;
    while (this._next && !this._closed) {
      const offer = this._next;
      this._next = undefined;
      try {
        await this._take(offer);
      } catch {
        // A connection that cannot take the offer is replaced by a fresh one, once for each offer.
        await this._takeAnew(offer).catch(() => undefined);
      }
    }
    this._working = false;
  }

  private async _takeAnew(offer: ServerOffer): Promise<void> {
    if (this._closed) return;
    this.reset();
    await this._take(offer);
  }

  private async _take(offer: ServerOffer): Promise<void> {
    const fingerprint = fingerprintOf(offer.sdp);
    if (this._peer && fingerprint !== this._fingerprint) this.reset();
    this._fingerprint = fingerprint;
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
