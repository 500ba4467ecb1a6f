import { CommunicationServicesError } from "../base/errors.js";
import { isRecord, numberIn, textIn, type JsonObject } from "../base/json.js";
import type { Timers } from "../base/timers.js";
import { SignallingLimits } from "./limits.js";
import type { Request } from "./wire.js";

interface Waiting {
  readonly message: JsonObject;
  readonly resolve: (answer: JsonObject) => void;
  readonly reject: (error: Error) => void;
  readonly cancelLimit: () => void;
}

/** A refusal of the server: `code` and `subCode` as applications know them, `word` as §10 has it. */
export class Refused extends CommunicationServicesError {
  constructor(
    readonly word: string,
    code: number,
    subCode: number,
    message: string,
  ) {
    super(code, subCode, message);
  }
}

/** Requests that wait for their answers, in the order of their ids. */
export class PendingRequests {
  private _lastId = 0;
  private readonly _waiting = new Map<number, Waiting>();

  constructor(private readonly _timers: Timers) {}

  nextId(): number {
    return ++this._lastId;
  }

  /** A new session: ids are counted anew, and who waits for an answer of the old one waits in vain. */
  startAnew(firstId: number): void {
    this.rejectAll(new CommunicationServicesError(408, 10057, "the service lost the session before it answered"));
    this._lastId = firstId;
  }

  /** Keeps a request until its answer; `message` is what goes on the wire, each time that it is sent. */
  add(request: Request): { message: JsonObject; answer: Promise<JsonObject> } {
    if (this._waiting.size >= SignallingLimits.pendingMax) {
      const error = new CommunicationServicesError(429, 0, "too many requests wait for their answers");
      return { message: {}, answer: Promise.reject(error) };
    }
    const id = this.nextId();
    const message = { id, ...request };
    const answer = new Promise<JsonObject>((resolve, reject) => {
      const cancelLimit = this._timers.after(SignallingLimits.requestMs, () => {
        this._waiting.delete(id);
        reject(new CommunicationServicesError(408, 0, `no answer to ${request.type} in time`));
      });
      this._waiting.set(id, { message, resolve, reject, cancelLimit });
    });
    return { message, answer };
  }

  /** Everything unanswered, oldest first: what is sent again after a reconnect. */
  unanswered(): JsonObject[] {
    return [...this._waiting.values()].map((waiting) => waiting.message);
  }

  /** Settles the request that `message` answers; true when there was one. */
  settle(message: JsonObject): boolean {
    const id = numberIn(message, "re");
    const waiting = id === undefined ? undefined : this._waiting.get(id);
    if (id === undefined || waiting === undefined) return false;
    this._waiting.delete(id);
    waiting.cancelLimit();
    const refusal = refusalIn(message);
    if (refusal) waiting.reject(refusal);
    else waiting.resolve(isRecord(message["ok"]) ? message["ok"] : {});
    return true;
  }

  rejectAll(error: Error): void {
    for (const waiting of this._waiting.values()) {
      waiting.cancelLimit();
      waiting.reject(error);
    }
    this._waiting.clear();
  }
}

export function refusalIn(message: JsonObject): Refused | undefined {
  const error = message["error"];
  if (!isRecord(error)) return undefined;
  const word = textIn(error, "code") ?? "";
  const text = textIn(error, "message") ?? word;
  return new Refused(word, numberIn(error, "resultCode") ?? 500, numberIn(error, "subCode") ?? 0, text);
}
