package dev.parley.services.chat;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Database;
import java.time.Instant;
import java.util.List;

/** Erases what was a deleted user's or a deleted resource's; driven by the journal. */
public final class ChatErasure {
  private static final int THREADS_PER_TRANSACTION = 20;

  private final Database database;
  private final ChatStore store;
  private final Clock clock;

  public ChatErasure(Database database, ChatStore store, Clock clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  /** Empties the user's messages and removes memberships and receipts; may be run again. */
  public void userDeleted(ResourceId resource, String userId) {
    Instant now = clock.now();
    String after = "";
    List<String> page;
    do {
      String from = after;
      page =
          database.write(
              "chat.eraseUser",
              tx -> {
                List<String> threads =
                    store.threadsTouchedBy(tx, resource, userId, from, THREADS_PER_TRANSACTION);
                threads.forEach(
                    thread -> store.erase(tx, new ThreadId(resource, thread), userId, now));
                return threads;
              });
      after = page.isEmpty() ? after : page.getLast();
    } while (page.size() == THREADS_PER_TRANSACTION);
  }

  /** Deletes every thread of the resource; may be run again. */
  public void resourceDeleted(ResourceId resource) {
    int deleted;
    do {
      deleted =
          database.write(
              "chat.deleteResource", tx -> store.deleteAll(tx, resource, THREADS_PER_TRANSACTION));
    } while (deleted == THREADS_PER_TRANSACTION);
  }
}
