package dev.parley.services.chat;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Refused;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Tx;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Message.Type;
import java.time.Instant;
import java.util.List;

/** Use cases of membership: list, add, remove. */
public final class ParticipantService {
  private final Database database;
  private final ChatStore store;
  private final Threads threads;
  private final ChatFacts facts;
  private final Clock clock;
  private final Participants participants;

  public ParticipantService(
      Database database, ChatStore store, Journal journal, Clock clock, Participants participants) {
    this.database = database;
    this.store = store;
    this.threads = new Threads(store);
    this.facts = new ChatFacts(journal);
    this.clock = clock;
    this.participants = participants;
  }

  /** Members in a fixed order, for one of them. */
  public List<Member> list(ThreadId id, String userId, int skip, int limit) {
    return database.read(
        "chat.listParticipants",
        reading -> {
          threads.require(reading, id, userId);
          return store.members(reading, id, skip, limit);
        });
  }

  /**
   * Adds members. One added with a share-history time reads from then on, without one from now on;
   * who is a member already stays as they are.
   *
   * @return those who cannot be members
   */
  public List<Participants.Invalid> add(
      ThreadId id, String userId, List<Participants.Wanted> wanted) {
    Participants.Sorted sorted = participants.sort(id.resource(), wanted);
    Instant now = clock.now();
    List<Member> candidates = sorted.valid().stream().map(one -> one.member(now)).toList();
    database.write(
        "chat.addParticipants",
        tx -> {
          ChatThread thread = threads.require(tx, id, userId).thread();
          List<Member> fresh =
              candidates.stream()
                  .filter(one -> store.member(tx, id, one.userId()).isEmpty())
                  .toList();
          if (!fresh.isEmpty()) {
            participants.requireRoom(store.memberCount(tx, id) + fresh.size());
            add(tx, thread, fresh, userId, now);
          }
          return fresh;
        });
    return sorted.invalid();
  }

  private void add(Tx tx, ChatThread thread, List<Member> fresh, String by, Instant now) {
    fresh.forEach(member -> store.add(tx, thread.id(), member));
    Content added = new Content.Participants(fresh, by);
    threads.appendSystem(tx, thread, Type.PARTICIPANT_ADDED, added, now);
    List<String> users = fresh.stream().map(Member::userId).toList();
    facts.users(tx, ChatFacts.PARTICIPANTS_ADDED, thread.id(), by, users, now);
  }

  /** Removes a member, or lets one leave; from then on they read nothing. */
  public void remove(ThreadId id, String userId, String removed) {
    Instant now = clock.now();
    database.write(
        "chat.removeParticipant",
        tx -> {
          ChatThread thread = threads.require(tx, id, userId).thread();
          Member member =
              store
                  .member(tx, id, removed)
                  .orElseThrow(() -> new Refused(new ChatRefusal.UnknownParticipant()));
          store.removeMember(tx, id, removed);
          Content gone = new Content.Participants(List.of(member), userId);
          threads.appendSystem(tx, thread, Type.PARTICIPANT_REMOVED, gone, now);
          facts.users(tx, ChatFacts.PARTICIPANTS_REMOVED, id, userId, List.of(removed), now);
          return member;
        });
  }
}
