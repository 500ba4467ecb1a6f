package dev.parley.services.chat;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads and saves threads, members, messages and receipts; no rules. */
public interface ChatStore {
  Optional<ChatThread> thread(Reading reading, ThreadId id);

  /** A thread and the caller's membership of it, when there are both. */
  Optional<Membership> membership(Reading reading, ThreadId id, String userId);

  /** A thread as one of its members sees it. */
  record Membership(ChatThread thread, Member member) {}

  /**
   * Threads of a user, those with the newest messages first.
   *
   * @param since only threads with a message since then
   * @param before continues after this thread of the page before, or null for the first page
   */
  List<ChatThread> threadsOf(
      Reading reading,
      ResourceId resource,
      String userId,
      Instant since,
      @Nullable ThreadCursor before,
      int limit);

  /** The place of a thread in that list. */
  record ThreadCursor(Instant lastMessageAt, String threadId) {}

  /** Threads whose retention ended, of all resources. */
  List<ThreadId> retentionEnded(Reading reading, Instant now, int limit);

  void add(Tx tx, ChatThread thread);

  /** Saves topic, metadata and retention. */
  void saveProperties(Tx tx, ChatThread thread);

  /** Deletes a thread with all that is in it. */
  void delete(Tx tx, ThreadId id);

  int memberCount(Reading reading, ThreadId id);

  Optional<Member> member(Reading reading, ThreadId id, String userId);

  /** Members in the order of their ids. */
  List<Member> members(Reading reading, ThreadId id, int skip, int limit);

  /** Raw ids of all members, for delivery: those after {@code after}, in order. */
  List<String> memberIds(Reading reading, ThreadId id, String after, int limit);

  void add(Tx tx, ThreadId id, Member member);

  void removeMember(Tx tx, ThreadId id, String userId);

  /** Adds the newest message and moves the thread's counters to it. */
  void append(Tx tx, ThreadId id, Message message);

  /**
   * The message as it became at {@code version}, when this process wrote it a moment ago and nobody
   * has changed it through here since; costs no query.
   */
  Optional<Message> fresh(ThreadId id, long messageId, Instant version);

  Optional<Message> message(Reading reading, ThreadId id, long messageId);

  /** Messages made in {@code from ≤ createdAt}, older than {@code beforeId}, newest first. */
  List<Message> messages(Reading reading, ThreadId id, Instant from, long beforeId, int limit);

  /** Saves content, metadata, version and the times of edit and deletion. */
  void save(Tx tx, ThreadId id, Message message);

  Optional<Receipt> receipt(Reading reading, ThreadId id, String userId);

  /** Receipts in the order of their users' ids. */
  List<Receipt> receipts(Reading reading, ThreadId id, int skip, int limit);

  void save(Tx tx, ThreadId id, Receipt receipt);

  /** Threads that a user is in or has written in, after {@code after}, in order. */
  List<String> threadsTouchedBy(
      Reading reading, ResourceId resource, String userId, String after, int limit);

  /** Empties what a deleted user wrote in a thread and removes their membership and receipt. */
  void erase(Tx tx, ThreadId id, String userId, Instant now);

  /** Deletes all chat of a resource that is gone, at most {@code limit} threads; gives how many. */
  int deleteAll(Tx tx, ResourceId resource, int limit);
}
