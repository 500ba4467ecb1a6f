import { CommunicationServicesError, messageOf } from "../base/errors.js";
import type { JsonObject } from "../base/json.js";
import { within, type Timers } from "../base/timers.js";
import { claimsOf, signallingAddress } from "../base/token.js";
import { Connection, type OpenSocket } from "./connection.js";
import { SignallingLimits } from "./limits.js";
import { PendingRequests, Refused, refusalIn } from "./pending.js";
import { readNotice, readWelcome } from "./reading.js";
import type { Notice, Request, Welcome } from "./wire.js";

/** Where user tokens come from; an `AzureCommunicationTokenCredential` fits. */
export interface TokenSource {
  getToken(): Promise<{ token: string }>;
}

export interface SessionOptions {
  readonly tokens: TokenSource;
  readonly displayName: string | undefined;
  /** Whether this client rings. */
  readonly incoming: boolean;
  readonly client: string;
  readonly timers: Timers;
  readonly openSocket: OpenSocket;
  /** Between 0 and 1; spreads the reconnects of many clients after the server came back. */
  readonly random: () => number;
}

export type LostBecause = "connectionIssue" | "invalidToken";

export interface SessionListener {
  notice(notice: Notice): void;
  /** After every `hello`, when everything that waited was sent again. */
  welcomed(welcome: Welcome): void;
  /** The socket is lost. `final`: no further try is made, a new session is needed. */
  lost(because: LostBecause, final: boolean): void;
}

/** Codes of a closed socket, docs/protocols/calling-signalling.md §3. */
const TOKEN_REFUSED = 4401;
const TAKEN_OVER = 4409;
const TOO_MANY = 4429;
const LEFT = 1000;
const PROTOCOL_VERSION = 1;

/**
 * The connection to the service as long as an agent lives: `hello`, resuming after a lost socket, requests that
 * have their effect once, renewal of the token.
 *
 * One owner: the agent. Everything runs on the page's one thread; `_attempt` numbers the connections so that a
 * late token or a late socket of an earlier one is ignored.
 */
export class SignallingSession {
  private readonly _pending: PendingRequests;
  private _connection: Connection | undefined;
  private _credentials: Welcome["session"] | undefined;
  private _connected = false;
  private _attempt = 0;
  private _failures = 0;
  private _token = "";
  private _refusedToken: string | undefined;
  private _helloId = 0;
  private _cancelRetry: (() => void) | undefined;
  private _cancelRenewal: (() => void) | undefined;
  private _ended: CommunicationServicesError | undefined;
  private _started: { resolve: (welcome: Welcome) => void; reject: (error: Error) => void } | undefined;

  constructor(
    private readonly _options: SessionOptions,
    private readonly _listener: SessionListener,
  ) {
    this._pending = new PendingRequests(_options.timers);
  }

  get isConnected(): boolean {
    return this._connected;
  }

  /** Connects; fails when the service refuses the token, or is not there within `startMs`. */
  start(): Promise<Welcome> {
    const started = new Promise<Welcome>((resolve, reject) => {
      this._started = { resolve, reject };
    });
    const cancel = this._options.timers.after(SignallingLimits.startMs, () =>
      this._finish(new CommunicationServicesError(408, 0, "the service was not reached in time"), "connectionIssue"),
    );
    started.then(cancel, cancel);
    this._connect();
    return started;
  }

  /**
   * Sends a request and waits for its answer, across reconnects. It is refused with the error of the service;
   * with 408 when no answer came within `requestMs` or the service lost the session meanwhile.
   */
  request(request: Request): Promise<JsonObject> {
    if (this._ended) return Promise.reject(this._ended);
    const { message, answer } = this._pending.add(request);
    if (this._connected && "id" in message) this._connection?.send(message);
    return answer;
  }

  /** Something hints that the network changed or came back: looks at once instead of at the next heartbeat. */
  probe(): void {
    if (this._ended) return;
    if (this._connected) this._connection?.probe(SignallingLimits.probeMs);
    else if (this._cancelRetry) this._connect();
  }

  /** Leaves: every call of this client ends at once. */
  async close(): Promise<void> {
    if (this._ended) return;
    if (this._connected) {
      const left = this.request({ type: "goodbye" }).catch(() => undefined);
      await within(this._options.timers, SignallingLimits.probeMs, left);
    }
    this._finish(new CommunicationServicesError(409, 0, "the agent was disposed"), "connectionIssue");
  }

  private _connect(): void {
    this._cancelRetry?.();
    this._cancelRetry = undefined;
    const attempt = ++this._attempt;
    this._freshToken().then(
      (token) => {
        if (attempt === this._attempt && !this._ended) this._open(attempt, token);
      },
      (error: unknown) => {
        if (attempt === this._attempt && !this._ended) this._tokenFailed(error);
      },
    );
  }

  private async _freshToken(): Promise<string> {
    const given = await within(this._options.timers, SignallingLimits.connectMs, this._options.tokens.getToken());
    if (!given) throw new Error("the credential gave no token in time");
    claimsOf(given.token);
    return given.token;
  }

  private _tokenFailed(error: unknown): void {
    if (error instanceof CommunicationServicesError || this._started) {
      const known = error instanceof CommunicationServicesError ? error : undefined;
      this._finish(known ?? new CommunicationServicesError(401, 0, messageOf(error)), "invalidToken");
    } else {
      this._retry(0);
    }
  }

  private _open(attempt: number, token: string): void {
    if (token === this._refusedToken) {
      this._finish(new CommunicationServicesError(401, 0, "the service refused the token"), "invalidToken");
      return;
    }
    this._token = token;
    const address = signallingAddress(claimsOf(token).issuer);
    const mine = (work: () => void): void => {
      if (attempt === this._attempt) work();
    };
    try {
      this._connection = new Connection(this._options.openSocket, address, this._options.timers, {
        opened: () => mine(() => this._hello()),
        message: (message) => mine(() => this._received(message)),
        closed: (code) => mine(() => this._closed(code)),
      });
    } catch (error) {
      // The page may not open this address (mixed content, a content security policy): no retry helps.
      this._finish(new CommunicationServicesError(403, 0, messageOf(error)), "connectionIssue");
    }
  }

  private _hello(): void {
    this._helloId = this._pending.nextId();
    this._connection?.send({
      id: this._helloId,
      type: "hello",
      version: PROTOCOL_VERSION,
      token: this._token,
      client: this._options.client,
      incoming: this._options.incoming,
      ...(this._options.displayName === undefined ? {} : { displayName: this._options.displayName }),
      ...(this._credentials === undefined ? {} : { session: this._credentials }),
    });
  }

  private _received(message: JsonObject): void {
    if (!this._connected) {
      if (message["re"] === this._helloId) this._helloAnswered(message);
    } else if (!this._pending.settle(message)) {
      const notice = readNotice(message);
      if (notice) this._listener.notice(notice);
    }
  }

  private _helloAnswered(message: JsonObject): void {
    const welcome = readWelcome(message["ok"]);
    if (!welcome) {
      this._helloRefused(refusalIn(message));
      return;
    }
    const sessionLost = this._credentials !== undefined && !welcome.resumed;
    this._credentials = welcome.session;
    this._connected = true;
    this._failures = 0;
    this._refusedToken = undefined;
    if (sessionLost) this._pending.startAnew(this._helloId);
    this._connection?.keepAlive(welcome.heartbeatSeconds);
    this._watchToken();
    this._started?.resolve(welcome);
    this._started = undefined;
    for (const request of this._pending.unanswered()) this._connection?.send(request);
    this._listener.welcomed(welcome);
  }

  private _helloRefused(refusal: Refused | undefined): void {
    const passing = !refusal || refusal.code === 429 || refusal.code >= 500;
    if (passing) this._connection?.close(LEFT, "refused");
    else this._finish(refusal, refusal.code === 401 ? "invalidToken" : "connectionIssue");
  }

  private _closed(code: number): void {
    const wasConnected = this._connected;
    this._connected = false;
    this._connection = undefined;
    this._cancelRenewal?.();
    if (this._ended) return;
    if (code === TOKEN_REFUSED) this._refusedToken = this._token;
    if (code === TAKEN_OVER) this._credentials = undefined;
    if (wasConnected) this._listener.lost(code === TOKEN_REFUSED ? "invalidToken" : "connectionIssue", false);
    this._retry(code === TOO_MANY ? SignallingLimits.backoffMaxMs : 0);
  }

  private _retry(leastMs: number): void {
    const doubled = SignallingLimits.backoffFirstMs * 2 ** Math.min(this._failures++, 10);
    const wait = Math.min(SignallingLimits.backoffMaxMs, doubled);
    // Up to a tenth later than the protocol says, so that thousands do not come back in the same instant.
    const spread = 1 + this._options.random() / 10;
    this._cancelRetry = this._options.timers.after(Math.max(leastMs, wait) * spread, () => this._connect());
  }

  /** Sends a newer token of the same user before this one ends. */
  private _watchToken(): void {
    this._cancelRenewal?.();
    const { expiresAt } = claimsOf(this._token);
    if (expiresAt === undefined) return;
    const left = expiresAt - this._options.timers.now();
    const early = Math.min(SignallingLimits.tokenRenewalMs, left / 2);
    const wait = Math.max(SignallingLimits.tokenLookMs, left - early);
    this._cancelRenewal = this._options.timers.after(wait, () => void this._renewToken());
  }

  private async _renewToken(): Promise<void> {
    try {
      const token = await this._freshToken();
      if (token !== this._token && this._connected) {
        this._token = token;
        await this.request({ type: "token", token });
      }
    } catch {
      // The server closes the socket when the old token ends; a new one is then asked for again.
    }
    if (this._connected) this._watchToken();
  }

  private _finish(error: CommunicationServicesError, because: LostBecause): void {
    if (this._ended) return;
    this._ended = error;
    this._attempt++;
    this._connected = false;
    this._cancelRetry?.();
    this._cancelRenewal?.();
    this._connection?.close(LEFT, "done");
    this._connection = undefined;
    this._pending.rejectAll(error);
    const started = this._started;
    this._started = undefined;
    if (started) started.reject(error);
    else this._listener.lost(because, true);
  }
}
