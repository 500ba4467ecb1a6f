package dev.parley.services.chat;

import dev.parley.kit.sql.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who may hear of a thread, remembered for as long as its membership stands, so that a busy thread
 * costs no query per member and message. The reader of the journal forgets a thread when it meets a
 * fact that changes its members; a load that raced with that is used once and not remembered.
 */
public final class Audience {
  /** Memberships remembered in all; at about 150 bytes each. */
  private static final int MEMBERS_MAX = 200_000;

  private static final int PAGE = 1_000;

  private final Database database;
  private final ChatStore store;
  private final ConcurrentMap<ThreadId, Map<String, Instant>> known = new ConcurrentHashMap<>();
  private final AtomicLong remembered = new AtomicLong();
  private final AtomicLong generation = new AtomicLong();

  public Audience(Database database, ChatStore store) {
    this.database = database;
    this.store = store;
  }

  /** The members by raw id, each with the time from when on they may read; empty for no thread. */
  public Map<String, Instant> of(ThreadId thread) {
    Map<String, Instant> members = known.get(thread);
    if (members != null) {
      return members;
    }
    long before = generation.get();
    Map<String, Instant> loaded = load(thread);
    if (remembered.addAndGet(loaded.size()) > MEMBERS_MAX) {
      known.clear();
      remembered.set(loaded.size());
    }
    known.compute(thread, (id, old) -> generation.get() == before ? loaded : old);
    return loaded;
  }

  private Map<String, Instant> load(ThreadId thread) {
    return database.read(
        "chat.audience",
        reading -> {
          Map<String, Instant> members = new HashMap<>();
          List<Member> page;
          do {
            page = store.members(reading, thread, members.size(), PAGE);
            page.forEach(member -> members.put(member.userId(), member.visibleFrom()));
          } while (page.size() == PAGE);
          return members;
        });
  }

  /** Forgets a thread whose members changed. */
  public void forget(ThreadId thread) {
    generation.incrementAndGet();
    Map<String, Instant> gone = known.remove(thread);
    if (gone != null) {
      remembered.addAndGet(-gone.size());
    }
  }
}
