import type { Timers } from "../base/timers.js";

/** How often the level is looked at, and how long it must be high. */
const LOOK_MS = 250;
const LOUD_LOOKS = 3;
/** The root mean square above which it is speech rather than a quiet room; a figure of ours. */
const SPEECH_LEVEL = 0.04;

/**
 * Hears whether somebody speaks into a muted microphone. It listens to a copy of the track, because the muted one
 * carries silence; nothing of it leaves the page.
 */
export class SpeechWatch {
  private _context: AudioContext | undefined;
  private _copy: MediaStreamTrack | undefined;
  private _cancel: (() => void) | undefined;
  private _loud = 0;

  constructor(
    private readonly _timers: Timers,
    private readonly _changed: (speaking: boolean) => void,
  ) {}

  /** Listens to this track from now on; `undefined`: to none. */
  watch(track: MediaStreamTrack | undefined): void {
    this.close();
    if (!track || typeof AudioContext === "undefined") return;
    this._copy = track.clone();
    this._copy.enabled = true;
    this._context = new AudioContext();
    const analyser = this._context.createAnalyser();
    this._context.createMediaStreamSource(new MediaStream([this._copy])).connect(analyser);
    this._lookLater(analyser, new Float32Array(analyser.fftSize));
  }

  close(): void {
    this._cancel?.();
    this._copy?.stop();
    void this._context?.close().catch(() => undefined);
    this._context = undefined;
    this._copy = undefined;
    this._loud = 0;
  }

  private _lookLater(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): void {
    this._cancel = this._timers.after(LOOK_MS, () => {
      analyser.getFloatTimeDomainData(samples);
      this._loud = levelOf(samples) > SPEECH_LEVEL ? Math.min(LOUD_LOOKS, this._loud + 1) : 0;
      if (this._loud === LOUD_LOOKS) this._changed(true);
      else if (this._loud === 0) this._changed(false);
      this._lookLater(analyser, samples);
    });
  }
}

function levelOf(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
