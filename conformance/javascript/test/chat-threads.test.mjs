// Threads and their participants through @azure/communication-chat, unmodified.
import assert from "node:assert/strict";
import { check, parley } from "../harness/proof.mjs";
import { all, pagesOf, person, refused, say, threadOf } from "../harness/people.mjs";

const here = import.meta.url;
const nobody = `8:acs:${parley.resourceId}_00000000-0000-4000-8000-000000000000`;
const idOf = ({ user }) => user.communicationUserId;
const idsOf = (participants) => participants.map(({ id }) => id.communicationUserId).sort();

check(
  here,
  "creates a thread with metadata and retention",
  ["chat.createChatThread", "chat.getChatThreadProperties"],
  async (sdk) => {
    const anna = await person(sdk);
    const metadata = { purpose: "lunch", place: "Zürich" };
    const retentionPolicy = { kind: "threadCreationDate", deleteThreadAfterDays: 40 };

    const { chatThread } = await anna.chat.createChatThread(
      { topic: "Lunch" },
      { metadata, retentionPolicy },
    );

    const read = await anna.chat.getChatThreadClient(chatThread.id).getProperties();
    assert.equal(read.topic, "Lunch");
    assert.equal(read.createdBy.communicationUserId, idOf(anna));
    assert.deepEqual(read.metadata, metadata);
    assert.deepEqual(read.retentionPolicy, retentionPolicy);
    assert.deepEqual(read.createdOn, chatThread.createdOn);
  },
);

check(here, "tells invalid participants one by one", ["chat.createChatThread"], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const participants = [
    { id: bert.user },
    { id: { communicationUserId: nobody } },
    { id: { phoneNumber: "+18005550100" } },
  ];

  const made = await anna.chat.createChatThread({ topic: "Mixed" }, { participants });

  assert.deepEqual(
    made.invalidParticipants.map(({ target }) => target).sort(),
    ["4:+18005550100", nobody].sort(),
  );
  const thread = anna.chat.getChatThreadClient(made.chatThread.id);
  assert.deepEqual(idsOf(await all(thread.listParticipants())), [idOf(anna), idOf(bert)].sort());
});

check(here, "creates once for one idempotency token", ["chat.createChatThread"], async (sdk) => {
  const anna = await person(sdk);
  const options = { idempotencyToken: `once ${idOf(anna).slice(-36)}` };

  const first = await anna.chat.createChatThread({ topic: "Once" }, options);
  const second = await anna.chat.createChatThread({ topic: "Once" }, options);

  assert.equal(second.chatThread.id, first.chatThread.id);
  assert.equal((await all(anna.chat.listChatThreads())).length, 1);
  await refused(409, "RepeatabilityConflict", () =>
    anna.chat.createChatThread({ topic: "Twice" }, options),
  );
});

check(here, "changes properties", ["chat.updateChatThreadProperties"], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const thread = await threadOf(anna, bert);

  await bert.chat.getChatThreadClient(thread.threadId).updateTopic("Dinner");
  await thread.updateProperties({
    metadata: { one: "1", two: "2" },
    retentionPolicy: { kind: "threadCreationDate", deleteThreadAfterDays: 60 },
  });
  await thread.updateProperties({ metadata: { two: "zwei" } });

  const changed = await thread.getProperties();
  assert.equal(changed.topic, "Dinner");
  assert.deepEqual(changed.metadata, { one: "1", two: "zwei" });
  assert.equal(changed.retentionPolicy.deleteThreadAfterDays, 60);
  await thread.updateProperties({ retentionPolicy: { kind: "none" } });
  assert.notEqual((await thread.getProperties()).retentionPolicy?.kind, "threadCreationDate");
});

check(here, "lists threads over pages", ["chat.listChatThreads"], async (sdk) => {
  const anna = await person(sdk);
  const made = [];
  for (let count = 0; count < 5; count++) {
    const thread = await threadOf(anna);
    await say(thread, "hello");
    made.unshift(thread.threadId);
  }

  const pages = await pagesOf(anna.chat.listChatThreads({ maxPageSize: 2 }));

  assert.deepEqual(pages.map((page) => page.length), [2, 2, 1]);
  assert.deepEqual(pages.flat().map(({ id }) => id), made);
});

check(here, "deletes a thread for all", ["chat.deleteChatThread"], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const thread = await threadOf(anna, bert);

  await anna.chat.deleteChatThread(thread.threadId);

  assert.deepEqual(await all(bert.chat.listChatThreads()), []);
  await refused(404, "NotFound", () => thread.getProperties());
});

check(here, "adds participants", ["chat.addChatParticipants"], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const thread = await threadOf(anna);

  const { invalidParticipants } = await thread.addParticipants({
    participants: [
      { id: bert.user, displayName: "Bert", metadata: { team: "red" } },
      { id: { communicationUserId: nobody } },
    ],
  });

  assert.deepEqual(invalidParticipants.map(({ target }) => target), [nobody]);
  const added = (await all(thread.listParticipants())).find(
    ({ id }) => id.communicationUserId === idOf(bert),
  );
  assert.equal(added.displayName, "Bert");
  assert.deepEqual(added.metadata, { team: "red" });
});

check(here, "lists participants over pages", ["chat.listChatParticipants"], async (sdk) => {
  const people = await Promise.all(Array.from({ length: 7 }, () => person(sdk)));
  const thread = await threadOf(...people);

  const pages = await pagesOf(thread.listParticipants({ maxPageSize: 3 }));

  assert.deepEqual(pages.map((page) => page.length), [3, 3, 1]);
  assert.deepEqual(idsOf(pages.flat()), people.map(idOf).sort());
  assert.equal((await all(thread.listParticipants({ skip: 5 }))).length, 2);
});

check(here, "shares history from a time on", ["chat.addChatParticipants"], async (sdk) => {
  const [anna, bert, carl] = [await person(sdk), await person(sdk), await person(sdk)];
  const thread = await threadOf(anna);
  await say(thread, "hidden");
  const { createdOn } = await thread.getMessage(await say(thread, "shared"));

  await thread.addParticipants({
    participants: [{ id: bert.user, shareHistoryTime: createdOn }, { id: carl.user }],
  });
  await say(thread, "after");

  const textsOf = async ({ chat }) =>
    (await all(chat.getChatThreadClient(thread.threadId).listMessages()))
      .filter(({ type }) => type === "text")
      .map(({ content }) => content.message);
  assert.deepEqual(await textsOf(bert), ["after", "shared"]);
  assert.deepEqual(await textsOf(carl), ["after"]);
});

check(here, "removes a participant", ["chat.removeChatParticipant"], async (sdk) => {
  const [anna, bert] = [await person(sdk), await person(sdk)];
  const thread = await threadOf(anna, bert);
  const id = await say(thread, "secret");

  await thread.removeParticipant(bert.user);

  const his = bert.chat.getChatThreadClient(thread.threadId);
  await refused(403, "Forbidden", () => his.getMessage(id));
  await refused(403, "Forbidden", () => all(his.listMessages()));
  await refused(404, "NotFound", () => thread.removeParticipant(bert.user));
  assert.deepEqual(await all(bert.chat.listChatThreads()), []);
});
