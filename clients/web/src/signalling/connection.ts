import { isRecord, type JsonObject } from "../base/json.js";
import type { Timers } from "../base/timers.js";
import { SignallingLimits } from "./limits.js";

/** What the SDK uses of a WebSocket. */
export type Socket = Pick<WebSocket, "onopen" | "onmessage" | "onclose" | "onerror" | "send" | "close">;

export type OpenSocket = (address: string) => Socket;

export interface ConnectionListener {
  opened(): void;
  message(message: JsonObject): void;
  /** Told once, also when the connection was given up from this side. */
  closed(code: number, reason: string): void;
}

/** The code that `closed` gets for a socket that ended without one (RFC 6455 §7.4.1). */
export const ABNORMAL = 1006;

/**
 * One socket from its opening to its end, with its heartbeat. A socket that says nothing is given up without
 * waiting for its closing handshake: on a dead network that would take minutes.
 */
export class Connection {
  private _over = false;
  private _cancelDeadline: (() => void) | undefined;
  private _cancelPing: (() => void) | undefined;
  private readonly _socket: Socket;

  constructor(
    openSocket: OpenSocket,
    address: string,
    private readonly _timers: Timers,
    private readonly _listener: ConnectionListener,
  ) {
    this._socket = openSocket(address);
    this._socket.onopen = () => this._over || this._listener.opened();
    this._socket.onmessage = (event) => this._received(event.data);
    this._socket.onclose = (event) => this._end(event.code, event.reason);
    this._socket.onerror = () => undefined;
    this._expectWithin(SignallingLimits.connectMs);
  }

  send(message: JsonObject): void {
    if (!this._over) this._socket.send(JSON.stringify(message));
  }

  /** Starts the heartbeat: `hello` was answered. */
  keepAlive(heartbeatSeconds: number): void {
    this._cancelDeadline?.();
    this._cancelDeadline = undefined;
    const beat = (): void => {
      this.probe(SignallingLimits.pongMs);
      this._cancelPing = this._timers.after(heartbeatSeconds * 1000, beat);
    };
    this._cancelPing = this._timers.after(heartbeatSeconds * 1000, beat);
  }

  /** Asks for a sign of life; without one in time the connection is over. */
  probe(milliseconds: number): void {
    if (this._over) return;
    this._expectWithin(milliseconds);
    this.send({ type: "ping" });
  }

  close(code: number, reason: string): void {
    this._end(code, reason);
  }

  private _received(data: unknown): void {
    if (this._over || typeof data !== "string") return;
    if (this._cancelPing) {
      this._cancelDeadline?.();
      this._cancelDeadline = undefined;
    }
    const message = parse(data);
    if (message && message["type"] !== "pong") this._listener.message(message);
  }

  private _expectWithin(milliseconds: number): void {
    this._cancelDeadline?.();
    this._cancelDeadline = this._timers.after(milliseconds, () => this._end(ABNORMAL, "no answer"));
  }

  private _end(code: number, reason: string): void {
    if (this._over) return;
    this._over = true;
    this._cancelDeadline?.();
    this._cancelPing?.();
    try {
      this._socket.close(code >= 3000 || code === 1000 ? code : undefined);
    } catch {
      // A socket that is closed already may say so; it is what was wanted.
    }
    this._listener.closed(code, reason);
  }
}

function parse(text: string): JsonObject | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return isRecord(message) ? message : undefined;
  } catch {
    return undefined;
  }
}
