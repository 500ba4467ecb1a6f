import type { DtmfTone } from "../api/call.js";
import { badRequest } from "../base/errors.js";

const TONES: Partial<Record<DtmfTone, string>> = { Star: "*", Pound: "#", A: "A", B: "B", C: "C", D: "D" };

/** The wire's sign of a tone. `Flash` has none: it belongs to analogue lines. */
export function toneOnWire(tone: DtmfTone): string {
  const sign = tone.startsWith("Num") ? tone.slice(3) : TONES[tone];
  if (sign === undefined || !/^[0-9*#A-D]$/.test(sign)) throw badRequest(`no such tone: ${tone}`);
  return sign;
}
