// The connection is cut behind every frame and at every request in turn: the application is told
// each message once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatClient } from "@azure/communication-chat";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { endpoint, newUser, openBrowser, openChat, told } from "../harness/browser.mjs";
import { pemOf, Shim } from "../harness/shim.mjs";

/** Messages that are sent at least; more follow until the connection is cut. */
const MESSAGES = 4;
const MESSAGES_MAX = 20;

/** Frames of a connection with as many messages: five to connect, then four for each. */
const CUTS = Number(process.env.PARLEY_CUTS ?? 22);

/**
 * Every kind of frame that passes while a client connects and is told messages. The others end a
 * connection (`0`, `trouter.reconnect`), or neither side sends them (`2`, `trouter.message_loss`).
 */
const KINDS = [
  "down 1",
  "down 5 trouter.connected",
  "up 5 user.activity",
  "down 6 ack",
  "down 5 trouter.connected, 3 message",
  "up 3 answer",
  "up 5 ping",
  "down 6 pong",
];

/** The requests that connect and register a client, in their order (docs/protocols/chat-push.md). */
const STEPS = [
  "POST /v4/a",
  "GET /socket.io/1/",
  "GET /socket.io/1/websocket",
  "POST /v3/registrations",
];

test("no message is lost or told twice, wherever a socket is cut", () =>
  throughShim(async (browser, shim) => {
    const cutBehind = {};
    for (let cut = 1; cut <= CUTS; cut++) {
      const kind = await cutAfter(browser, shim, cut);
      cutBehind[kind] = (cutBehind[kind] ?? 0) + 1;
    }
    // Which kind stands at which place is the machine's: what was not met is cut by its name.
    for (const kind of KINDS.filter((one) => !cutBehind[one])) {
      cutBehind[await cutAfter(browser, shim, kind)] = 1;
    }
    console.log("cuts behind each kind of frame:", cutBehind);
    for (const kind of KINDS) assert.ok(cutBehind[kind], `nothing was cut behind ${kind}`);
  }));

test("no message is lost or told twice, at whichever request the client is cut", () =>
  throughShim(async (browser, shim) => {
    for (const step of STEPS) {
      for (const cut of [`${step} unsent`, `${step} unanswered`]) {
        assert.equal(await cutAfter(browser, shim, cut), cut, "when it connects");
        const again = await cutAfter(browser, shim, "down 5 trouter.connected, 3 message", cut);
        assert.equal(again, cut, "when it connects again");
      }
    }
  }));

/** Lends a browser that reaches the server through a shim. */
async function throughShim(use) {
  const { hostname, port } = new URL(endpoint);
  const pem = pemOf(process.env.PARLEY_SHIM_KEY, process.env.PARLEY_SHIM_CERT);
  const shim = await Shim.start(() => ({ host: hostname, port: Number(port) }), pem);
  const browser = await openBrowser([
    `--host-resolver-rules=MAP ${hostname}:${port} localhost:${shim.port}`,
  ]);
  try {
    await use(browser, shim);
  } finally {
    await browser.close();
    shim.close();
  }
}

/** Cuts at these places, one after the other, and gives the name of the last. */
async function cutAfter(browser, shim, ...cuts) {
  const cut = cuts.join(" and ");
  const ann = await newUser();
  const client = new ChatClient(endpoint, new AzureCommunicationTokenCredential(ann.token));
  const { chatThread } = await client.createChatThread({ topic: `cut ${cut}` }, { participants: [] });
  const thread = client.getChatThreadClient(chatThread.id);
  shim.arm(...cuts);
  const page = await openChat(browser, ann);
  const sent = [];
  for (let index = 0; index < MESSAGES || (shim.cuts < cuts.length && index < MESSAGES_MAX); index++) {
    sent.push((await thread.sendMessage({ content: `${cut}.${index}` })).id);
    if (index % 2 === 0 || index >= MESSAGES) await told(page, "chatMessageReceived", index + 1);
  }
  sent.push((await thread.sendMessage({ content: "last" })).id);
  const all = await told(page, "chatMessageReceived", sent.length);
  assert.deepEqual(
    all.map((message) => message.id),
    sent,
    `cut at ${cut}: ${shim.log.join("; ")}`,
  );
  assert.equal(shim.cuts, cuts.length, `cut at ${cut}: ${shim.log.join("; ")}`);
  await page.context().close();
  return shim.cutBehind;
}
