import type { Disposable } from "./events.js";

/** A part of a call that not every application needs, had by `call.feature(Features.…)`. */
export interface CallFeature extends Disposable {
  readonly name: string;
}

/** The key of a feature of a call. Keys are compared by identity and live as long as the page. */
export interface CallFeatureFactory<T extends CallFeature> {
  readonly name: string;
  /** Only for the compiler: which feature the key gives. */
  readonly _gives?: T;
}

/** A part of the calling client itself. */
export interface CallClientFeature {
  readonly name: string;
}

export interface CallClientFeatureFactory<T extends CallClientFeature> {
  readonly name: string;
  readonly _givesOfClient?: T;
}

/** A part of a local stream. */
export interface StreamFeature extends Disposable {
  readonly name: string;
}

export interface LocalVideoStreamFeatureFactory<T extends StreamFeature> {
  readonly name: string;
  readonly _givesOfVideo?: T;
}

export interface LocalAudioStreamFeatureFactory<T extends StreamFeature> {
  readonly name: string;
  readonly _givesOfAudio?: T;
}
