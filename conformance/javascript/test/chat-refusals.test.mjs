// What @azure/communication-chat throws when Parley says no.
import assert from "node:assert/strict";
import { check } from "../harness/proof.mjs";
import { all, clientOf, identity, person, refused, say, threadOf } from "../harness/people.mjs";

const here = import.meta.url;
const forbidden = (call) => refused(403, "Forbidden", call);

check(here, "a stranger, everywhere", [], async (sdk) => {
  const stranger = await person(sdk);
  const thread = await threadOf(await person(sdk));
  const id = await say(thread, "private");
  const foreign = stranger.chat.getChatThreadClient(thread.threadId);

  await forbidden(() => foreign.getProperties());
  await forbidden(() => foreign.updateTopic("Mine"));
  await forbidden(() => stranger.chat.deleteChatThread(thread.threadId));
  await forbidden(() => foreign.sendMessage({ content: "hello" }));
  await forbidden(() => foreign.getMessage(id));
  await forbidden(() => foreign.updateMessage(id, { content: "hello" }));
  await forbidden(() => foreign.deleteMessage(id));
  await forbidden(() => all(foreign.listMessages()));
  await forbidden(() => all(foreign.listParticipants()));
  await forbidden(() => foreign.addParticipants({ participants: [{ id: stranger.user }] }));
  await forbidden(() => foreign.removeParticipant(stranger.user));
  await forbidden(() => foreign.sendReadReceipt({ chatMessageId: id }));
  await forbidden(() => all(foreign.listReadReceipts()));
  await forbidden(() => foreign.sendTypingNotification());
});

check(here, "guests talk but do not rule", [], async (sdk) => {
  const [guest, limited] = [await person(sdk, "chat.join"), await person(sdk, "chat.join.limited")];
  const other = await person(sdk);
  const thread = await threadOf(await person(sdk), guest, limited);
  const of = ({ chat }) => chat.getChatThreadClient(thread.threadId);

  await say(of(guest), "I talk");
  await say(of(limited), "I talk too");
  await of(guest).addParticipants({ participants: [{ id: other.user }] });

  await forbidden(() => of(limited).removeParticipant(other.user));
  for (const one of [guest, limited]) {
    await forbidden(() => one.chat.createChatThread({ topic: "Mine" }));
    await forbidden(() => of(one).updateTopic("Mine"));
    await forbidden(() => one.chat.deleteChatThread(thread.threadId));
  }
  const caller = await person(sdk, "voip");
  await forbidden(() => all(caller.chat.listChatThreads()));
});

check(here, "a revoked token, at once", [], async (sdk) => {
  const anna = await person(sdk);
  const thread = await threadOf(anna);

  await identity.revokeTokens(anna.user);

  await refused(401, "Unauthorized", () => thread.sendMessage({ content: "too late" }));
  const again = await clientOf(sdk, anna.user);
  assert.ok(await say(again.getChatThreadClient(thread.threadId), "with a new token"));
});
