import type { PropertyChanged } from "../api/events.js";
import type { StreamFeature } from "../api/features.js";
import { Emitter, type EventSource } from "../base/emitter.js";
import { notSupported } from "../base/errors.js";

export type VideoEffectName = "BackgroundBlur" | "BackgroundReplacement" | string;
export type AudioEffectName = "NoiseSuppression" | "EchoCancellation" | "AutoGainControl" | string;

export interface BackgroundBlurConfig {
  blurStrength?: number;
}

export interface BackgroundReplacementConfig {
  backgroundImageUrl: string;
}

/** What an effects package gives; those of Parley are supported nowhere. */
export interface VideoEffectProcessor {
  readonly name: VideoEffectName;
  isSupported(): Promise<boolean>;
}

export interface BackgroundBlurEffect extends VideoEffectProcessor {
  configure(config: BackgroundBlurConfig): void;
}

export interface BackgroundReplacementEffect extends VideoEffectProcessor {
  configure(config: BackgroundReplacementConfig): void;
}

export interface VideoEffectErrorPayload {
  code: number;
  message: string;
}

export interface VideoEffectsEvents {
  effectsStarted: VideoEffectName[];
  effectsStopped: VideoEffectName[];
  effectsError: VideoEffectErrorPayload;
}

export interface VideoEffectsFeature extends StreamFeature, EventSource<VideoEffectsEvents> {
  readonly activeEffects: VideoEffectName[];
  isSupported(effect: VideoEffectProcessor): Promise<boolean>;
  startEffects(effect: VideoEffectProcessor): Promise<void>;
  stopEffects(): Promise<void>;
}

/** Parley changes no pictures: nothing is supported, and starting an effect fails with code 501. */
export class InertVideoEffects extends Emitter<VideoEffectsEvents> implements VideoEffectsFeature {
  readonly activeEffects: VideoEffectName[] = [];

  constructor(
    _owner: object,
    readonly name: string,
  ) {
    super();
  }

  async isSupported(): Promise<boolean> {
    return false;
  }

  startEffects(): Promise<void> {
    return Promise.reject(notSupported("a video effect"));
  }

  async stopEffects(): Promise<void> {
    // None is running.
  }

  dispose(): void {
    this._silence();
  }
}

export interface DeepNoiseSuppressionEffect {
  readonly name: AudioEffectName;
}

export interface AudioEffectsStartConfig {
  echoCancellation?: string | DeepNoiseSuppressionEffect;
  noiseSuppression?: string | DeepNoiseSuppressionEffect;
  autoGainControl?: string | DeepNoiseSuppressionEffect;
}

export interface AudioEffectsStopConfig {
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
}

export interface ActiveAudioEffects {
  echoCancellation: AudioEffectName[];
  noiseSuppression: AudioEffectName[];
  autoGainControl: AudioEffectName[];
}

export interface AudioEffectsFeature extends StreamFeature, EventSource<{ effectsStarted: PropertyChanged; effectsStopped: PropertyChanged; effectsError: PropertyChanged }> {
  readonly activeEffects: ActiveAudioEffects;
  isSupported(effect: string | DeepNoiseSuppressionEffect): Promise<boolean>;
  startEffects(config: AudioEffectsStartConfig): Promise<void>;
  stopEffects(config: AudioEffectsStopConfig): Promise<void>;
}

/** The browser's own noise suppression is always on; others are not supported. */
export class InertAudioEffects
  extends Emitter<{ effectsStarted: PropertyChanged; effectsStopped: PropertyChanged; effectsError: PropertyChanged }>
  implements AudioEffectsFeature
{
  readonly activeEffects: ActiveAudioEffects = { echoCancellation: [], noiseSuppression: [], autoGainControl: [] };

  constructor(
    _owner: object,
    readonly name: string,
  ) {
    super();
  }

  async isSupported(): Promise<boolean> {
    return false;
  }

  startEffects(): Promise<void> {
    return Promise.reject(notSupported("an audio effect"));
  }

  async stopEffects(): Promise<void> {
    // None is running.
  }

  dispose(): void {
    this._silence();
  }
}
