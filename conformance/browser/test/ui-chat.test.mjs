// Microsoft's unmodified ChatComposite: people in separate browser profiles talk through the pages alone.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ChatClient } from "@azure/communication-chat";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { endpoint, openBrowser } from "../harness/browser.mjs";
import { ChatWindow } from "../harness/ui/chat-window.mjs";
import { serve, story } from "../harness/ui/stage.mjs";

let browser;
let origin;

before(async () => {
  [browser, origin] = await Promise.all([openBrowser(), serve("chat.jsx")]);
});

after(() => browser.close());

story("two people write, read, edit and delete, each message shown and told once", async (enter) => {
  const { ann, bob, threadId } = await annAndBob(enter, "Summer party");
  await ann.person.sees("Summer party");

  await ann.types("Shall we say Friday?");
  await bob.person.sees("Ann is typing");
  await ann.page.keyboard.press("Enter");
  await bob.reads("Shall we say Friday?");
  await bob.says("Friday is good. \u{1f389} 100%25 & <b>");
  await ann.reads("Friday is good. \u{1f389} 100%25 & <b>");
  await ann.page.getByLabel("Message seen by others").waitFor();
  await bob.says("Who brings the music?");
  await ann.reads("Who brings the music?");
  await pictures("chat-talk", ann, bob);

  await ann.chooses("Edit", "Shall we say Friday?");
  await ann.page.getByPlaceholder("Edit your message").fill("Shall we say Saturday?");
  await ann.page.getByRole("button", { name: "Done" }).click();
  await bob.bubbles("Shall we say Saturday?").getByText("Edited").waitFor();
  assert.equal(await bob.bubbles("Shall we say Friday?").count(), 0);

  await bob.chooses("Delete", "Who brings the music?");
  await ann.bubbles("Who brings the music?").waitFor({ state: "detached" });
  await pictures("chat-changed", ann, bob);

  for (const window of [ann, bob]) await assertShownAndToldOnce(window);
  await bob.page.reload();
  await bob.shows(threadId);
  await bob.reads("Shall we say Saturday?");
  await pictures("chat-reloaded", bob);
  assert.deepEqual(await bob.lines(), await ann.lines(), "the same talk, in the same order");
});

story("people come and go, and the topic changes, in front of everybody", async (enter) => {
  const { ann, bob, threadId } = await annAndBob(enter, "Book club");
  await Promise.all([ann, bob].map((window) => window.lists("Ann", "Bob")));

  const carol = await newWindow(enter, "Carol");
  await ann.page.evaluate(
    ([id, displayName]) =>
      window.chat.thread.addParticipants({
        participants: [{ id: { communicationUserId: id }, displayName }],
      }),
    [carol.person.user.id, "Carol"],
  );
  await Promise.all([ann, bob].map((window) => window.person.sees("Carol joined the chat.")));
  await Promise.all([ann, bob].map((window) => window.lists("Ann", "Bob", "Carol")));
  await carol.shows(threadId);
  await carol.says("Thanks for having me!");
  await bob.reads("Thanks for having me!");

  await bob.page.evaluate(() => window.chat.adapter.setTopic("Book club, Tuesdays"));
  await Promise.all([ann, bob, carol].map((window) => window.person.sees("Book club, Tuesdays")));
  await pictures("chat-people", ann, carol);

  await ann.removes("Carol");
  await Promise.all([ann, bob].map((window) => window.person.sees("Carol left the chat.")));
  await Promise.all([ann, bob].map((window) => window.lists("Ann", "Bob")));
  await carol.says("Am I still here?");
  await carol.person.sees("Failed to send message because you are no longer in this chat thread");
  await pictures("chat-left", bob, carol);
  assert.equal(await bob.bubbles("Am I still here?").count(), 0);
});

story("a page that comes back shows what was said meanwhile, once and in order", async (enter) => {
  const { ann, bob } = await annAndBob(enter, "While you were away");
  await bob.page.context().setOffline(true);
  const said = ["first", "second", "third", "fourth", "fifth"];
  for (const text of said) {
    await ann.says(text);
    await ann.reads(text);
  }
  assert.deepEqual(await bob.lines(), [], "nothing comes through");
  await bob.page.context().setOffline(false);
  for (const text of said) await bob.reads(text);
  assert.deepEqual(await bob.lines(), await ann.lines());
  await assertShownAndToldOnce(bob);
});

/** A thread of Ann and Bob, each in front of it. */
async function annAndBob(enter, topic) {
  const [ann, bob] = await Promise.all([newWindow(enter, "Ann"), newWindow(enter, "Bob")]);
  const { user } = ann.person;
  const client = new ChatClient(endpoint, new AzureCommunicationTokenCredential(user.token));
  const participants = [ann.person, bob.person].map((person) => ({
    id: person.user.user,
    displayName: person.displayName,
  }));
  const { chatThread } = await client.createChatThread({ topic }, { participants });
  await Promise.all([ann, bob].map((window) => window.shows(chatThread.id)));
  return { ann, bob, threadId: chatThread.id };
}

async function newWindow(enter, name) {
  return new ChatWindow(await enter(browser, origin, name));
}

async function pictures(name, ...windows) {
  await Promise.all(windows.map((window) => window.person.picture(name)));
}

/** No message is on the page twice, and none was told twice to the application, which saw no error. */
async function assertShownAndToldOnce(window) {
  const { displayName, mishaps } = window.person;
  const shown = await window.lines();
  assert.deepEqual(shown, [...new Set(shown)], `${displayName} is shown each message once`);
  const told = await window.page.evaluate(() => window.told);
  const arrivals = told.filter(({ name }) => name === "messageReceived").map(({ id }) => id);
  assert.deepEqual(arrivals, [...new Set(arrivals)], `${displayName} is told once`);
  assert.deepEqual(arrivals, arrivals.toSorted(), `${displayName} is told in order`);
  assert.deepEqual(told.filter(({ name }) => name === "error"), []);
  assert.deepEqual(mishaps, []);
}
