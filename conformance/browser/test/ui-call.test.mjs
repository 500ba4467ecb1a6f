// Microsoft's unmodified CallComposite and CallWithChatComposite on @parley/calling: two people in two
// browsers, each looked at through what the page shows.
import { randomUUID } from "node:crypto";
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { ChatClient } from "@azure/communication-chat";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { endpoint, openBrowser } from "../harness/browser.mjs";
import { CallWindow, FAKE_DEVICES } from "../harness/ui/call-window.mjs";
import { ChatWindow } from "../harness/ui/chat-window.mjs";
import { serve, story } from "../harness/ui/stage.mjs";

const SCOPES = ["voip", "chat"];

let browsers;
let origin;

before(async () => {
  [origin, ...browsers] = await Promise.all([
    serve("call.jsx"),
    openBrowser(FAKE_DEVICES),
    openBrowser(FAKE_DEVICES),
  ]);
});

after(() => Promise.all(browsers.map((browser) => browser.close())));

story("from the page before a call to seeing each other, and out again", async (enter) => {
  const { ann, bob } = await annAndBob(enter);
  await pictures("call-before", ann);
  await Promise.all([ann.joins(), bob.joins()]);
  await Promise.all([ann.watches("Bob"), bob.watches("Ann")]);
  await Promise.all([ann.marks("Bob", "MicOff", false), bob.marks("Ann", "MicOff", false)]);
  await pictures("call", ann, bob);

  await ann.leaves();
  await ann.ends("You left the call");
  await bob.tiles("Ann").waitFor({ state: "detached" });
  await pictures("call-left", ann, bob);
  await ann.starts();
  await Promise.all([ann.person.sees("Bob"), bob.person.sees("Ann")]);
  await ann.watches("Bob");
  assertNothingWentWrong(ann, bob);
});

story("the controls of one do on both pages what they say", async (enter) => {
  const { ann, bob } = await inACall(enter);

  await ann.presses("microphone");
  await Promise.all([ann.marks("You", "MicOff"), bob.marks("Ann", "MicOff")]);
  await ann.presses("microphone");
  await Promise.all([ann.marks("You", "MicOff", false), bob.marks("Ann", "MicOff", false)]);

  await ann.presses("camera");
  await Promise.all([ann.watchesNothingOf("You"), bob.watchesNothingOf("Ann")]);
  await pictures("call-camera-off", bob);
  await ann.presses("camera");
  await Promise.all([ann.watches("You"), bob.watches("Ann")]);

  await ann.presses("raisehand");
  await bob.marksHand("Ann");
  await pictures("call-hand", ann, bob);
  await ann.presses("raisehand");
  await bob.marksHand("Ann", false);

  await ann.reacts("Love");
  await Promise.all([ann.watchesReaction("You", "heart"), bob.watchesReaction("Ann", "heart")]);
  await pictures("call-reaction", bob);

  await Promise.all([ann.pressesPeople(), bob.pressesPeople()]);
  await Promise.all([ann.listed("Bob").waitFor(), bob.listed("Ann").waitFor()]);
  await ann.presses("screenshare");
  await bob.lists("Ann", "Sharing");
  await bob.watches("Ann", 2);
  await pictures("call-share", ann, bob);
  await ann.presses("screenshare");
  await bob.watchesNothingOf("Ann", 1);
  assertNothingWentWrong(ann, bob);
});

story("one mutes, spotlights and removes the other", async (enter) => {
  const { ann, bob } = await inACall(enter);
  await Promise.all([ann.pressesPeople(), bob.pressesPeople()]);

  await ann.chooses("Mute", "Bob");
  await Promise.all([ann.lists("Bob", "Muted"), bob.marks("You", "MicOff")]);
  await ann.chooses("Spotlight for everyone", "Bob", "Spotlight for everyone");
  await Promise.all([ann.marks("Bob", "Spotlighted"), bob.marks("You", "Spotlighted")]);
  await pictures("call-spotlight", ann, bob);
  await ann.chooses("Stop spotlighting", "Bob", "Stop spotlighting");
  await Promise.all([ann.marks("Bob", "Spotlighted", false), bob.marks("You", "Spotlighted", false)]);

  await ann.chooses("Remove", "Bob");
  await bob.ends("You were removed");
  await ann.listed("Bob").waitFor({ state: "detached" });
  await pictures("call-removed", ann, bob);
  assertNothingWentWrong(ann, bob);
});

story("one ends the call for everyone", async (enter) => {
  const { ann, bob } = await inACall(enter);
  await ann.leaves("End call for everyone");
  await Promise.all([ann.ends("You left the call"), bob.ends("You left the call")]);
  await pictures("call-ended", ann, bob);
});

story("CallWithChatComposite: they see each other and write beside it", async (enter) => {
  const { ann, bob } = await annAndBob(enter, "chat");
  await Promise.all([ann.joins(), bob.joins()]);
  await Promise.all([ann.watches("Bob"), bob.watches("Ann")]);
  await Promise.all([ann.pressesChat(), bob.pressesChat()]);
  const [annsChat, bobsChat] = [new ChatWindow(ann.person), new ChatWindow(bob.person)];
  await annsChat.says("Can you hear me?");
  await bobsChat.reads("Can you hear me?");
  await bobsChat.says("Loud and clear.");
  await annsChat.reads("Loud and clear.");
  await Promise.all([ann.watches("Bob"), bob.watches("Ann")]);
  await pictures("call-with-chat", ann, bob);
  assertNothingWentWrong(ann, bob);
});

/** Ann and Bob in front of the page before a group call, with a thread beside it if asked. */
async function annAndBob(enter, chat) {
  const [ann, bob] = await Promise.all(
    ["Ann", "Bob"].map(
      async (name, index) => new CallWindow(await enter(browsers[index], origin, name, SCOPES)),
    ),
  );
  const shown = { locator: { groupId: randomUUID() } };
  if (chat) shown.threadId = await threadOf(ann.person, bob.person);
  await Promise.all([ann.shows(shown), bob.shows(shown)]);
  return { ann, bob };
}

async function threadOf(...people) {
  const client = new ChatClient(
    endpoint,
    new AzureCommunicationTokenCredential(people[0].user.token),
  );
  const participants = people.map(({ user, displayName }) => ({ id: user.user, displayName }));
  return (await client.createChatThread({ topic: "Beside the call" }, { participants })).chatThread.id;
}

async function inACall(enter) {
  const { ann, bob } = await annAndBob(enter);
  await Promise.all([ann.joins(), bob.joins()]);
  await Promise.all([ann.watches("Bob"), bob.watches("Ann")]);
  return { ann, bob };
}

async function pictures(name, ...windows) {
  await Promise.all(windows.map((window) => window.person.picture(name)));
}

function assertNothingWentWrong(...windows) {
  for (const { person } of windows) assert.deepEqual(person.mishaps, [], person.displayName);
}
