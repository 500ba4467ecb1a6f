import type { CommunicationIdentifier, CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { identifierOf, rawIdOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";
import { inOrder, type Ordered } from "../state/changes.js";

export interface SpotlightedParticipant {
  identifier: CommunicationIdentifierKind;
  order?: number;
}

export interface SpotlightEvents {
  spotlightChanged: { added: SpotlightedParticipant[]; removed: SpotlightedParticipant[] };
}

export interface SpotlightCallFeature extends CallFeature, EventSource<SpotlightEvents> {
  readonly maxParticipantsToSpotlight: number;
  startSpotlight(participants: CommunicationIdentifier[]): Promise<void>;
  stopSpotlight(participants: CommunicationIdentifier[]): Promise<void>;
  stopAllSpotlight(): Promise<void>;
  getSpotlightedParticipants(): SpotlightedParticipant[];
}

/** As many as the public documentation of Azure Communication Services names. */
const SPOTLIGHTED_MAX = 7;

export class Spotlight extends Emitter<SpotlightEvents> implements SpotlightCallFeature {
  readonly maxParticipantsToSpotlight = SPOTLIGHTED_MAX;

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("change", (change) => {
      if (change.type !== "spotlight") return;
      this._emit("spotlightChanged", { added: shown(change.added), removed: shown(change.removed) });
    });
  }

  async startSpotlight(participants: CommunicationIdentifier[]): Promise<void> {
    await this._call._request("call.spotlight", { participants: participants.map(rawIdOf), on: true });
  }

  async stopSpotlight(participants: CommunicationIdentifier[]): Promise<void> {
    await this._call._request("call.spotlight", { participants: participants.map(rawIdOf), on: false });
  }

  async stopAllSpotlight(): Promise<void> {
    await this._call._request("call.spotlight", { all: false });
  }

  getSpotlightedParticipants(): SpotlightedParticipant[] {
    return shown(inOrder(this._call._current, "spotlight"));
  }

  dispose(): void {
    this._silence();
  }
}

function shown(ordered: readonly Ordered[]): SpotlightedParticipant[] {
  return ordered.map(({ id, order }) => ({ identifier: identifierOf(id), order }));
}
