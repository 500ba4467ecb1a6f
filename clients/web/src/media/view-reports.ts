import type { Timers } from "../base/timers.js";
import { MediaLimits } from "./limits.js";

/** Tells the service how large videos are shown: the last size of each, at most every `viewPauseMs`. */
export class ViewReports {
  private readonly _waiting = new Map<number, number>();
  private _cancel: (() => void) | undefined;
  private _closed = false;

  constructor(
    private readonly _timers: Timers,
    private readonly _send: (streamId: number, height: number) => Promise<unknown>,
  ) {}

  tell(streamId: number, height: number): void {
    if (this._closed) return;
    this._waiting.set(streamId, height);
    this._cancel ??= this._timers.after(MediaLimits.viewPauseMs, () => this._flush());
  }

  close(): void {
    this._closed = true;
    this._cancel?.();
    this._waiting.clear();
  }

  private _flush(): void {
    this._cancel = undefined;
    for (const [streamId, height] of this._waiting) {
      // Refused when the stream ended meanwhile: nothing to show then.
      this._send(streamId, height).catch(() => undefined);
    }
    this._waiting.clear();
  }
}
