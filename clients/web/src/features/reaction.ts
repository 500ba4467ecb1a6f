import type { CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { badRequest } from "../base/errors.js";
import { identifierOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";
import { REACTIONS } from "../signalling/wire.js";

export type Reaction = "like" | "heart" | "laugh" | "applause" | "surprised";

export interface ReactionMessage {
  reactionType: Reaction;
}

export interface ReactionEventPayload {
  identifier: CommunicationIdentifierKind;
  reactionMessage: ReactionMessage;
}

export type ReactionListener = (event: ReactionEventPayload) => void;

export interface ReactionEvents {
  reaction: ReactionEventPayload;
}

export interface ReactionCallFeature extends CallFeature, EventSource<ReactionEvents> {
  sendReaction(reactionMessage: ReactionMessage): Promise<void>;
}

export class Reactions extends Emitter<ReactionEvents> implements ReactionCallFeature {
  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("notice", (notice) => {
      if (notice.type !== "reaction") return;
      const reactionMessage = { reactionType: notice.reaction };
      this._emit("reaction", { identifier: identifierOf(notice.from), reactionMessage });
    });
  }

  async sendReaction({ reactionType }: ReactionMessage): Promise<void> {
    if (!REACTIONS.includes(reactionType)) throw badRequest(`no such reaction: ${reactionType}`);
    await this._call._request("call.reaction", { reaction: reactionType });
  }

  dispose(): void {
    this._silence();
  }
}
