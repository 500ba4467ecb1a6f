/** Time and timers, injected so that tests turn the clock themselves. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once after `milliseconds`; the function that comes back calls it off. */
  after(milliseconds: number, work: () => void): () => void;
}

/** The longest delay that `setTimeout` keeps: longer ones would run at once. */
const DELAY_MAX_MS = 2_147_483_647;

export const realTimers: Timers = {
  now: () => Date.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, Math.min(milliseconds, DELAY_MAX_MS));
    return () => clearTimeout(timer);
  },
};

/** Waits for `promise` at most so long; `undefined` when it did not settle in time. */
export function within<T>(timers: Timers, milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(milliseconds, () => resolve(undefined));
    promise.then(resolve, reject).finally(cancel);
  });
}
