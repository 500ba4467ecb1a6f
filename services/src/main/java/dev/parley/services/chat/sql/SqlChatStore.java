package dev.parley.services.chat.sql;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import dev.parley.services.chat.ChatStore;
import dev.parley.services.chat.ChatThread;
import dev.parley.services.chat.Member;
import dev.parley.services.chat.Message;
import dev.parley.services.chat.Receipt;
import dev.parley.services.chat.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chat in SQL, and in memory what was written a moment ago and is about to be told. Primary keys
 * begin with resource and thread and serve every query, but for the lists of a user's threads
 * (index {@code chat_members_by_user}), of a sender's messages ({@code chat_messages_by_sender})
 * and of ended threads ({@code chat_threads_by_deletion}).
 */
public final class SqlChatStore implements ChatStore {
  private static final String THREAD =
      "t.resource_id, t.id, t.topic, t.created_by, t.created_at, t.metadata, t.retention_days,"
          + " t.last_message_id, t.last_sequence, t.last_message_at";
  private static final int THREAD_COLUMNS = 10;
  private static final String MEMBER = "m.user_id, m.display_name, m.visible_from, m.metadata";
  private static final String MESSAGE =
      "id, sequence, version, type, sender_id, sender_name, created_at, edited_at, deleted_at,"
          + " content, metadata";

  private final FreshMessages fresh = new FreshMessages();

  @Override
  public Optional<ChatThread> thread(Reading reading, ThreadId id) {
    return reading.first(
        "select " + THREAD + " from chat_threads t where t.resource_id = ? and t.id = ?",
        SqlChatStore::thread,
        id.resource(),
        id.text());
  }

  @Override
  public Optional<Membership> membership(Reading reading, ThreadId id, String userId) {
    return reading.first(
        "select "
            + THREAD
            + ", "
            + MEMBER
            + " from chat_threads t join chat_members m"
            + " on m.resource_id = t.resource_id and m.thread_id = t.id"
            + " where t.resource_id = ? and t.id = ? and m.user_id = ?",
        row -> new Membership(thread(row), member(row, THREAD_COLUMNS)),
        id.resource(),
        id.text(),
        userId);
  }

  @Override
  public List<ChatThread> threadsOf(
      Reading reading,
      ResourceId resource,
      String userId,
      Instant since,
      @Nullable ThreadCursor before,
      int limit) {
    long beforeAt = before == null ? Long.MAX_VALUE : before.lastMessageAt().toEpochMilli();
    return reading.list(
        "select "
            + THREAD
            + " from chat_members m join chat_threads t"
            + " on t.resource_id = m.resource_id and t.id = m.thread_id"
            + " where m.resource_id = ? and m.user_id = ? and t.last_message_at >= ?"
            + " and (t.last_message_at < ? or (t.last_message_at = ? and t.id > ?))"
            + " order by t.last_message_at desc, t.id limit ?",
        SqlChatStore::thread,
        resource,
        userId,
        since,
        beforeAt,
        beforeAt,
        before == null ? "" : before.threadId(),
        limit);
  }

  @Override
  public List<ThreadId> retentionEnded(Reading reading, Instant now, int limit) {
    return reading.list(
        "select resource_id, id from chat_threads where delete_at <= ? order by delete_at limit ?",
        row -> new ThreadId(new ResourceId(row.uuid(1)), row.text(2)),
        now,
        limit);
  }

  @Override
  public void add(Tx tx, ChatThread thread) {
    tx.update(
        "insert into chat_threads (resource_id, id, topic, created_by, created_at, metadata,"
            + " retention_days, delete_at, last_message_id, last_sequence, last_message_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        thread.id().resource(),
        thread.id().text(),
        thread.topic(),
        thread.createdBy(),
        thread.createdAt(),
        ChatColumns.metadata(thread.metadata()),
        days(thread),
        deleteAt(thread),
        thread.lastMessageId(),
        thread.lastSequence(),
        thread.lastMessageAt());
  }

  @Override
  public void saveProperties(Tx tx, ChatThread thread) {
    tx.update(
        "update chat_threads set topic = ?, metadata = ?, retention_days = ?, delete_at = ?"
            + " where resource_id = ? and id = ?",
        thread.topic(),
        ChatColumns.metadata(thread.metadata()),
        days(thread),
        deleteAt(thread),
        thread.id().resource(),
        thread.id().text());
  }

  private static @Nullable Long days(ChatThread thread) {
    return thread.retentionDays() == null ? null : Long.valueOf(thread.retentionDays());
  }

  private static @Nullable Instant deleteAt(ChatThread thread) {
    return thread.retentionDays() == null
        ? null
        : thread.createdAt().plus(Duration.ofDays(thread.retentionDays()));
  }

  @Override
  public void delete(Tx tx, ThreadId id) {
    tx.afterCommit(fresh::clear);
    for (String table :
        List.of("chat_messages", "chat_receipts", "chat_members", "chat_former_members")) {
      tx.update(
          "delete from " + table + " where resource_id = ? and thread_id = ?",
          id.resource(),
          id.text());
    }
    tx.update(
        "delete from chat_threads where resource_id = ? and id = ?", id.resource(), id.text());
  }

  @Override
  public int memberCount(Reading reading, ThreadId id) {
    return reading
        .first(
            "select count(*) from chat_members where resource_id = ? and thread_id = ?",
            row -> (int) row.number(1),
            id.resource(),
            id.text())
        .orElse(0);
  }

  @Override
  public Optional<Member> member(Reading reading, ThreadId id, String userId) {
    return reading.first(
        "select "
            + MEMBER
            + " from chat_members m where m.resource_id = ? and m.thread_id = ? and m.user_id = ?",
        row -> member(row, 0),
        id.resource(),
        id.text(),
        userId);
  }

  @Override
  public List<Member> members(Reading reading, ThreadId id, int skip, int limit) {
    return reading.list(
        "select "
            + MEMBER
            + " from chat_members m where m.resource_id = ? and m.thread_id = ?"
            + " order by m.user_id limit ? offset ?",
        row -> member(row, 0),
        id.resource(),
        id.text(),
        limit,
        skip);
  }

  @Override
  public List<String> memberIds(Reading reading, ThreadId id, String after, int limit) {
    return reading.list(
        "select user_id from chat_members where resource_id = ? and thread_id = ?"
            + " and user_id > ? order by user_id limit ?",
        row -> row.text(1),
        id.resource(),
        id.text(),
        after,
        limit);
  }

  @Override
  public void add(Tx tx, ThreadId id, Member member) {
    tx.update(
        "insert into chat_members (resource_id, thread_id, user_id, display_name, visible_from,"
            + " metadata) values (?, ?, ?, ?, ?, ?)",
        id.resource(),
        id.text(),
        member.userId(),
        member.displayName(),
        member.visibleFrom(),
        ChatColumns.metadata(member.metadata()));
  }

  @Override
  public void removeMember(Tx tx, ThreadId id, String userId) {
    deleteOf(tx, "chat_members", id, userId);
    deleteOf(tx, "chat_receipts", id, userId);
    tx.update(
        "insert into chat_former_members (resource_id, user_id, thread_id) values (?, ?, ?)"
            + " on conflict (resource_id, user_id, thread_id) do nothing",
        id.resource(),
        userId,
        id.text());
  }

  private static void deleteOf(Tx tx, String table, ThreadId id, String userId) {
    tx.update(
        "delete from " + table + " where resource_id = ? and thread_id = ? and user_id = ?",
        id.resource(),
        id.text(),
        userId);
  }

  @Override
  public void append(Tx tx, ThreadId id, Message message) {
    String content = ChatColumns.content(message.content());
    tx.soon(
        "update chat_threads set last_message_id = ?, last_sequence = ?, last_message_at = ?"
            + " where resource_id = ? and id = ?",
        message.id(),
        message.sequence(),
        message.createdAt(),
        id.resource(),
        id.text());
    tx.soon(
        "insert into chat_messages (resource_id, thread_id, "
            + MESSAGE
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id.resource(),
        id.text(),
        message.id(),
        message.sequence(),
        message.version(),
        message.type().name(),
        message.senderId(),
        message.senderDisplayName(),
        message.createdAt(),
        message.editedAt(),
        message.deletedAt(),
        content,
        ChatColumns.metadata(message.metadata()));
    remember(tx, id, message, content);
  }

  private void remember(Tx tx, ThreadId id, Message message, @Nullable String content) {
    int characters = content == null ? 0 : content.length();
    tx.afterCommit(() -> fresh.put(id, message, characters));
  }

  @Override
  public Optional<Message> fresh(ThreadId id, long messageId, Instant version) {
    return fresh.find(id, messageId, version);
  }

  @Override
  public Optional<Message> message(Reading reading, ThreadId id, long messageId) {
    return reading.first(
        "select "
            + MESSAGE
            + " from chat_messages where resource_id = ? and thread_id = ? and id = ?",
        SqlChatStore::message,
        id.resource(),
        id.text(),
        messageId);
  }

  @Override
  public List<Message> messages(
      Reading reading, ThreadId id, Instant from, long beforeId, int limit) {
    return reading.list(
        "select "
            + MESSAGE
            + " from chat_messages where resource_id = ? and thread_id = ?"
            + " and created_at >= ? and id < ? order by id desc limit ?",
        SqlChatStore::message,
        id.resource(),
        id.text(),
        from,
        beforeId,
        limit);
  }

  @Override
  public void save(Tx tx, ThreadId id, Message message) {
    String content = ChatColumns.content(message.content());
    tx.soon(
        "update chat_messages set version = ?, edited_at = ?, deleted_at = ?, content = ?,"
            + " metadata = ? where resource_id = ? and thread_id = ? and id = ?",
        message.version(),
        message.editedAt(),
        message.deletedAt(),
        content,
        ChatColumns.metadata(message.metadata()),
        id.resource(),
        id.text(),
        message.id());
    remember(tx, id, message, content);
  }

  @Override
  public Optional<Receipt> receipt(Reading reading, ThreadId id, String userId) {
    return reading.first(
        "select user_id, message_id, read_at from chat_receipts"
            + " where resource_id = ? and thread_id = ? and user_id = ?",
        SqlChatStore::receipt,
        id.resource(),
        id.text(),
        userId);
  }

  @Override
  public List<Receipt> receipts(Reading reading, ThreadId id, int skip, int limit) {
    return reading.list(
        "select user_id, message_id, read_at from chat_receipts"
            + " where resource_id = ? and thread_id = ? order by user_id limit ? offset ?",
        SqlChatStore::receipt,
        id.resource(),
        id.text(),
        limit,
        skip);
  }

  @Override
  public void save(Tx tx, ThreadId id, Receipt receipt) {
    tx.soon(
        "insert into chat_receipts (resource_id, thread_id, user_id, message_id, read_at)"
            + " values (?, ?, ?, ?, ?) on conflict (resource_id, thread_id, user_id)"
            + " do update set message_id = excluded.message_id, read_at = excluded.read_at",
        id.resource(),
        id.text(),
        receipt.userId(),
        receipt.messageId(),
        receipt.readAt());
  }

  @Override
  public List<String> threadsTouchedBy(
      Reading reading, ResourceId resource, String userId, String after, int limit) {
    return reading.list(
        "select thread_id from chat_members"
            + " where resource_id = ? and user_id = ? and thread_id > ?"
            + " union select thread_id from chat_former_members"
            + " where resource_id = ? and user_id = ? and thread_id > ?"
            + " order by thread_id limit ?",
        row -> row.text(1),
        resource,
        userId,
        after,
        resource,
        userId,
        after,
        limit);
  }

  @Override
  public void erase(Tx tx, ThreadId id, String userId, Instant now) {
    tx.afterCommit(fresh::clear);
    removeMember(tx, id, userId);
    tx.update(
        "update chat_messages set content = null, sender_name = null, metadata = '{}',"
            + " deleted_at = coalesce(deleted_at, ?), version = ?"
            + " where resource_id = ? and thread_id = ? and sender_id = ?",
        now,
        now,
        id.resource(),
        id.text(),
        userId);
    eraseNames(tx, id, userId);
    deleteOf(tx, "chat_former_members", id, userId);
  }

  /** System messages name who came and went; the id stays, the display name goes. */
  private static void eraseNames(Tx tx, ThreadId id, String userId) {
    List<Message> naming =
        tx.list(
            "select "
                + MESSAGE
                + " from chat_messages where resource_id = ? and thread_id = ?"
                + " and type in ('PARTICIPANT_ADDED', 'PARTICIPANT_REMOVED')"
                + " and content like ? limit 10000",
            SqlChatStore::message,
            id.resource(),
            id.text(),
            "%" + userId + "%");
    for (Message message : naming) {
      tx.update(
          "update chat_messages set content = ?"
              + " where resource_id = ? and thread_id = ? and id = ?",
          ChatColumns.withoutName(message.content(), userId),
          id.resource(),
          id.text(),
          message.id());
    }
  }

  @Override
  public int deleteAll(Tx tx, ResourceId resource, int limit) {
    List<String> threads =
        tx.list(
            "select id from chat_threads where resource_id = ? order by id limit ?",
            row -> row.text(1),
            resource,
            limit);
    threads.forEach(thread -> delete(tx, new ThreadId(resource, thread)));
    return threads.size();
  }

  private static ChatThread thread(Row row) {
    Long days = row.numberOrNull(7);
    return new ChatThread(
        new ThreadId(new ResourceId(row.uuid(1)), row.text(2)),
        row.text(3),
        row.text(4),
        row.instant(5),
        ChatColumns.metadata(row.text(6)),
        days == null ? null : days.intValue(),
        row.number(8),
        row.number(9),
        row.instant(10));
  }

  private static Member member(Row row, int offset) {
    return new Member(
        row.text(offset + 1),
        row.textOrNull(offset + 2),
        row.instant(offset + 3),
        ChatColumns.metadata(row.text(offset + 4)));
  }

  private static Message message(Row row) {
    Message.Type type = Message.Type.valueOf(row.text(4));
    return new Message(
        row.number(1),
        row.number(2),
        row.number(3),
        type,
        row.textOrNull(5),
        row.textOrNull(6),
        row.instant(7),
        row.instantOrNull(8),
        row.instantOrNull(9),
        ChatColumns.content(type, row.textOrNull(10)),
        ChatColumns.metadata(row.text(11)));
  }

  private static Receipt receipt(Row row) {
    return new Receipt(row.text(1), row.number(2), row.instant(3));
  }
}
