import type { Timers } from "../base/timers.js";
import { MediaLimits } from "./limits.js";

export type ConnectionRole = "publishing" | "receiving";

/** How the media of a call get through, over both connections. */
export type MediaPath = "new" | "good" | "interrupted" | "lost";

/**
 * Watches the peer connections of a call: tells how the path is, and asks for a restart of one that broke. The
 * restart is asked again and again with a pause, as long as it is broken.
 */
export class ConnectionWatch {
  private readonly _watched = new Map<RTCPeerConnection, { role: ConnectionRole; stop: () => void }>();
  private readonly _cancels = new Map<RTCPeerConnection, () => void>();
  private _path: MediaPath = "new";

  constructor(
    private readonly _timers: Timers,
    private readonly _restart: (role: ConnectionRole) => void,
    private readonly _pathChanged: (path: MediaPath) => void,
  ) {}

  get path(): MediaPath {
    return this._path;
  }

  add(peer: RTCPeerConnection, role: ConnectionRole): void {
    const look = (): void => this._look(peer, role);
    peer.addEventListener("connectionstatechange", look);
    this._watched.set(peer, { role, stop: () => peer.removeEventListener("connectionstatechange", look) });
  }

  remove(peer: RTCPeerConnection): void {
    this._watched.get(peer)?.stop();
    this._watched.delete(peer);
    this._cancel(peer);
    this._judge();
  }

  private _look(peer: RTCPeerConnection, role: ConnectionRole): void {
    this._judge();
    const state = peer.connectionState;
    if (state === "failed") this._restartNow(peer, role);
    else if (state === "disconnected") this._restartAfter(MediaLimits.disconnectedMs, peer, role);
    else if (state === "connected" || state === "closed") this._cancel(peer);
  }

  private _restartNow(peer: RTCPeerConnection, role: ConnectionRole): void {
    this._restart(role);
    this._restartAfter(MediaLimits.restartPauseMs, peer, role);
  }

  private _restartAfter(milliseconds: number, peer: RTCPeerConnection, role: ConnectionRole): void {
    this._cancel(peer);
    const cancel = this._timers.after(milliseconds, () => {
      const broken = ["failed", "disconnected"].includes(peer.connectionState);
      if (this._watched.has(peer) && broken) this._restartNow(peer, role);
    });
    this._cancels.set(peer, cancel);
  }

  private _cancel(peer: RTCPeerConnection): void {
    this._cancels.get(peer)?.();
    this._cancels.delete(peer);
  }

  private _judge(): void {
    const states = [...this._watched.keys()].map((peer) => peer.connectionState);
    const path = pathOf(states);
    if (path === this._path || (path === "new" && this._path !== "new")) return;
    this._path = path;
    this._pathChanged(path);
  }
}

function pathOf(states: RTCPeerConnectionState[]): MediaPath {
  if (states.includes("failed")) return "lost";
  if (states.includes("disconnected")) return "interrupted";
  return states.includes("connected") ? "good" : "new";
}
