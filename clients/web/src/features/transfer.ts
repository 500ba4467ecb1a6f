import type { CommunicationIdentifier } from "@azure/communication-common";
import type { Call, CallEndReason, TeamsCall } from "../api/call.js";
import type { PropertyChanged } from "../api/events.js";
import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { CommunicationServicesError } from "../base/errors.js";
import type { JsonObject } from "../base/json.js";
import { rawIdOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";
import type { CallNotice } from "../signalling/wire.js";

/** Of a reason, docs/protocols/calling-signalling.md §6. */
const REASON_CHARACTERS_MAX = 256;

export interface TransferToParticipantLocator {
  participantId: CommunicationIdentifier;
}

export interface TransferToParticipantTarget {
  targetParticipant: CommunicationIdentifier;
}

export interface TransferToCallTarget {
  targetCallId: string;
}

export type TransferTargetOption = TransferToParticipantTarget | TransferToCallTarget;

export interface TransferToParticipantOptions {
  disableForwardingAndUnanswered?: boolean;
}

export type TransferState = "None" | "Transferring" | "Transferred" | "Failed";

export interface TransferErrorReason {
  readonly code: number;
  readonly subCode?: number;
}

/** How handing over the other one goes. */
export interface Transfer extends EventSource<{ stateChanged: PropertyChanged }> {
  readonly state: TransferState;
  readonly error?: TransferErrorReason;
}

export interface TransferEventArgs {
  /** The call to which this client was handed over. */
  targetCall: Call | TeamsCall;
}

export type TransferAcceptedEvent = (args: TransferEventArgs) => void;

export interface TransferEvents {
  transferAccepted: TransferEventArgs;
}

export interface TransferCallFeature extends CallFeature, EventSource<TransferEvents> {
  /** Hands the other one of a call of two over to somebody else, or into another call. */
  transfer(target: TransferTargetOption, options?: TransferToParticipantOptions): Transfer;
}

/** Why the target could not be reached, for who asked; within what the protocol lets through. */
function reasonOf(ended: CallEndReason | undefined): JsonObject {
  if (!ended) return {};
  const { code, subCode, message = "" } = ended;
  return { reason: { code, subCode, message: message.slice(0, REASON_CHARACTERS_MAX) } };
}

class TransferObject extends Emitter<{ stateChanged: PropertyChanged }> implements Transfer {
  private _state: TransferState = "Transferring";
  private _error: TransferErrorReason | undefined;

  get state(): TransferState {
    return this._state;
  }

  get error(): TransferErrorReason | undefined {
    return this._error;
  }

  _become(state: TransferState, error?: TransferErrorReason): void {
    if (this._state !== "Transferring") return;
    this._state = state;
    this._error = error;
    this._emit("stateChanged", undefined);
  }
}

export class Transfers extends Emitter<TransferEvents> implements TransferCallFeature {
  private _asked: TransferObject | undefined;

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("notice", (notice) => {
      if (notice.type === "transferRequested") this._go(notice);
      if (notice.type === "transferState") this._told(notice);
    });
    _call._signals.on("over", () => this._asked?._become("Failed", { code: 487, subCode: 0 }));
  }

  transfer(target: TransferTargetOption): Transfer {
    const transfer = new TransferObject();
    this._asked = transfer;
    this._ask(target).catch((error: unknown) => {
      const known = error instanceof CommunicationServicesError ? error : undefined;
      transfer._become("Failed", { code: known?.code ?? 500, subCode: known?.subCode ?? 0 });
    });
    return transfer;
  }

  dispose(): void {
    this._silence();
  }

  private async _ask(target: TransferTargetOption): Promise<void> {
    const [other, ...more] = this._call._current.participants;
    if (!other || more.length > 0) {
      throw new CommunicationServicesError(409, 0, "only the other one of a call of two can be handed over");
    }
    const to =
      "targetCallId" in target ? { callId: target.targetCallId } : { participant: rawIdOf(target.targetParticipant) };
    await this._call._request("call.transfer", { participant: other.id, target: to });
  }

  private _told({ state, reason }: Extract<CallNotice, { type: "transferState" }>): void {
    if (state === "Accepted") return;
    if (state === "Transferred") this._asked?._become("Transferred");
    else this._asked?._become("Failed", { code: reason.code, subCode: reason.subCode });
  }

  /** This client is handed over: it calls the target, and leaves here when that call stands. */
  private _go({ by, target }: Extract<CallNotice, { type: "transferRequested" }>): void {
    const report = (state: string, more: JsonObject = {}): void =>
      void this._call._request("call.transferState", { by, state, ...more }).catch(() => undefined);
    report("Accepted");
    const targetCall = this._call._surroundings.callTarget(target, this._call.isMuted);
    const followed = (): void => {
      if (targetCall.state === "Connected") {
        targetCall.off("stateChanged", followed);
        report("Transferred");
        void this._call.hangUp();
      } else if (targetCall.state === "Disconnected") {
        targetCall.off("stateChanged", followed);
        report("Failed", reasonOf(targetCall.callEndReason));
      }
    };
    targetCall.on("stateChanged", followed);
    this._emit("transferAccepted", { targetCall });
  }
}
