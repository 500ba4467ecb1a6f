import type { Timers } from "../../src/base/timers.js";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly work: () => void;
}

/** A clock that moves only when a test says so. */
export class ManualTimers implements Timers {
  private _now = Date.UTC(2026, 10, 25, 10, 0, 0);
  private _order = 0;
  private readonly _timers = new Set<Timer>();

  now(): number {
    return this._now;
  }

  after(milliseconds: number, work: () => void): () => void {
    const timer = { at: this._now + milliseconds, order: this._order++, work };
    this._timers.add(timer);
    return () => this._timers.delete(timer);
  }

  /** Moves the clock; timers that are due run in their order. */
  advance(milliseconds: number): void {
    const end = this._now + milliseconds;
    for (;;) {
      const [next] = [...this._timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order);
      if (!next) break;
      this._timers.delete(next);
      this._now = Math.max(this._now, next.at);
      next.work();
    }
    this._now = end;
  }

  /** How long until the next timer is due; `undefined`: none waits. */
  get nextIn(): number | undefined {
    const due = [...this._timers].map(({ at }) => at - this._now);
    return due.length > 0 ? Math.min(...due) : undefined;
  }
}
