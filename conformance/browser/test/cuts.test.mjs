// The connection is cut after every frame in turn: the application is told each message once.
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

test("no message is lost or told twice, wherever the connection is cut", async () => {
  const { hostname, port } = new URL(endpoint);
  const pem = pemOf(process.env.PARLEY_SHIM_KEY, process.env.PARLEY_SHIM_CERT);
  const shim = await Shim.start(() => ({ host: hostname, port: Number(port) }), pem);
  const browser = await openBrowser([
    `--host-resolver-rules=MAP ${hostname}:${port} localhost:${shim.port}`,
  ]);
  try {
    for (let cut = 1; cut <= CUTS; cut++) {
      await cutAfter(browser, shim, cut);
    }
  } finally {
    await browser.close();
    shim.close();
  }
});

async function cutAfter(browser, shim, cut) {
  const ann = await newUser();
  const client = new ChatClient(endpoint, new AzureCommunicationTokenCredential(ann.token));
  const { chatThread } = await client.createChatThread({ topic: `cut ${cut}` }, { participants: [] });
  const thread = client.getChatThreadClient(chatThread.id);
  shim.arm(cut);
  const page = await openChat(browser, ann);
  const sent = [];
  for (let index = 0; index < MESSAGES || (shim.cuts === 0 && index < MESSAGES_MAX); index++) {
    sent.push((await thread.sendMessage({ content: `${cut}.${index}` })).id);
    if (index % 2 === 0 || index >= MESSAGES) await told(page, "chatMessageReceived", index + 1);
  }
  sent.push((await thread.sendMessage({ content: "last" })).id);
  const all = await told(page, "chatMessageReceived", sent.length);
  assert.deepEqual(
    all.map((message) => message.id),
    sent,
    `cut after frame ${cut}: ${shim.log.join(" ")}`,
  );
  assert.equal(shim.cuts, 1, `the connection was cut after frame ${cut}`);
  await page.context().close();
}
