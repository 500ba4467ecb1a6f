// Messages, receipts and typing through @azure/communication-chat, unmodified.
import assert from "node:assert/strict";
import { check } from "../harness/proof.mjs";
import { all, pagesOf, person, refused, say, threadOf } from "../harness/people.mjs";

const here = import.meta.url;

check(
  here,
  "sends a message that others read",
  ["chat.sendChatMessage", "chat.getChatMessage"],
  async (sdk) => {
    const [anna, bert] = [await person(sdk), await person(sdk)];
    const thread = await threadOf(anna, bert);
    const metadata = { hint: "loud" };

    const { id } = await thread.sendMessage(
      { content: "<b>Hello</b> ✓" },
      { type: "html", senderDisplayName: "Anna", metadata },
    );

    const read = await bert.chat.getChatThreadClient(thread.threadId).getMessage(id);
    assert.equal(read.content.message, "<b>Hello</b> ✓");
    assert.equal(read.type, "html");
    assert.equal(read.sender.communicationUserId, anna.user.communicationUserId);
    assert.equal(read.senderDisplayName, "Anna");
    assert.deepEqual(read.metadata, metadata);
  },
);

check(here, "lists over pages, newest first", ["chat.listChatMessages"], async (sdk) => {
  const thread = await threadOf(await person(sdk));
  const sent = [];
  for (let count = 0; count < 7; count++) {
    sent.unshift(await say(thread, `message ${count}`));
  }

  const pages = await pagesOf(thread.listMessages({ maxPageSize: 3 }));

  assert.deepEqual(pages.map((page) => page.length), [3, 3, 3]);
  const messages = pages.flat();
  assert.deepEqual(messages.slice(0, 7).map(({ id }) => id), sent);
  assert.deepEqual(
    messages.map(({ sequenceId }) => Number(sequenceId)),
    messages.map((_, place) => messages.length - place),
  );
});

check(here, "lists from a time on", ["chat.listChatMessages"], async (sdk) => {
  const thread = await threadOf(await person(sdk));
  await say(thread, "old");
  const { createdOn } = await thread.getMessage(await say(thread, "new"));

  const messages = await all(thread.listMessages({ startTime: createdOn }));

  assert.deepEqual(messages.map(({ content }) => content.message), ["new"]);
});

check(here, "lists system messages", ["chat.listChatMessages"], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const thread = await threadOf(anna, bert);
  await thread.updateTopic("Dinner");
  await thread.removeParticipant(bert.user);

  const messages = (await all(thread.listMessages())).reverse();

  assert.deepEqual(
    messages.map(({ type }) => type),
    ["topicUpdated", "participantAdded", "topicUpdated", "participantRemoved"],
  );
  assert.equal(messages[1].content.participants.length, 2);
  assert.equal(messages[2].content.topic, "Dinner");
  assert.equal(
    messages[3].content.participants[0].id.communicationUserId,
    bert.user.communicationUserId,
  );
  assert.equal(
    messages[3].content.initiator.communicationUserId,
    anna.user.communicationUserId,
  );
});

check(here, "edits content and metadata", ["chat.updateChatMessage"], async (sdk) => {
  const thread = await threadOf(await person(sdk));
  const { id } = await thread.sendMessage({ content: "one" }, { metadata: { a: "1", b: "2" } });
  const { version } = await thread.getMessage(id);

  await thread.updateMessage(id, { content: "two", metadata: { b: "zwei" } });

  const edited = await thread.getMessage(id);
  assert.equal(edited.content.message, "two");
  assert.deepEqual(edited.metadata, { a: "1", b: "zwei" });
  assert.ok(edited.editedOn instanceof Date);
  assert.ok(Number(edited.version) > Number(version));
});

check(here, "keeps a deleted message without content", ["chat.deleteChatMessage"], async (sdk) => {
  const thread = await threadOf(await person(sdk));
  const id = await say(thread, "a mistake");

  await thread.deleteMessage(id);

  const [deleted] = await all(thread.listMessages());
  assert.equal(deleted.id, id);
  assert.ok(deleted.deletedOn instanceof Date);
  assert.equal(deleted.content?.message, undefined);
});

check(
  here,
  "keeps the receipts of more than twenty",
  ["chat.sendChatReadReceipt", "chat.listChatReadReceipts"],
  async (sdk) => {
    const [anna, ...readers] = await Promise.all(Array.from({ length: 24 }, () => person(sdk)));
    const thread = await threadOf(anna, ...readers);
    const older = await say(thread, "older");
    const newer = await say(thread, "newer");

    const read = ({ chat }, chatMessageId) =>
      chat.getChatThreadClient(thread.threadId).sendReadReceipt({ chatMessageId });
    await Promise.all(readers.map((reader) => read(reader, newer)));
    await read(readers[0], older);

    const pages = await pagesOf(thread.listReadReceipts({ maxPageSize: 10 }));
    assert.deepEqual(pages.map((page) => page.length), [10, 10, 3]);
    assert.deepEqual(new Set(pages.flat().map(({ chatMessageId }) => chatMessageId)), new Set([newer]));
    assert.deepEqual(
      pages.flat().map(({ sender }) => sender.communicationUserId).sort(),
      readers.map(({ user }) => user.communicationUserId).sort(),
    );
  },
);

check(here, "takes typing", ["chat.sendTypingNotification"], async (sdk) => {
  const thread = await threadOf(await person(sdk));

  assert.equal(await thread.sendTypingNotification({ senderDisplayName: "Anna" }), true);
});

check(here, "lets only the sender edit and delete", [], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const thread = await threadOf(anna, bert);
  const id = await say(thread, "mine");
  const his = bert.chat.getChatThreadClient(thread.threadId);

  await refused(403, "Forbidden", () => his.updateMessage(id, { content: "yours" }));
  await refused(403, "Forbidden", () => his.deleteMessage(id));
});
