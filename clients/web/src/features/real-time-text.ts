import type { CallFeature } from "../api/features.js";
import type { ParticipantInfo } from "../api/identifiers.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { badRequest } from "../base/errors.js";
import { identifierOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";
import { everybody } from "../state/changes.js";

export type RealTimeTextResultType = "Partial" | "Final";

/** What somebody is writing, letter by letter. */
export interface RealTimeTextInfo {
  sender: ParticipantInfo;
  /** Counts the lines of a sender; the partial states of a line have the same. */
  sequenceId: number;
  text: string;
  resultType: RealTimeTextResultType;
  receivedTimestamp: Date;
  updatedTimestamp: Date;
  isLocal: boolean;
}

export type RealTimeTextReceivedEventHandler = (info: RealTimeTextInfo) => void;

export interface RealTimeTextEvents {
  realTimeTextReceived: RealTimeTextInfo;
}

export interface RealTimeTextFeature extends CallFeature, EventSource<RealTimeTextEvents> {
  /** At most 1,000 characters; `finalized` ends the line. */
  sendRealTimeText(text: string, finalized?: boolean): Promise<void>;
}

const TEXT_MAX = 1_000;

export class RealTimeText extends Emitter<RealTimeTextEvents> implements RealTimeTextFeature {
  private readonly _begun = new Map<string, Date>();

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("notice", (notice) => {
      if (notice.type === "realTimeText") this._received(notice.from, notice.sequence, notice.text, notice.final);
    });
  }

  async sendRealTimeText(text: string, finalized = false): Promise<void> {
    if (text.length > TEXT_MAX) throw badRequest(`at most ${TEXT_MAX} characters can be sent at once`);
    await this._call._request("call.realTimeText", { text, final: finalized });
  }

  dispose(): void {
    this._silence();
  }

  private _received(from: string, sequenceId: number, text: string, isFinal: boolean): void {
    const now = new Date(this._call._surroundings.timers.now());
    const line = `${from} ${sequenceId}`;
    const receivedTimestamp = this._begun.get(line) ?? now;
    if (isFinal) this._begun.delete(line);
    else this._begun.set(line, receivedTimestamp);
    const displayName = everybody(this._call._current).find(({ id }) => id === from)?.displayName;
    this._emit("realTimeTextReceived", {
      sender: { identifier: identifierOf(from), displayName },
      sequenceId,
      text,
      resultType: isFinal ? "Final" : "Partial",
      receivedTimestamp,
      updatedTimestamp: now,
      isLocal: from === this._call._current.self.id,
    });
  }
}
