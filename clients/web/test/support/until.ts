import { setImmediate } from "node:timers/promises";

/** Real time after which a test that waits for something has failed; it never makes a test pass. */
const LIMIT_MS = 5_000;

/** Lets the event loop turn until `condition` holds; what it gives then comes back. */
export async function until<T>(what: string, condition: () => T | undefined | false): Promise<T> {
  const begun = process.hrtime.bigint();
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    if (process.hrtime.bigint() - begun > BigInt(LIMIT_MS) * 1_000_000n) throw new Error(`never happened: ${what}`);
    await setImmediate();
  }
}

/** Lets everything run that is ready to run. */
export async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}
