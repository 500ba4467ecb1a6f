import type { CommunicationIdentifierKind } from "@azure/communication-common";
import type { CallFeature } from "../api/features.js";
import type { PropertyChanged } from "../api/events.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { identifierOf } from "../base/identifiers.js";
import type { CallObject } from "../calls/call.js";

export interface DominantSpeakersInfo {
  /** The loudest of late first. */
  speakersList: CommunicationIdentifierKind[];
  timestamp: Date;
}

export interface DominantSpeakersEvents {
  dominantSpeakersChanged: PropertyChanged;
}

export interface DominantSpeakersCallFeature extends CallFeature, EventSource<DominantSpeakersEvents> {
  readonly dominantSpeakers: DominantSpeakersInfo;
}

/** So many who spoke last stay in the list after they fell silent: galleries order people by it. */
const REMEMBERED_MAX = 16;

export class DominantSpeakers extends Emitter<DominantSpeakersEvents> implements DominantSpeakersCallFeature {
  private _ids: string[] = [];
  private _info: DominantSpeakersInfo = { speakersList: [], timestamp: new Date(0) };

  constructor(
    private readonly _call: CallObject,
    readonly name: string,
  ) {
    super();
    _call._signals.on("notice", (notice) => {
      if (notice.type === "speakers") this._speak(notice.speaking);
      if (notice.type === "participantLeft") this._ids = this._ids.filter((id) => id !== notice.id);
    });
    // Who asks for the feature late has not heard the notice.
    this._speak(_call._speaking);
  }

  get dominantSpeakers(): DominantSpeakersInfo {
    return this._info;
  }

  dispose(): void {
    this._silence();
  }

  private _speak(speaking: readonly string[]): void {
    if (speaking.length === 0) return;
    const earlier = this._ids.filter((id) => !speaking.includes(id));
    this._ids = [...speaking, ...earlier].slice(0, REMEMBERED_MAX);
    const timestamp = new Date(this._call._surroundings.timers.now());
    this._info = { speakersList: this._ids.map(identifierOf), timestamp };
    this._emit("dominantSpeakersChanged", undefined);
  }
}
