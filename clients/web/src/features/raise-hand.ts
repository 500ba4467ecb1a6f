import type { CommunicationIdentifier, CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { identifierOf, rawIdOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";
import { inOrder, type Ordered } from "../state/changes.js";

export interface RaisedHand {
  identifier: CommunicationIdentifierKind;
  /** From 1: who raised first comes first. */
  order: number;
}

export interface RaisedHandChangedEvent {
  identifier: CommunicationIdentifierKind;
}

export type RaisedHandListener = (event: RaisedHandChangedEvent) => void;

export interface RaiseHandEvents {
  raisedHandEvent: RaisedHandChangedEvent;
  loweredHandEvent: RaisedHandChangedEvent;
}

export interface RaiseHandCallFeature extends CallFeature, EventSource<RaiseHandEvents> {
  getRaisedHands(): RaisedHand[];
  raiseHand(): Promise<void>;
  lowerHand(): Promise<void>;
  /** Needs the role of a presenter. */
  lowerHands(participants: CommunicationIdentifier[]): Promise<void>;
  lowerAllHands(): Promise<void>;
}

export class RaiseHand extends Emitter<RaiseHandEvents> implements RaiseHandCallFeature {
  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("change", (change) => {
      if (change.type !== "hands") return;
      for (const { id } of change.lowered) this._emit("loweredHandEvent", { identifier: identifierOf(id) });
      for (const { id } of change.raised) this._emit("raisedHandEvent", { identifier: identifierOf(id) });
    });
  }

  getRaisedHands(): RaisedHand[] {
    return this._inOrder().map(({ id, order }) => ({ identifier: identifierOf(id), order }));
  }

  async raiseHand(): Promise<void> {
    await this._call._request("call.hand", { raised: true });
  }

  async lowerHand(): Promise<void> {
    await this._call._request("call.hand", { raised: false });
  }

  async lowerHands(participants: CommunicationIdentifier[]): Promise<void> {
    if (participants.length === 0) return;
    await this._call._request("call.hand", { raised: false, participants: participants.map(rawIdOf) });
  }

  async lowerAllHands(): Promise<void> {
    await this.lowerHands(this.getRaisedHands().map(({ identifier }) => identifier));
  }

  dispose(): void {
    this._silence();
  }

  private _inOrder(): Ordered[] {
    return inOrder(this._call._current, "hand");
  }
}
