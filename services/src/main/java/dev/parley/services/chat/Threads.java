package dev.parley.services.chat;

import dev.parley.kit.base.Refused;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Message.Type;
import java.time.Instant;
import java.util.Map;

/** What the four services share: who may see a thread, and how a message becomes its newest. */
final class Threads {
  private final ChatStore store;

  Threads(ChatStore store) {
    this.store = store;
  }

  /** The caller's view of the thread; refuses an unknown thread and one who is not a member. */
  ChatStore.Membership require(Reading reading, ThreadId id, String userId) {
    return store
        .membership(reading, id, userId)
        .orElseThrow(() ->
            new Refused(
                store.thread(reading, id).isPresent()
                    ? new ChatRefusal.NotMember()
                    : new ChatRefusal.UnknownThread()));
  }

  /** A message that the member may see; refuses any other. */
  Message requireMessage(Reading reading, ChatStore.Membership view, long messageId) {
    return store
        .message(reading, view.thread().id(), messageId)
        .filter(message -> !message.createdAt().isBefore(view.member().visibleFrom()))
        .orElseThrow(() -> new Refused(new ChatRefusal.UnknownMessage()));
  }

  /** Appends a system message and gives the thread after it. */
  ChatThread appendSystem(Tx tx, ChatThread thread, Type type, Content content, Instant now) {
    Message message = next(thread, type, null, null, content, Map.of(), now);
    store.append(tx, thread.id(), message);
    return thread.with(message);
  }

  /** The message that comes after the thread's newest: ids and sequence numbers rise. */
  static Message next(
      ChatThread thread,
      Type type,
      @org.jspecify.annotations.Nullable String senderId,
      @org.jspecify.annotations.Nullable String senderDisplayName,
      Content content,
      Map<String, String> metadata,
      Instant now) {
    long id = Math.max(now.toEpochMilli(), thread.lastMessageId() + 1);
    return new Message(
        id,
        thread.lastSequence() + 1,
        id,
        type,
        senderId,
        senderDisplayName,
        Instant.ofEpochMilli(id),
        null,
        null,
        content,
        metadata);
  }
}
