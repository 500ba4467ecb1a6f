package dev.parley.services.chat;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Refused;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Message.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use cases of messages: send, read, list, edit, delete. */
public final class MessageService {
  private final Database database;
  private final ChatStore store;
  private final Threads threads;
  private final ChatFacts facts;
  private final Clock clock;

  public MessageService(Database database, ChatStore store, Journal journal, Clock clock) {
    this.database = database;
    this.store = store;
    this.threads = new Threads(store);
    this.facts = new ChatFacts(journal);
    this.clock = clock;
  }

  /**
   * What a user wants to say.
   *
   * @param type text or html; the other types are the system's
   */
  public record NewMessage(
      Type type,
      String content,
      @Nullable String senderDisplayName,
      Map<String, String> metadata) {}

  /** Sends a message; it is durable and has its place when this returns. */
  public Message send(ThreadId id, String userId, NewMessage wish) {
    ChatRules.require(
        wish.type() == Type.TEXT || wish.type() == Type.HTML,
        "type",
        "A user sends messages of type text or html.");
    requireSize(wish.content());
    ChatRules.requireDisplayName("senderDisplayName", wish.senderDisplayName());
    ChatRules.requireMetadata(wish.metadata());
    Instant now = clock.now();
    Content content = new Content.Written(wish.content());
    return database.write(
        "chat.sendMessage",
        tx -> {
          ChatStore.Membership view = threads.require(tx, id, userId);
          Message message =
              Threads.next(
                  view.thread(),
                  wish.type(),
                  userId,
                  wish.senderDisplayName(),
                  content,
                  wish.metadata(),
                  now);
          store.append(tx, id, message);
          facts.message(tx, ChatFacts.MESSAGE_SENT, id, message, userId);
          return message;
        });
  }

  private static void requireSize(String content) {
    if (content.length() > ChatLimits.MESSAGE_BYTES_MAX
        || content.getBytes(StandardCharsets.UTF_8).length > ChatLimits.MESSAGE_BYTES_MAX) {
      throw new Refused(new ChatRefusal.MessageTooLarge(ChatLimits.MESSAGE_BYTES_MAX));
    }
  }

  /** One message that the member may see. */
  public Message get(ThreadId id, String userId, long messageId) {
    return database.read(
        "chat.getMessage",
        reading ->
            threads.requireMessage(reading, threads.require(reading, id, userId), messageId));
  }

  /**
   * Messages, the newest first.
   *
   * @param since only those made since then
   * @param beforeId only those with a smaller id: the place of the page before
   */
  public List<Message> list(ThreadId id, String userId, Instant since, long beforeId, int limit) {
    return database.read(
        "chat.listMessages",
        reading -> {
          Instant visible = threads.require(reading, id, userId).member().visibleFrom();
          Instant from = visible.isAfter(since) ? visible : since;
          return store.messages(reading, id, from, beforeId, limit);
        });
  }

  /**
   * A change of a message; what is null stays.
   *
   * @param metadata keys to set; a key without a value is removed
   */
  public record Change(@Nullable String content, Map<String, Optional<String>> metadata) {}

  /** Edits one's own message. */
  public void update(ThreadId id, String userId, long messageId, Change change) {
    if (change.content() != null) {
      requireSize(change.content());
    }
    Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
    database.write(
        "chat.updateMessage",
        tx -> {
          Message message = threads.requireMessage(tx, threads.require(tx, id, userId), messageId);
          requireSender(message, userId);
          if (message.deletedAt() != null) {
            throw new Refused(new ChatRefusal.UnknownMessage());
          }
          Message edited = edited(message, change, now);
          store.save(tx, id, edited);
          facts.message(tx, ChatFacts.MESSAGE_EDITED, id, edited, userId);
          return edited;
        });
  }

  private static void requireSender(Message message, String userId) {
    if (!userId.equals(message.senderId())) {
      throw new Refused(new ChatRefusal.NotSender());
    }
  }

  private static Message edited(Message message, Change change, Instant now) {
    Map<String, String> metadata = new LinkedHashMap<>(message.metadata());
    change
        .metadata()
        .forEach((key, value) ->
            value.ifPresentOrElse(text -> metadata.put(key, text), () -> metadata.remove(key)));
    ChatRules.requireMetadata(metadata);
    Content content =
        change.content() == null ? message.content() : new Content.Written(change.content());
    return changed(message, content, metadata, now, null);
  }

  /**
   * Deletes one's own message: it stays in the list without content. Doing it twice is no fault.
   */
  public void delete(ThreadId id, String userId, long messageId) {
    Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
    database.write(
        "chat.deleteMessage",
        tx -> {
          Message message = threads.requireMessage(tx, threads.require(tx, id, userId), messageId);
          requireSender(message, userId);
          if (message.deletedAt() == null) {
            Message deleted = changed(message, null, Map.of(), now, now);
            store.save(tx, id, deleted);
            facts.message(tx, ChatFacts.MESSAGE_DELETED, id, deleted, userId);
          }
          return message;
        });
  }

  private static Message changed(
      Message message,
      @Nullable Content content,
      Map<String, String> metadata,
      Instant now,
      @Nullable Instant deletedAt) {
    return new Message(
        message.id(),
        message.sequence(),
        Math.max(now.toEpochMilli(), message.version() + 1),
        message.type(),
        message.senderId(),
        message.senderDisplayName(),
        message.createdAt(),
        deletedAt == null ? now : message.editedAt(),
        deletedAt,
        content,
        metadata);
  }
}
