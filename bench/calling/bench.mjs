// Calls under measure, from outside: browsers on the web SDK, and clients that speak the protocol only.
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { openBrowser, Person } from "../../conformance/calling/harness/person.mjs";
import { Server } from "../../conformance/calling/harness/server.mjs";

const [calls, stormers] = process.argv.slice(2).map(Number);
const IDLE_CALLS = 100;
const ACTIVE_SECONDS = 10;
const rows = [];

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
const millis = (value) => `${Math.round(value)} ms`;

/** A client of the protocol without media. */
class Client {
  #waiting = new Map();
  #ids = 0;
  notices = 0;

  static async open(server) {
    const client = new Client();
    const answer = await fetch(`${server.url}/try/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ key: new URL(server.page).hash.slice(1) }),
    });
    const { token } = await answer.json();
    client.socket = new WebSocket(`${server.url.replace("https", "wss")}/calling/v1/signalling`);
    await new Promise((done, fail) => {
      client.socket.onopen = done;
      client.socket.onerror = fail;
    });
    client.socket.onmessage = ({ data }) => client.#take(JSON.parse(data));
    await client.ask({ type: "hello", version: 1, token, displayName: "X" });
    return client;
  }

  ask(request) {
    const id = ++this.#ids;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.socket.send(JSON.stringify({ id, ...request }));
    });
  }

  #take(message) {
    if (message.type === "participant") this.notices++;
    const waiting = this.#waiting.get(message.re);
    if (!waiting) return;
    this.#waiting.delete(message.re);
    if (message.error) waiting.fail(new Error(message.error.message));
    else waiting.done(message.ok);
  }

  join(groupId) {
    return this.ask({ type: "call.join", locator: { groupId }, muted: true });
  }
}

function resident(server) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;
}

/** User and system time of the server, in seconds. */
function cpu(server) {
  const stat = readFileSync(`/proc/${server.pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function idleCalls(server) {
  const clients = [];
  for (let i = 0; i < 2 * IDLE_CALLS; i++) clients.push(await Client.open(server));
  const before = resident(server);
  for (let i = 0; i < clients.length; i += 2) {
    const group = randomUUID();
    await clients[i].join(group);
    await clients[i + 1].join(group);
  }
  const memory = (resident(server) - before) / IDLE_CALLS;
  const from = cpu(server);
  await pause(ACTIVE_SECONDS * 1000);
  const load = ((cpu(server) - from) / ACTIVE_SECONDS / IDLE_CALLS) * 100;
  rows.push(["idle call of two, without media: memory", `${memory.toFixed(2)} MB`]);
  rows.push(["idle call of two, without media: CPU of one core", `${load.toFixed(3)} %`]);
  clients.forEach((client) => client.socket.close());
}

async function storm(server) {
  const clients = [];
  for (let i = 0; i < stormers; i++) clients.push(await Client.open(server));
  const group = randomUUID();
  const from = cpu(server);
  const begun = performance.now();
  const took = await Promise.all(
    clients.map(async (client) => {
      await client.join(group);
      return performance.now() - begun;
    }),
  );
  took.sort((a, b) => a - b);
  rows.push([`${stormers} clients join one group at once: answer, p50`, millis(quantile(took, 0.5))]);
  rows.push([`${stormers} clients join one group at once: answer, p99`, millis(quantile(took, 0.99))]);
  rows.push([`${stormers} clients join one group at once: the last`, millis(took.at(-1))]);
  rows.push([`the same: CPU of the server`, `${(cpu(server) - from).toFixed(2)} s`]);
  clients.forEach((client) => client.socket.close());
}

async function setUps(server, browser) {
  const ann = await Person.arrive(browser, server, "Ann");
  const ben = await Person.arrive(browser, server, "Ben");
  const took = [];
  for (let i = 0; i < calls; i++) {
    const group = { groupId: randomUUID() };
    await ann.call(group);
    await ann.until("it is in the call", () => globalThis.t.call.state === "Connected");
    await ben.do(() => (globalThis.begun = performance.now()));
    const frames = (await ben.flow()).frames;
    await ben.call(group);
    await ben.do(async (before) => {
      while ((await globalThis.flow()).frames <= before) await new Promise((done) => setTimeout(done, 20));
      globalThis.took = performance.now() - globalThis.begun;
    }, frames);
    took.push(await ben.do(() => globalThis.took));
    if (i === 0) {
      const from = cpu(server);
      const memory = resident(server);
      await pause(ACTIVE_SECONDS * 1000);
      const load = ((cpu(server) - from) / ACTIVE_SECONDS) * 100;
      rows.push(["call of two browsers with sound and video: CPU of one core", `${load.toFixed(1)} %`]);
      rows.push(["the same: memory of the whole server", `${Math.round(memory)} MB`]);
    }
    for (const one of [ann, ben]) {
      await one.do(() => globalThis.t.call.hangUp());
      await one.until("it left", () => globalThis.t.call.state === "Disconnected");
    }
  }
  took.sort((a, b) => a - b);
  rows.unshift(
    [`join to first decoded frame, ${calls} calls of two browsers, p50`, millis(quantile(took, 0.5))],
    [`join to first decoded frame, ${calls} calls of two browsers, p99`, millis(quantile(took, 0.99))],
  );
}

const server = await Server.start();
const browser = await openBrowser();
try {
  await setUps(server, browser);
  await browser.close();
  await idleCalls(server);
  await storm(server);
} finally {
  await browser.close();
  await server.stop();
}
const table = [
  "# Benchmarks of calls",
  "",
  `Written by \`bench/calling/run ${calls} ${stormers}\` on ${cpus().length} cores of ${cpus()[0].model}. Server, browsers with fake`,
  "devices and clients share the machine.",
  "",
  "| what | figure |",
  "|---|---|",
  ...rows.map((row) => `| ${row.join(" | ")} |`),
  "",
].join("\n");
writeFileSync(new URL("../../docs/benchmarks-calling.md", import.meta.url), table);
console.log(table);
