import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { CommunicationServicesError } from "../src/base/errors.js";
import { SignallingSession, type LostBecause } from "../src/signalling/session.js";
import type { Notice, Welcome } from "../src/signalling/wire.js";
import { openSocket, Refusal, TestService } from "./support/service.js";
import { ManualTimers } from "./support/timers.js";
import { settle, until } from "./support/until.js";

let service: TestService;
let timers: ManualTimers;
let session: SignallingSession;
let tokens: string[];
let welcomes: Welcome[];
let lost: { because: LostBecause; final: boolean }[];
let notices: Notice[];

beforeEach(async () => {
  service = await TestService.start();
  timers = new ManualTimers();
  tokens = [service.token()];
  welcomes = [];
  lost = [];
  notices = [];
  session = newSession();
});

afterEach(async () => {
  const closed = session.close();
  timers.advance(2_000);
  await closed;
  await service.stop();
});

test("hello says who the client is", async () => {
  const welcome = await session.start();
  assert.equal(welcome.user, "8:acs:r_ann");
  const [hello] = service.received;
  assert.deepEqual(
    { ...hello, token: "" },
    { id: 1, type: "hello", version: 1, token: "", client: "test/1", incoming: true, displayName: "Ann" },
  );
});

test("requests are numbered and their answers find them", async () => {
  await session.start();
  service.on("b", () => ({ of: "b" }));
  const answers = await Promise.all([session.request({ type: "a" }), session.request({ type: "b" })]);
  assert.deepEqual(answers, [{}, { of: "b" }]);
  assert.deepEqual(service.effects.map(({ id }) => id), [1, 2, 3]);
});

test("a refusal has the codes that applications know", async () => {
  await session.start();
  service.on("call.join", () => {
    throw new Refusal("RoomNotValid", 403, 5829);
  });
  await assert.rejects(session.request({ type: "call.join" }), { code: 403, subCode: 5829, word: "RoomNotValid" });
});

test("an unanswered request is sent again under its id and has its effect once", async () => {
  await session.start();
  service.on("count", () => ({ number: service.count("count") }));
  service.losesAnswers = true;
  const answer = session.request({ type: "count" });
  await until("the request arrived", () => service.count("count") === 1);
  service.losesAnswers = false;
  service.cut();
  await reconnect();
  assert.deepEqual(await answer, { number: 1 });
  assert.equal(service.count("count"), 1);
  assert.equal(welcomes.at(-1)?.resumed, true);
});

test("a request made while the socket is lost is sent after the next hello", async () => {
  await session.start();
  service.cut();
  await until("the loss was seen", () => lost.length === 1);
  const answer = session.request({ type: "late" });
  await reconnect();
  await answer;
  assert.equal(service.count("late"), 1);
});

test("a lost session rejects what waited, and ids begin anew", async () => {
  await session.start();
  service.losesAnswers = true;
  const answer = session.request({ type: "a" });
  await until("the request arrived", () => service.count("a") === 1);
  service.losesAnswers = false;
  service.forgetSessions();
  service.cut();
  const rejected = assert.rejects(answer, { code: 408, subCode: 10057 });
  await reconnect();
  await rejected;
  assert.equal(welcomes.at(-1)?.resumed, false);
  await session.request({ type: "b" });
  const hello = service.effects.findLast(({ type }) => type === "hello");
  assert.equal(Number(service.effects.at(-1)?.["id"]), Number(hello?.["id"]) + 1);
});

test("waits between tries double from half a second to ten", async () => {
  await session.start();
  await service.stop();
  const waits: number[] = [];
  for (let tries = 0; tries < 7; tries++) {
    waits.push(await until("a retry is planned", () => (lost.length > 0 ? retryIn() : undefined)));
    timers.advance(retryIn() ?? 0);
    await settle();
    await until("the try failed", () => retryIn());
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test("too many sockets: the client stays away for ten seconds", async () => {
  await session.start();
  service.closeAll(4429);
  await until("the loss was seen", () => lost.length === 1);
  assert.equal(retryIn(), 10_000);
});

test("a session that was taken over is not asked for again", async () => {
  await session.start();
  service.closeAll(4409);
  await until("the loss was seen", () => lost.length === 1);
  await reconnect();
  assert.equal(service.received.at(-1)?.["session"], undefined);
});

test("a refused token ends the session unless the credential gives another", async () => {
  service.refusedTokens.add("1");
  const failed = assert.rejects(session.start(), { code: 401 });
  await until("a retry is planned", () => retryIn() === 500);
  timers.advance(500);
  await failed;
});

test("a revoked token is replaced by a newer one", async () => {
  await session.start();
  service.refusedTokens.add("1");
  tokens = [service.token("2")];
  service.closeAll(4401);
  await until("the loss was seen", () => lost.length === 1);
  await reconnect();
  assert.deepEqual(lost, [{ because: "invalidToken", final: false }]);
});

test("a token that cannot be replaced is a final loss", async () => {
  await session.start();
  service.refusedTokens.add("1");
  service.closeAll(4401);
  await until("the loss was seen", () => lost.length === 1);
  timers.advance(500);
  await until("the end was told", () => lost.length === 2);
  assert.deepEqual(lost.at(-1), { because: "invalidToken", final: true });
  await assert.rejects(session.request({ type: "a" }), { code: 401 });
});

test("a token is renewed before it ends", async () => {
  service.heartbeatSeconds = 7_200;
  tokens = [service.token("1", timers.now() + 3_600_000), service.token("2", timers.now() + 7_200_000)];
  await session.start();
  timers.advance(3_300_000 - 1);
  await settle();
  assert.equal(service.count("token"), 0);
  timers.advance(1);
  await until("the newer token came", () => service.count("token") === 1);
});

test("a socket that says nothing is given up and opened anew", async () => {
  await session.start();
  service.answersPings = false;
  timers.advance(20_000);
  await until("the ping came", () => service.received.some(({ type }) => type === "ping"));
  assert.equal(lost.length, 0);
  timers.advance(10_000);
  assert.deepEqual(lost, [{ because: "connectionIssue", final: false }]);
  service.answersPings = true;
  await reconnect();
});

test("a heartbeat that is answered keeps the socket", async () => {
  await session.start();
  for (let beat = 1; beat <= 3; beat++) {
    timers.advance(20_000);
    await until("the ping came", () => service.received.filter(({ type }) => type === "ping").length === beat);
    await settle();
  }
  assert.deepEqual(lost, []);
});

test("a hint that the network changed is followed at once", async () => {
  await session.start();
  service.answersPings = false;
  session.probe();
  timers.advance(2_000);
  assert.equal(lost.length, 1);
  service.answersPings = true;
  session.probe();
  await until("the session is back", () => welcomes.length === 2);
});

test("a request that nobody answers fails after a minute", async () => {
  await session.start();
  service.losesAnswers = true;
  const failed = assert.rejects(session.request({ type: "a" }), { code: 408 });
  await until("the request arrived", () => service.count("a") === 1);
  timers.advance(59_999);
  await settle();
  timers.advance(1);
  await failed;
});

test("the first connection is not tried for ever", async () => {
  await service.stop();
  const failed = assert.rejects(session.start(), { code: 408 });
  for (let second = 0; second < 21; second++) {
    timers.advance(1_000);
    await settle();
  }
  await failed;
});

test("a version that the server does not speak is told at once", async () => {
  service.helloError = { code: "UnsupportedVersion", message: "no", resultCode: 400, subCode: 0 };
  await assert.rejects(session.start(), { code: 400, word: "UnsupportedVersion" });
});

test("a passing trouble of the server is waited out", async () => {
  service.helloError = { code: "TooManyRequests", message: "later", resultCode: 429, subCode: 0 };
  const started = session.start();
  await until("a retry is planned", () => retryIn() === 500);
  service.helloError = undefined;
  timers.advance(500);
  await started;
});

test("a token without a service, or none at all, fails at once", async () => {
  for (const token of ["no token", `x.${Buffer.from("{}").toString("base64url")}.x`, ""]) {
    tokens = [token];
    session = newSession();
    await assert.rejects(session.start(), CommunicationServicesError, token);
  }
});

test("messages that nobody understands are passed over", async () => {
  await session.start();
  service.notify({ type: "fromTheFuture", callId: "c" });
  service.notify({ re: 4711, ok: {} });
  service.notify({ type: "speakers", callId: "c", speaking: ["8:acs:r_bob", 7] });
  await until("the notice came", () => notices.length > 0);
  assert.deepEqual(notices, [{ type: "speakers", callId: "c", speaking: ["8:acs:r_bob"] }]);
});

test("leaving says goodbye", async () => {
  await session.start();
  await session.close();
  assert.equal(service.count("goodbye"), 1);
  await assert.rejects(session.request({ type: "a" }));
});

function newSession(): SignallingSession {
  return new SignallingSession(
    {
      tokens: { getToken: async () => ({ token: (tokens.length > 1 ? tokens.shift() : tokens[0]) ?? "" }) },
      displayName: "Ann",
      incoming: true,
      client: "test/1",
      timers,
      openSocket,
      random: () => 0,
    },
    {
      notice: (notice) => notices.push(notice),
      welcomed: (welcome) => welcomes.push(welcome),
      lost: (because, final) => lost.push({ because, final }),
    },
  );
}

/** When the next try is due: the session's only timer while it is not connected. */
function retryIn(): number | undefined {
  return session.isConnected ? undefined : timers.nextIn;
}

async function reconnect(): Promise<void> {
  const before = welcomes.length;
  await until("the loss was seen", () => lost.length > 0 && !session.isConnected);
  timers.advance(500);
  await until("the session is back", () => welcomes.length > before);
}
