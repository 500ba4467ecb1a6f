// Makes users who can chat, as an application's service does.
import assert from "node:assert/strict";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import { ChatClient } from "@azure/communication-chat";
import { CommunicationIdentityClient } from "@azure/communication-identity";
import { parley } from "./proof.mjs";

export const identity = new CommunicationIdentityClient(parley.connectionString);

/** A user with Microsoft's chat client on a token of their own. */
export async function person(sdk, scope = "chat") {
  const user = await identity.createUser();
  return { user, chat: await clientOf(sdk, user, scope) };
}

/** Another client of a user, on a new token. */
export async function clientOf(sdk, user, scope = "chat") {
  const { token } = await identity.getToken(user, [scope]);
  return new ChatClient(parley.endpoint, new AzureCommunicationTokenCredential(token), sdk);
}

/** A new thread of one person with others, as seen by the first. */
export async function threadOf(owner, ...others) {
  const participants = others.map(({ user }) => ({ id: user }));
  const made = await owner.chat.createChatThread({ topic: "A topic" }, { participants });
  return owner.chat.getChatThreadClient(made.chatThread.id);
}

/** Sends a text and gives the message's id. */
export async function say(thread, content) {
  return (await thread.sendMessage({ content })).id;
}

/** Everything that a list of the SDK gives. */
export async function all(list) {
  const items = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
}

/** The same, page by page. */
export async function pagesOf(list) {
  return all(list.byPage());
}

/** Asserts that the SDK threw its typed error with this status and code. */
export async function refused(status, code, call) {
  await assert.rejects(call, (failure) => {
    assert.equal(failure.statusCode, status);
    assert.equal(failure.code, code);
    assert.ok(failure.message);
    return true;
  });
}
