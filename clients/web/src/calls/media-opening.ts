import { messageOf } from "../base/errors.js";
import type { Timers } from "../base/timers.js";
import { MediaLimits } from "../media/limits.js";

/** How often opening media is tried in a row. */
const TRIES_MAX = 5;

/**
 * Opens the media of a call, one try after the other. While it rings the service may not want them yet; once the
 * call is connected, a failure is worth another try.
 */
export class MediaOpening {
  private _turn: Promise<void> = Promise.resolve();
  private _tries = 0;

  constructor(
    private readonly _timers: Timers,
    private readonly _open: () => Promise<void>,
    private readonly _isConnected: () => boolean,
  ) {}

  next(): void {
    this._turn = this._turn.then(() => this._try());
  }

  private async _try(): Promise<void> {
    try {
      await this._open();
      this._tries = 0;
    } catch (error) {
      if (this._isConnected()) this._later(error);
    }
  }

  private _later(error: unknown): void {
    if (++this._tries > TRIES_MAX) {
      console.warn(`parley: media could not be sent: ${messageOf(error)}`);
      return;
    }
    this._timers.after(MediaLimits.restartPauseMs, () => {
      if (this._isConnected()) this.next();
    });
  }
}
