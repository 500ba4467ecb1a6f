import { setImmediate } from "node:timers/promises";

/**
 * Stands in for RTCPeerConnection in Node: keeps the order of calls and the states of offer and answer, moves no
 * media. `fingerprint` of what the other side sends decides whether it is the same peer.
 */
export class TestPeer extends EventTarget {
  static readonly all: TestPeer[] = [];
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  isClosed = false;
  iceGeneration = 1;
  readonly transceivers: TestTransceiver[] = [];
  private _offers = 0;

  constructor() {
    super();
    TestPeer.all.push(this);
  }

  addTransceiver(what: string | TestTrack, { direction }: { direction: string }): TestTransceiver {
    const transceiver = new TestTransceiver(direction, typeof what === "string" ? null : what);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): TestTransceiver[] {
    return this.transceivers;
  }

  restartIce(): void {
    this.iceGeneration++;
  }

  async createOffer(): Promise<{ type: string; sdp: string }> {
    const directions = this.transceivers.map(({ direction }) => direction).join(",");
    return { type: "offer", sdp: `offer ${++this._offers} ice ${this.iceGeneration} ${directions}` };
  }

  async createAnswer(): Promise<{ type: string; sdp: string }> {
    return { type: "answer", sdp: "answer" };
  }

  async setLocalDescription(description: { type: string; sdp?: string }): Promise<void> {
    await this._unlessClosed();
    if (description.type === "rollback") {
      this.signalingState = "stable";
      return;
    }
    this.transceivers.forEach((transceiver, index) => (transceiver.mid ??= String(index)));
    this.localDescription = { type: description.type, sdp: description.sdp ?? "" };
    this.signalingState = description.type === "offer" ? "have-local-offer" : "stable";
  }

  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    await this._unlessClosed();
    if (sdp.includes("broken")) throw new Error("cannot be read");
    if (type === "answer" && this.signalingState !== "have-local-offer") throw new Error("no offer is open");
    if (type === "offer") {
      for (const mid of sdp.match(/(?<=^mid )\w+$/gm) ?? []) {
        if (this.transceivers.some((each) => each.mid === mid)) continue;
        this.transceivers.push(Object.assign(new TestTransceiver("recvonly", null), { mid }));
      }
    }
    this.signalingState = type === "offer" ? "have-remote-offer" : "stable";
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }

  close(): void {
    this.isClosed = true;
  }

  /** What a connection was asked before it was closed is never answered (W3C WebRTC, operations chain). */
  private async _unlessClosed(): Promise<void> {
    await setImmediate();
    if (this.isClosed) await new Promise(() => undefined);
  }
}

export class TestTransceiver {
  mid: string | null = null;
  readonly sender: { track: TestTrack | null; replaceTrack: (track: TestTrack | null) => Promise<void>; getParameters: () => object };
  readonly receiver = { track: new TestTrack("video") };

  constructor(
    public direction: string,
    track: TestTrack | null,
  ) {
    this.sender = {
      track,
      replaceTrack: async (other) => {
        this.sender.track = other;
      },
      getParameters: () => ({ encodings: [] }),
    };
  }

  stop(): void {
    this.direction = "stopped";
  }
}

export class TestTrack extends EventTarget {
  enabled = true;
  muted = false;
  readyState = "live";

  constructor(readonly kind: string) {
    super();
  }

  stop(): void {
    this.readyState = "ended";
  }
}

export const newTestPeer = (): RTCPeerConnection => new TestPeer() as unknown as RTCPeerConnection;
