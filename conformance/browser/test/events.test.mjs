// Two users, all ten events, over both protocols.
import assert from "node:assert/strict";
import { ChatClient } from "@azure/communication-chat";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { endpoint, newUser, openBrowser, openChat, told } from "../harness/browser.mjs";
import { check } from "../harness/proof.mjs";

const PROTOCOLS = { "HTTP/2": [], "HTTP/1.1": ["--disable-http2"] };

/** The largest message that the server takes, in ASCII. */
const LARGEST = "x".repeat(280 * 1024);

const OPERATIONS = [
  "signaling.realTimeConfiguration",
  "signaling.openSession",
  "signaling.handshake",
  "signaling.connect",
  "signaling.register",
  "signaling.unregister",
];

for (const [protocol, args] of Object.entries(PROTOCOLS)) {
  const name = `two users are told all ten events over ${protocol}`;
  check(import.meta.url, name, OPERATIONS, async (watch) => {
    const browser = await openBrowser(args);
    try {
      const ann = await newUser();
      const bob = await newUser();
      const pages = [await openChat(browser, ann, watch), await openChat(browser, bob)];
      const client = new ChatClient(endpoint, new AzureCommunicationTokenCredential(ann.token));
      const { chatThread } = await client.createChatThread(
        { topic: "ten events" },
        { participants: [{ id: ann.user, displayName: "Ann" }] },
      );
      const thread = client.getChatThreadClient(chatThread.id);
      await thread.addParticipants({ participants: [{ id: bob.user, displayName: "Bob" }] });
      const { id } = await thread.sendMessage({ content: "100%25 \u{1f600} \ufffd <b>" });
      await thread.updateMessage(id, { content: "edited" });
      await thread.sendReadReceipt({ chatMessageId: id });
      await thread.sendTypingNotification();
      await thread.updateTopic("renamed");
      await thread.deleteMessage(id);
      for (const page of pages) {
        const [message] = await told(page, "chatMessageReceived", 1);
        assert.equal(message.message, "100%25 \u{1f600} \ufffd <b>");
        assert.equal(message.id, id);
        assert.equal((await told(page, "chatMessageEdited", 1))[0].message, "edited");
        assert.equal((await told(page, "readReceiptReceived", 1))[0].chatMessageId, id);
        await told(page, "typingIndicatorReceived", 1);
        assert.equal(
          (await told(page, "chatThreadPropertiesUpdated", 1))[0].properties.topic,
          "renamed",
        );
        assert.equal((await told(page, "chatMessageDeleted", 1))[0].id, id);
        const [added] = await told(page, "participantsAdded", 1);
        assert.equal(added.participantsAdded[0].displayName, "Bob");
      }
      await thread.sendMessage({ content: LARGEST });
      for (const page of pages) {
        const [, largest] = await told(page, "chatMessageReceived", 2);
        assert.ok(largest.message === LARGEST, "the largest message is told whole");
      }
      assert.equal((await told(pages[0], "chatThreadCreated", 1))[0].threadId, chatThread.id);
      await thread.removeParticipant(bob.user);
      await told(pages[0], "participantsRemoved", 1);
      await told(pages[1], "participantsRemoved", 1);
      await client.deleteChatThread(chatThread.id);
      await told(pages[0], "chatThreadDeleted", 1);
      for (const page of pages) {
        const messages = await page.evaluate(() => window.toldOf("chatMessageReceived").length);
        assert.equal(messages, 2, "each told once");
      }
      const unregistered = pages[0].waitForResponse(
        (answer) =>
          answer.url().includes("/v3/registrations/") && answer.request().method() === "DELETE",
      );
      await pages[0].evaluate(() => window.client.stopRealtimeNotifications());
      await unregistered;
    } finally {
      await browser.close();
    }
  });
}
