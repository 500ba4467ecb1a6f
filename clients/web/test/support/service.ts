import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { isRecord, type JsonObject } from "../../src/base/json.js";
import type { Socket } from "../../src/signalling/connection.js";

/** How the service answers a request: with members of `ok`, or by throwing a {@link Refusal}. */
export type Answering = (request: JsonObject, session: ServedSession) => JsonObject;

export class Refusal extends Error {
  constructor(
    readonly word: string,
    readonly resultCode: number,
    readonly subCode = 0,
  ) {
    super(word);
  }
}

export interface ServedSession {
  readonly id: string;
  readonly secret: string;
  readonly answers: Map<number, string>;
  socket: WebSocket | undefined;
}

/**
 * A service for tests, written from docs/protocols/calling-signalling.md §2 and §3: sessions, remembered answers,
 * resuming. What requests do beyond that, each test says itself.
 */
export class TestService {
  /** Requests that had an effect, in order; those answered from memory are not in it. */
  readonly effects: JsonObject[] = [];
  /** Everything that came in. */
  readonly received: JsonObject[] = [];
  readonly sessions = new Map<string, ServedSession>();
  /** Tokens that are refused, by their `jti`. */
  readonly refusedTokens = new Set<string>();
  calls: JsonObject[] = [];
  heartbeatSeconds = 20;
  answersPings = true;
  /** Answers are computed and remembered, but get lost on their way. */
  losesAnswers = false;
  helloError: JsonObject | undefined;
  private readonly _answering = new Map<string, Answering>();
  private _sessionNumber = 0;

  private constructor(
    private readonly _server: Server,
    private readonly _sockets: WebSocketServer,
  ) {
    _sockets.on("connection", (socket) => this._serve(socket));
  }

  static async start(): Promise<TestService> {
    const server = createServer();
    const service = new TestService(server, new WebSocketServer({ server, path: "/calling/v1/signalling" }));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return service;
  }

  get address(): string {
    return `http://127.0.0.1:${(this._server.address() as AddressInfo).port}`;
  }

  /** A user token of this service, not signed: the SDK reads it only. */
  token(jti = "1", expiresAt?: number): string {
    const claims = { iss: this.address, jti, ...(expiresAt === undefined ? {} : { exp: expiresAt / 1000 }) };
    return `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;
  }

  on(type: string, answering: Answering): void {
    this._answering.set(type, answering);
  }

  /** Sends a notice to every client that is connected. */
  notify(notice: JsonObject): void {
    for (const { socket } of this.sessions.values()) socket?.send(JSON.stringify(notice));
  }

  /** Cuts all sockets without a closing handshake. */
  cut(): void {
    for (const socket of this._sockets.clients) socket.terminate();
  }

  closeAll(code: number): void {
    for (const socket of this._sockets.clients) socket.close(code);
  }

  /** As after a restart: no session is known any more. */
  forgetSessions(): void {
    this.sessions.clear();
  }

  async stop(): Promise<void> {
    this.cut();
    this._sockets.close();
    this._server.closeAllConnections();
    await new Promise<void>((closed) => this._server.close(() => closed()));
  }

  count(type: string): number {
    return this.effects.filter((request) => request["type"] === type).length;
  }

  private _serve(socket: WebSocket): void {
    let session: ServedSession | undefined;
    socket.on("message", (data) => {
      const message: unknown = JSON.parse(String(data));
      if (!isRecord(message)) return;
      this.received.push(message);
      if (message["type"] === "ping") {
        if (this.answersPings) socket.send('{"type":"pong"}');
      } else if (session) {
        this._answer(session, message);
      } else {
        session = this._welcome(socket, message);
      }
    });
  }

  private _welcome(socket: WebSocket, hello: JsonObject): ServedSession | undefined {
    const claims: unknown = JSON.parse(Buffer.from(String(hello["token"]).split(".")[1] ?? "", "base64url").toString());
    if (isRecord(claims) && this.refusedTokens.has(String(claims["jti"]))) {
      socket.close(4401);
      return undefined;
    }
    if (this.helloError) {
      socket.send(JSON.stringify({ re: hello["id"], error: this.helloError }));
      return undefined;
    }
    const wanted = isRecord(hello["session"]) ? hello["session"] : {};
    const known = this.sessions.get(String(wanted["id"]));
    const session = known?.secret === wanted["secret"] && known ? known : this._newSession();
    session.socket = socket;
    const ok = {
      session: { id: session.id, secret: session.secret },
      resumed: session === known,
      user: "8:acs:r_ann",
      heartbeatSeconds: this.heartbeatSeconds,
      iceServers: [],
      calls: session === known ? this.calls : [],
    };
    this.effects.push(hello);
    socket.send(JSON.stringify({ re: hello["id"], ok }));
    return session;
  }

  private _newSession(): ServedSession {
    const id = `session-${++this._sessionNumber}`;
    const session = { id, secret: `secret-${id}`, answers: new Map<number, string>(), socket: undefined };
    this.sessions.set(id, session);
    return session;
  }

  private _answer(session: ServedSession, request: JsonObject): void {
    const id = Number(request["id"]);
    let answer = session.answers.get(id);
    if (answer === undefined) {
      this.effects.push(request);
      answer = JSON.stringify({ re: id, ...this._effect(session, request) });
      session.answers.set(id, answer);
    }
    if (!this.losesAnswers) session.socket?.send(answer);
  }

  private _effect(session: ServedSession, request: JsonObject): JsonObject {
    const answering = this._answering.get(String(request["type"])) ?? (() => ({}));
    try {
      return { ok: answering(request, session) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { word, resultCode, subCode } = error;
      return { error: { code: word, message: word, resultCode, subCode } };
    }
  }
}

/** Node 20 has no WebSocket of its own; that of `ws` has the browser's interface. */
export function openSocket(address: string): Socket {
  return new WebSocket(address) as unknown as Socket;
}
