// A revoked token ends both sockets of its user, and nothing more is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChatClient } from "@azure/communication-chat";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { endpoint, newUser, openBrowser, openChat, revoke, told } from "../harness/browser.mjs";

test("a revoked user is told nothing more on either of two devices", async () => {
  const browser = await openBrowser();
  try {
    const ann = await newUser();
    const bob = await newUser();
    const devices = [await openChat(browser, ann), await openChat(browser, ann)];
    const witness = await openChat(browser, bob);
    const client = new ChatClient(endpoint, new AzureCommunicationTokenCredential(bob.token));
    const { chatThread } = await client.createChatThread(
      { topic: "revoked" },
      { participants: [{ id: ann.user }] },
    );
    const thread = client.getChatThreadClient(chatThread.id);
    await thread.sendMessage({ content: "before" });
    for (const device of devices) await told(device, "chatMessageReceived", 1);
    await revoke(ann.user);
    await thread.sendMessage({ content: "after" });
    await told(witness, "chatMessageReceived", 2);
    for (const device of devices) {
      await device.waitForFunction(() => window.connections.includes("disconnected"));
      const messages = await device.evaluate(() => window.toldOf("chatMessageReceived"));
      assert.deepEqual(messages.map((message) => message.message), ["before"]);
    }
  } finally {
    await browser.close();
  }
});
