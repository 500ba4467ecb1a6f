package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.of;
import static dev.parley.server.refusals.Row.text;

import dev.parley.server.refusals.Row.Id;
import java.util.List;

/** Chat: threads, participants, messages, receipts. */
final class ChatRows {
  private static final String NOTHING = "it takes no body";

  private static final Id THREAD =
      new Id(
          World::newThread,
          world -> "19:nobody@thread.v2",
          of(404, "NotFound"),
          "thread",
          of(404, "NotFound"),
          World::foreignThread,
          of(404, "NotFound"));

  private static final Id MESSAGE =
      new Id(
          World::newMessage,
          world -> "1700000000000",
          of(404, "NotFound"),
          "first",
          of(404, "NotFound"),
          World::foreignMessage,
          of(404, "NotFound"));

  private ChatRows() {}

  static List<Row> rows() {
    return Row.list(
        Row.of("chat.createChatThread")
            .body(world ->
                "{\"topic\":\"t\",\"participants\":["
                    + participant(world)
                    + "],\"metadata\":{\"a\":\"b\"},"
                    + "\"retentionPolicy\":{\"kind\":\"none\"}}")
            .required("topic", text(2_501))
            .optionalOfAnyLength("participants", "10001 of them are the feature's own test")
            .optional("metadata", "{\"a\":" + text(40_961) + "}")
            .optional("retentionPolicy", "{\"kind\":" + text(300) + "}"),
        Row.of("chat.listChatThreads").noBody(NOTHING),
        Row.of("chat.getChatThreadProperties").id("chatThreadId", THREAD).noBody(NOTHING),
        Row.of("chat.updateChatThreadProperties")
            .id("chatThreadId", THREAD)
            .body(world ->
                "{\"topic\":\"t\",\"metadata\":{\"a\":\"b\"},\"retentionPolicy\":{\"kind\":\"none\"}}")
            .optional("topic", text(2_501))
            .optional("metadata", "{\"a\":" + text(40_961) + "}")
            .optional("retentionPolicy", "{\"kind\":" + text(300) + "}"),
        Row.of("chat.deleteChatThread").id("chatThreadId", THREAD).noBody(NOTHING),
        Row.of("chat.listChatParticipants").id("chatThreadId", THREAD).noBody(NOTHING),
        Row.of("chat.addChatParticipants")
            .id("chatThreadId", THREAD)
            .body(world -> "{\"participants\":[" + participant(world) + "]}")
            .requiredOfAnyLength("participants", "10001 of them are the feature's own test"),
        Row.of("chat.removeChatParticipant")
            .id("chatThreadId", THREAD)
            .body(world -> "{\"communicationUser\":{\"id\":\"" + world.user + "\"}}")
            .field("communicationUser", true, "{\"id\":" + text(2_000) + "}", of(404, "NotFound")),
        Row.of("chat.sendChatMessage")
            .id("chatThreadId", THREAD)
            .body(world ->
                "{\"content\":\"hello\",\"senderDisplayName\":\"n\",\"type\":\"text\","
                    + "\"metadata\":{\"a\":\"b\"}}")
            .field("content", true, text(280 * 1024 + 1), of(413, "RequestEntityTooLarge"))
            .optional("senderDisplayName", text(2_561))
            .optional("type", text(300))
            .optional("metadata", "{\"a\":" + text(40_961) + "}"),
        Row.of("chat.listChatMessages").id("chatThreadId", THREAD).noBody(NOTHING),
        Row.of("chat.getChatMessage")
            .id("chatThreadId", THREAD)
            .id("chatMessageId", MESSAGE)
            .noBody(NOTHING),
        Row.of("chat.updateChatMessage")
            .id("chatThreadId", THREAD)
            .id("chatMessageId", MESSAGE)
            .body(world -> "{\"content\":\"again\",\"metadata\":{\"a\":\"b\"}}")
            .field("content", false, text(280 * 1024 + 1), of(413, "RequestEntityTooLarge"))
            .optional("metadata", "{\"a\":" + text(40_961) + "}"),
        Row.of("chat.deleteChatMessage")
            .id("chatThreadId", THREAD)
            .id("chatMessageId", MESSAGE)
            .noBody(NOTHING),
        Row.of("chat.sendTypingNotification")
            .id("chatThreadId", THREAD)
            .body(world -> "{\"senderDisplayName\":\"n\"}")
            .optional("senderDisplayName", text(2_561)),
        Row.of("chat.sendChatReadReceipt")
            .id("chatThreadId", THREAD)
            .body(world -> "{\"chatMessageId\":\"" + world.newMessage() + "\"}")
            .field("chatMessageId", true, text(300), of(404, "NotFound")),
        Row.of("chat.listChatReadReceipts").id("chatThreadId", THREAD).noBody(NOTHING));
  }

  private static String participant(World world) {
    return "{\"communicationIdentifier\":{\"communicationUser\":{\"id\":\""
        + world.newUser()
        + "\"}},\"displayName\":\"n\"}";
  }
}
