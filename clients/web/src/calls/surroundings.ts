import type { Call } from "../api/call.js";
import type { Timers } from "../base/timers.js";
import type { BrowserDevices } from "../devices/device-manager.js";
import type { SignallingSession } from "../signalling/session.js";
import type { Request, TransferTarget } from "../signalling/wire.js";

/** What a call needs of the agent that it belongs to. */
export interface Surroundings {
  readonly session: Pick<SignallingSession, "request" | "probe" | "isConnected">;
  readonly timers: Timers;
  readonly devices: BrowserDevices;
  /** A fresh peer connection with the relays of the last `hello`. */
  readonly newPeer: () => RTCPeerConnection;
  readonly newId: () => string;
  /** Begins a call to where another participant sent this client. */
  readonly callTarget: (target: TransferTarget, muted: boolean) => Call;
  /** The call is over; the agent lets go of it. */
  readonly ended: (call: object) => void;
  /** The raw id of the agent's user. */
  readonly user: () => string;
}

/** How a call begins: the request that makes it, and what is known before the answer. */
export interface Beginning {
  readonly request: Request;
  readonly id: string;
  readonly direction: "Outgoing" | "Incoming";
  readonly caller?: { readonly id: string; readonly displayName: string | undefined };
  readonly groupId?: string;
  readonly roomId?: string;
  readonly muted: boolean;
}
