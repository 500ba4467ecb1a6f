package dev.parley.services.chat.wire;

import dev.parley.kit.http.Json;
import dev.parley.services.chat.ChatThread;
import dev.parley.services.chat.Member;
import dev.parley.services.chat.Message;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.ThreadId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the ten real-time events (compat §4.7). Every body is the same for all recipients
 * but for {@code recipientMri}; it is written once with {@link #RECIPIENT} in that place.
 */
final class ChatEvents {
  /** Stands for the recipient's raw id in a body that is not yet addressed. */
  static final String RECIPIENT = "\u2063recipient\u2063";

  static final int RECEIVED = 200;
  static final int TYPING = 245;
  static final int RECEIPT = 246;
  static final int EDITED = 247;
  static final int DELETED = 248;
  static final int THREAD_CREATED = 257;
  static final int THREAD_UPDATED = 258;
  static final int THREAD_DELETED = 259;
  static final int PARTICIPANTS_ADDED = 260;
  static final int PARTICIPANTS_REMOVED = 261;

  /** Leaves room in a push body for everything beside the list. */
  private static final int LIST_CHARACTERS_MAX = 1_900_000;

  private ChatEvents() {}

  /** 200, 247 and 248. */
  static String message(int eventId, ThreadId thread, Message message) {
    String sender = message.senderId() == null ? "" : message.senderId();
    Map<String, Object> body = common(eventId, thread, sender, message.senderDisplayName());
    body.put("messageId", Long.toString(message.id()));
    body.put("clientMessageId", Long.toString(message.id()));
    body.put("messageType", message.type() == Message.Type.HTML ? "RichText/Html" : "Text");
    body.put(
        "messageBody", message.content() instanceof Content.Written written ? written.text() : "");
    body.put("version", Long.toString(message.version()));
    body.put("originalArrivalTime", message.createdAt().toString());
    body.put("priority", "");
    if (!message.metadata().isEmpty()) {
      body.put("acsChatMessageMetadata", Json.text(message.metadata()));
    }
    Instant edited = message.editedAt();
    if (eventId == EDITED && edited != null) {
      body.put("edittime", edited.toString());
    }
    Instant deleted = message.deletedAt();
    if (eventId == DELETED && deleted != null) {
      body.put("deletetime", deleted.toString());
    }
    return Json.text(body);
  }

  static String typing(ThreadId thread, String sender, @Nullable String name, Instant at) {
    Map<String, Object> body = common(TYPING, thread, sender, name);
    body.put("messageId", Long.toString(at.toEpochMilli()));
    body.put("clientMessageId", "");
    body.put("messageType", "Control/Typing");
    body.put("messageBody", "");
    body.put("version", Long.toString(at.toEpochMilli()));
    body.put("originalArrivalTime", at.toString());
    return Json.text(body);
  }

  /** The client reads the time from the middle of the consumption horizon. */
  static String receipt(ThreadId thread, String reader, long messageId, Instant readAt) {
    long millis = readAt.toEpochMilli();
    Map<String, Object> horizon = new LinkedHashMap<>();
    horizon.put("user", reader);
    horizon.put("consumptionhorizon", messageId + ";" + millis + ";" + messageId);
    horizon.put("messageVisibilityTime", messageId);
    horizon.put("version", Long.toString(millis));
    Map<String, Object> body = common(RECEIPT, thread, reader, null);
    body.put("messageId", Long.toString(messageId));
    body.put("clientMessageId", "");
    body.put("messageType", "ThreadActivity/MemberConsumptionHorizonUpdate");
    body.put("messageBody", Json.text(horizon));
    body.put("version", Long.toString(millis));
    body.put("originalArrivalTime", readAt.toString());
    return Json.text(body);
  }

  private static Map<String, Object> common(
      int eventId, ThreadId thread, String sender, @Nullable String name) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("eventId", eventId);
    body.put("senderId", sender);
    body.put("recipientId", RECIPIENT);
    body.put("recipientMri", RECIPIENT);
    body.put("groupId", thread.text());
    body.put("senderDisplayName", name == null ? "" : name);
    return body;
  }

  static String threadCreated(ChatThread thread, List<Member> members, Instant at) {
    Map<String, Object> body = thread(THREAD_CREATED, thread.id(), at);
    body.put("createTime", thread.createdAt().toString());
    body.put("createdBy", participant(thread.createdBy(), members));
    body.put("members", participants(members));
    body.put("properties", properties(thread));
    return Json.text(body);
  }

  static String threadUpdated(ChatThread thread, String by, Instant at) {
    Map<String, Object> body = thread(THREAD_UPDATED, thread.id(), at);
    body.put("editTime", at.toString());
    body.put("editedBy", participant(by, List.of()));
    body.put("properties", properties(thread));
    return Json.text(body);
  }

  /**
   * @param by who deleted it, or empty when its retention ended
   */
  static String threadDeleted(ThreadId thread, String by, Instant at) {
    Map<String, Object> body = thread(THREAD_DELETED, thread, at);
    body.put("deleteTime", at.toString());
    if (by.isEmpty()) {
      body.put("reason", "DeletedByPolicy");
    } else {
      body.put("deletedBy", participant(by, List.of()));
    }
    return Json.text(body);
  }

  static String participantsAdded(ThreadId thread, String by, List<Member> added, Instant at) {
    Map<String, Object> body = thread(PARTICIPANTS_ADDED, thread, at);
    body.put("time", at.toString());
    body.put("addedBy", participant(by, added));
    body.put("participantsAdded", participants(added));
    return Json.text(body);
  }

  static String participantsRemoved(ThreadId thread, String by, List<Member> removed, Instant at) {
    Map<String, Object> body = thread(PARTICIPANTS_REMOVED, thread, at);
    body.put("time", at.toString());
    body.put("removedBy", participant(by, removed));
    body.put("participantsRemoved", participants(removed));
    return Json.text(body);
  }

  private static Map<String, Object> thread(int eventId, ThreadId thread, Instant at) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("eventId", eventId);
    body.put("threadId", thread.text());
    body.put("groupId", thread.text());
    body.put("recipientMri", RECIPIENT);
    body.put("version", Long.toString(at.toEpochMilli()));
    return body;
  }

  private static String properties(ChatThread thread) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("topic", thread.topic());
    if (!thread.metadata().isEmpty()) {
      properties.put("acsChatThreadMetadata", Json.text(thread.metadata()));
    }
    if (thread.retentionDays() != null) {
      Map<String, Object> policy = new LinkedHashMap<>();
      policy.put("retentionPolicyType", "DeleteAfterCreationTime");
      policy.put("executeAfter", thread.retentionDays() + ".00:00:00");
      properties.put("retentionPolicy", Json.text(policy));
    }
    return Json.text(properties);
  }

  /** Who did something, with the name under which the thread knows them. */
  private static String participant(String userId, List<Member> members) {
    Member member =
        members.stream()
            .filter(one -> one.userId().equals(userId))
            .findFirst()
            .orElse(new Member(userId, null, Instant.EPOCH, Map.of()));
    return JsEscape.escape(Json.text(participant(member)));
  }

  private static String participants(List<Member> members) {
    StringBuilder list = new StringBuilder("[");
    for (Member member : members) {
      String one = JsEscape.escape((list.length() > 1 ? "," : "") + Json.text(participant(member)));
      if (list.length() + one.length() > LIST_CHARACTERS_MAX) {
        break;
      }
      list.append(one);
    }
    String open = JsEscape.escape("[");
    return open + list.substring(1) + JsEscape.escape("]");
  }

  private static Map<String, Object> participant(Member member) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("participantId", member.userId());
    body.put("displayName", member.displayName() == null ? "" : member.displayName());
    if (!member.visibleFrom().equals(Instant.EPOCH)) {
      body.put("shareHistoryTime", member.visibleFrom().toString());
    }
    if (!member.metadata().isEmpty()) {
      body.put("memberMetaData", Json.text(member.metadata()));
    }
    return body;
  }
}
