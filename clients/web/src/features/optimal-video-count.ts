import type { PropertyChanged } from "../api/events.js";
import type { CallFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";

export interface OptimalVideoCountEvents {
  optimalVideoCountChanged: PropertyChanged;
}

export interface OptimalVideoCountCallFeature extends CallFeature, EventSource<OptimalVideoCountEvents> {
  /** How many videos of others this computer should show at once. */
  readonly optimalVideoCount: number;
}

/** Two for each core, between 4 and 9: each decoded video takes part of one. A rule of ours, no measurement. */
function countFor(cores: number | undefined): number {
  return Math.min(9, Math.max(4, 2 * (cores ?? 2)));
}

export class OptimalVideoCount extends Emitter<OptimalVideoCountEvents> implements OptimalVideoCountCallFeature {
  readonly optimalVideoCount = countFor(globalThis.navigator?.hardwareConcurrency);

  constructor(
    _owner: object,
    readonly name: string,
  ) {
    super();
  }

  dispose(): void {
    this._silence();
  }
}
