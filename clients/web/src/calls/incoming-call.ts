import type { AcceptCallOptions, Call, CallEndReason, CallInfo, IncomingCall, IncomingCallEvents } from "../api/call.js";
import type { CallerInfo } from "../api/identifiers.js";
import { Emitter } from "../base/emitter.js";
import { CommunicationServicesError } from "../base/errors.js";
import { identifierOf } from "../base/identifiers.js";
import type { WireCaller } from "../signalling/wire.js";
import { endReason, HUNG_UP } from "./end-reason.js";

export interface IncomingCallOptions {
  readonly id: string;
  readonly caller: WireCaller;
  readonly accept: (options: AcceptCallOptions) => Call;
  readonly reject: () => Promise<unknown>;
}

/** Implements {@link IncomingCall}: rings until it is accepted, rejected, or over elsewhere. */
export class IncomingCallObject extends Emitter<IncomingCallEvents> implements IncomingCall {
  readonly kind = "IncomingCall";
  readonly id: string;
  readonly info: CallInfo;
  readonly callerInfo: CallerInfo;
  private _reason: CallEndReason | undefined;

  constructor(private readonly _options: IncomingCallOptions) {
    super();
    this.id = _options.id;
    this.info = { getServerCallId: async () => this.id };
    const { id, displayName } = _options.caller;
    this.callerInfo = { identifier: identifierOf(id), displayName };
  }

  get callEndReason(): CallEndReason | undefined {
    return this._reason;
  }

  async accept(options: AcceptCallOptions = {}): Promise<Call> {
    this._mustRing();
    const call = this._options.accept(options);
    this._end(HUNG_UP);
    return call;
  }

  async reject(): Promise<void> {
    this._mustRing();
    await this._options.reject();
    this._end(endReason(603, 0, "rejected"));
  }

  /** The ringing is over. */
  _end(reason: CallEndReason): void {
    if (this._reason) return;
    this._reason = reason;
    this._emit("callEnded", { callEndReason: reason });
  }

  private _mustRing(): void {
    if (this._reason) throw new CommunicationServicesError(409, 0, "the call does not ring any more");
  }
}
