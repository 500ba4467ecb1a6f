package dev.parley.services.chat;

import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;

/**
 * The facts of chat in the journal: one per change, whatever the number of members. The subject is
 * the thread's id; the body holds ids only, so readers load what they show, and what was deleted
 * meanwhile is not shown.
 */
public final class ChatFacts {
  public static final String THREAD_CREATED = "chat.threadCreated";
  public static final String THREAD_UPDATED = "chat.threadUpdated";

  /** Members are listed in the body, since the thread is gone. */
  public static final String THREAD_DELETED = "chat.threadDeleted";

  public static final String PARTICIPANTS_ADDED = "chat.participantsAdded";
  public static final String PARTICIPANTS_REMOVED = "chat.participantsRemoved";
  public static final String MESSAGE_SENT = "chat.messageSent";
  public static final String MESSAGE_EDITED = "chat.messageEdited";
  public static final String MESSAGE_DELETED = "chat.messageDeleted";
  public static final String RECEIPT_SENT = "chat.receiptSent";

  /** Names in the body: who did it, which message, which users. */
  public static final String BY = "by";

  public static final String MESSAGE = "message";
  public static final String USERS = "users";

  private final Journal journal;

  ChatFacts(Journal journal) {
    this.journal = journal;
  }

  void message(Tx tx, String type, ThreadId thread, Message message, String by) {
    FactBody body = FactBody.empty().with(BY, by).with(MESSAGE, message.id());
    append(tx, type, thread, body, Instant.ofEpochMilli(message.version()));
  }

  void receipt(Tx tx, ThreadId thread, Receipt receipt) {
    FactBody body = FactBody.empty().with(BY, receipt.userId()).with(MESSAGE, receipt.messageId());
    append(tx, RECEIPT_SENT, thread, body, receipt.readAt());
  }

  void thread(Tx tx, String type, ThreadId thread, String by, Instant at) {
    append(tx, type, thread, FactBody.empty().with(BY, by), at);
  }

  void users(Tx tx, String type, ThreadId thread, String by, List<String> users, Instant at) {
    append(tx, type, thread, FactBody.empty().with(BY, by).with(USERS, users), at);
  }

  private void append(Tx tx, String type, ThreadId thread, FactBody body, Instant at) {
    journal.append(tx, new Fact(thread.resource(), type, thread.text(), at, body.json()));
  }
}
