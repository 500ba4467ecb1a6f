package dev.parley.services.chat;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Tx;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Message.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use cases of threads: make, read, list, change, delete, and delete when their time is over. */
public final class ThreadService {
  private static final int THREAD_ID_BYTES = 44;

  private final Database database;
  private final ChatStore store;
  private final Threads threads;
  private final ChatFacts facts;
  private final Clock clock;
  private final Ids ids;
  private final Participants participants;

  public ThreadService(
      Database database,
      ChatStore store,
      Journal journal,
      Clock clock,
      Ids ids,
      Participants participants) {
    this.database = database;
    this.store = store;
    this.threads = new Threads(store);
    this.facts = new ChatFacts(journal);
    this.clock = clock;
    this.ids = ids;
    this.participants = participants;
  }

  /**
   * A wish for a thread.
   *
   * @param members who is to be in it; the creator always is
   * @param retentionDays days until it is deleted, or null for never
   */
  public record NewThread(
      String topic,
      List<Participants.Wanted> members,
      Map<String, String> metadata,
      @Nullable Integer retentionDays) {}

  /** A thread, and those who could not be put into it. */
  public record Created(ChatThread thread, List<Participants.Invalid> invalid) {}

  /** Makes a thread; who cannot be a member is told of, and does not hold the others up. */
  public Created create(ResourceId resource, String creator, NewThread wish) {
    ChatRules.requireTopic(wish.topic());
    ChatRules.requireMetadata(wish.metadata());
    ChatRules.requireRetention(wish.retentionDays());
    Participants.Sorted sorted = participants.sort(resource, wish.members());
    Instant now = clock.now();
    ThreadId id = ThreadId.of(resource, ids.bytes(THREAD_ID_BYTES));
    ChatThread thread =
        new ChatThread(
            id,
            wish.topic(),
            creator,
            now.truncatedTo(ChronoUnit.MILLIS),
            wish.metadata(),
            wish.retentionDays(),
            0,
            0,
            now);
    List<Member> members = withCreator(creator, sorted.valid(), now);
    participants.requireRoom(members.size());
    ChatThread made =
        database.write("chat.createThread", tx -> add(tx, thread, members, creator, now));
    return new Created(made, sorted.invalid());
  }

  private ChatThread add(
      Tx tx, ChatThread thread, List<Member> members, String creator, Instant now) {
    store.add(tx, thread);
    members.forEach(member -> store.add(tx, thread.id(), member));
    Content topic = new Content.Topic(thread.topic(), creator);
    Content added = new Content.Participants(members, creator);
    ChatThread titled = threads.appendSystem(tx, thread, Type.TOPIC_UPDATED, topic, now);
    ChatThread filled = threads.appendSystem(tx, titled, Type.PARTICIPANT_ADDED, added, now);
    facts.thread(tx, ChatFacts.THREAD_CREATED, thread.id(), creator, now);
    return filled;
  }

  private static List<Member> withCreator(
      String creator, List<Participants.Wanted> wanted, Instant now) {
    Map<String, Member> members = new LinkedHashMap<>();
    members.put(creator, new Member(creator, null, Instant.EPOCH, Map.of()));
    for (Participants.Wanted one : wanted) {
      members.put(one.userId(), one.member(Instant.EPOCH));
    }
    return new ArrayList<>(members.values());
  }

  /** The thread, for one of its members. */
  public ChatThread get(ThreadId id, String userId) {
    return database.read(
        "chat.getThread", reading -> threads.require(reading, id, userId).thread());
  }

  /** The user's threads, those with the newest messages first. */
  public List<ChatThread> list(
      ResourceId resource,
      String userId,
      Instant since,
      ChatStore.@Nullable ThreadCursor before,
      int limit) {
    return database.read(
        "chat.listThreads",
        reading -> store.threadsOf(reading, resource, userId, since, before, limit));
  }

  /**
   * A change of properties; what is null stays.
   *
   * @param metadata keys to set; a key without a value is removed
   * @param retention the new policy: empty for never
   */
  public record Change(
      @Nullable String topic,
      Map<String, Optional<String>> metadata,
      @Nullable Optional<Integer> retention) {}

  /** Changes topic, metadata or retention; any member may. */
  public void update(ThreadId id, String userId, Change change) {
    if (change.topic() != null) {
      ChatRules.requireTopic(change.topic());
    }
    if (change.retention() != null) {
      ChatRules.requireRetention(change.retention().orElse(null));
    }
    Instant now = clock.now();
    database.write(
        "chat.updateThread",
        tx -> {
          ChatThread thread = threads.require(tx, id, userId).thread();
          ChatThread changed = changed(thread, change);
          store.saveProperties(tx, changed);
          if (!changed.topic().equals(thread.topic())) {
            Content topic = new Content.Topic(changed.topic(), userId);
            threads.appendSystem(tx, changed, Type.TOPIC_UPDATED, topic, now);
          }
          facts.thread(tx, ChatFacts.THREAD_UPDATED, id, userId, now);
          return changed;
        });
  }

  private static ChatThread changed(ChatThread thread, Change change) {
    Map<String, String> metadata = new LinkedHashMap<>(thread.metadata());
    change
        .metadata()
        .forEach((key, value) ->
            value.ifPresentOrElse(text -> metadata.put(key, text), () -> metadata.remove(key)));
    ChatRules.requireMetadata(metadata);
    String topic = change.topic() == null ? thread.topic() : change.topic();
    Integer days =
        change.retention() == null ? thread.retentionDays() : change.retention().orElse(null);
    return thread.with(topic, metadata, days);
  }

  /** Deletes the thread with all that is in it; any member may. */
  public void delete(ThreadId id, String userId) {
    Instant now = clock.now();
    database.write(
        "chat.deleteThread",
        tx -> {
          threads.require(tx, id, userId);
          delete(tx, id, userId, now);
          return id;
        });
  }

  /** The members go into the fact, since nobody can look them up afterwards. */
  private void delete(Tx tx, ThreadId id, String by, Instant now) {
    List<String> members = store.memberIds(tx, id, "", ChatLimits.MEMBERS_MAX);
    store.delete(tx, id);
    facts.users(tx, ChatFacts.THREAD_DELETED, id, by, members, now);
  }

  /** Deletes threads whose retention ended, until none is left; a timer calls it. */
  public void deleteEnded() {
    Instant now = clock.now();
    boolean more = true;
    while (more) {
      more =
          database.write(
              "chat.retention",
              tx -> {
                List<ThreadId> ended = store.retentionEnded(tx, now, ChatLimits.RETENTION_BATCH);
                ended.forEach(id -> delete(tx, id, "", now));
                return ended.size() == ChatLimits.RETENTION_BATCH;
              });
    }
  }
}
