package dev.parley.services.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.ServicesSchema;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Message.Type;
import dev.parley.services.chat.sql.SqlChatStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of chat on every store. */
abstract class ChatContract {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  static final String ANN = user(1);
  static final String BOB = user(2);
  private static final String CAT = user(3);

  final FakeClock clock = new FakeClock();
  private final SeededIds ids = new SeededIds(1);
  private final InMemoryBus bus = new InMemoryBus();
  private @Nullable Database opened;
  private @Nullable SqlJournal journal;
  private final ChatStore store = new SqlChatStore();

  /** Opens the store of this test. */
  abstract Database openStore(StoreOptions options);

  private static String user(long number) {
    return "8:acs:" + RESOURCE + "_" + new UUID(7, number);
  }

  @BeforeEach
  void open() {
    opened = openStore(StoreOptions.with(clock, ServicesSchema.MIGRATIONS));
    journal = new SqlJournal(opened, bus);
  }

  @AfterEach
  void close() {
    bus.close();
    database().close();
  }

  private Database database() {
    return java.util.Objects.requireNonNull(opened);
  }

  private SqlJournal journal() {
    return java.util.Objects.requireNonNull(journal);
  }

  /** Every well-formed user of the resource exists, but for the one with number 404. */
  private Participants participants() {
    return new Participants((resource, rawIds) ->
        rawIds.stream()
            .filter(id -> id.startsWith("8:acs:" + resource + "_") && !id.equals(user(404)))
            .collect(java.util.stream.Collectors.toSet()));
  }

  ThreadService threads() {
    return new ThreadService(database(), store, journal(), clock, ids, participants());
  }

  private ParticipantService people() {
    return new ParticipantService(database(), store, journal(), clock, participants());
  }

  MessageService messages() {
    return new MessageService(database(), store, journal(), clock);
  }

  ReceiptService receipts() {
    return new ReceiptService(database(), store, journal(), bus, clock);
  }

  private static Participants.Wanted wanted(String user) {
    return new Participants.Wanted(user, "name of " + user, null, Map.of());
  }

  ThreadService.Created create(@Nullable Integer retentionDays, String... others) {
    List<Participants.Wanted> members = List.of(others).stream().map(ChatContract::wanted).toList();
    return threads()
        .create(
            RESOURCE, ANN, new ThreadService.NewThread("topic", members, Map.of(), retentionDays));
  }

  private ThreadId thread(String... others) {
    return create(null, others).thread().id();
  }

  Message send(ThreadId id, String user, String text) {
    return messages()
        .send(id, user, new MessageService.NewMessage(Type.TEXT, text, "me", Map.of("k", "v")));
  }

  private List<Message> all(ThreadId id, String user) {
    return messages().list(id, user, Instant.EPOCH, Long.MAX_VALUE, 1000);
  }

  private static void refuses(Supplier<?> work, ChatRefusal refusal) {
    assertThatThrownBy(work::get)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  private static Supplier<?> doing(Runnable work) {
    return () -> {
      work.run();
      return "";
    };
  }

  @Test
  void newThreadBeginsWithItsTopicAndItsMembers() {
    ThreadService.Created created = create(null, BOB, user(404), "4:+15550100", "8:acs:x_y");
    ThreadId id = created.thread().id();
    assertThat(created.invalid())
        .extracting(Participants.Invalid::reason)
        .containsExactly(
            Participants.Reason.UNKNOWN,
            Participants.Reason.UNSUPPORTED,
            Participants.Reason.FOREIGN);
    List<Message> said = all(id, BOB);
    assertThat(said)
        .extracting(Message::type)
        .containsExactly(Type.PARTICIPANT_ADDED, Type.TOPIC_UPDATED);
    assertThat(said).extracting(Message::sequence).containsExactly(2L, 1L);
    assertThat(people().list(id, ANN, 0, 10))
        .extracting(Member::userId)
        .containsExactlyInAnyOrder(ANN, BOB);
  }

  @Test
  void messageIdsAndSequencesRiseAlsoWhenTheClockStands() {
    ThreadId id = thread(BOB);
    List<Message> sent = IntStream.range(0, 5).mapToObj(at -> send(id, ANN, "m" + at)).toList();
    assertThat(sent).extracting(Message::id).doesNotHaveDuplicates().isSorted();
    assertThat(sent).extracting(Message::sequence).containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(all(id, BOB))
        .extracting(Message::id)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void pagesMeetWithoutGapOrOverlap() {
    ThreadId id = thread(BOB);
    IntStream.range(0, 25).forEach(at -> send(id, ANN, "m" + at));
    List<Long> seen = new ArrayList<>();
    long before = Long.MAX_VALUE;
    List<Message> page;
    do {
      page = messages().list(id, BOB, Instant.EPOCH, before, 10);
      page.forEach(message -> seen.add(message.id()));
      before = page.isEmpty() ? before : page.getLast().id();
    } while (!page.isEmpty());
    assertThat(seen).isEqualTo(all(id, BOB).stream().map(Message::id).toList()).hasSize(27);
  }

  @Test
  void strangersAndFormerMembersAreRefused() {
    ThreadId id = thread(BOB);
    refuses(() -> send(id, CAT, "hi"), new ChatRefusal.NotMember());
    refuses(() -> threads().get(id, CAT), new ChatRefusal.NotMember());
    people().remove(id, ANN, BOB);
    refuses(() -> all(id, BOB), new ChatRefusal.NotMember());
    refuses(doing(() -> people().remove(id, ANN, BOB)), new ChatRefusal.UnknownParticipant());
    ThreadId other = new ThreadId(RESOURCE, "19:nothing@thread.v2");
    refuses(() -> threads().get(other, ANN), new ChatRefusal.UnknownThread());
    ThreadId foreign = new ThreadId(new ResourceId(new UUID(2, 2)), id.text());
    refuses(() -> threads().get(foreign, ANN), new ChatRefusal.UnknownThread());
  }

  @Test
  void lateMemberSeesWhatWasShared() {
    ThreadId id = thread();
    Message old = send(id, ANN, "old");
    clock.advance(Duration.ofMinutes(1));
    Instant shared = clock.now();
    Message shown = send(id, ANN, "shown");
    clock.advance(Duration.ofMinutes(1));
    people().add(id, ANN, List.of(new Participants.Wanted(BOB, null, shared, Map.of())));
    people().add(id, ANN, List.of(wanted(CAT)));
    clock.advance(Duration.ofMinutes(1));
    Message fresh = send(id, ANN, "fresh");
    assertThat(all(id, BOB))
        .extracting(Message::id)
        .contains(shown.id(), fresh.id())
        .doesNotContain(old.id());
    assertThat(all(id, CAT)).extracting(Message::id).doesNotContain(old.id(), shown.id());
    refuses(() -> messages().get(id, BOB, old.id()), new ChatRefusal.UnknownMessage());
    refuses(doing(() -> receipts().send(id, CAT, shown.id())), new ChatRefusal.UnknownMessage());
  }

  @Test
  void addingOneWhoIsThereChangesNothing() {
    ThreadId id = thread(BOB);
    long head = journal().head();
    assertThat(people().add(id, ANN, List.of(wanted(BOB)))).isEmpty();
    assertThat(journal().head()).isEqualTo(head);
    assertThat(all(id, ANN)).hasSize(2);
  }

  @Test
  void onlyTheSenderEditsAndDeletes() {
    ThreadId id = thread(BOB);
    Message message = send(id, ANN, "first");
    MessageService.Change change =
        new MessageService.Change("second", Map.of("k", Optional.empty()));
    refuses(
        doing(() -> messages().update(id, BOB, message.id(), change)), new ChatRefusal.NotSender());
    refuses(doing(() -> messages().delete(id, BOB, message.id())), new ChatRefusal.NotSender());
    clock.advance(Duration.ofSeconds(1));
    messages().update(id, ANN, message.id(), change);
    Message edited = messages().get(id, BOB, message.id());
    assertThat(edited.content()).isEqualTo(new Content.Written("second"));
    assertThat(edited.metadata()).isEmpty();
    assertThat(edited.editedAt()).isEqualTo(clock.now());
    assertThat(edited.version()).isGreaterThan(message.version());
    messages().delete(id, ANN, message.id());
    messages().delete(id, ANN, message.id());
    Message deleted = messages().get(id, BOB, message.id());
    assertThat(deleted.content()).isNull();
    assertThat(deleted.deletedAt()).isNotNull();
    refuses(
        doing(() -> messages().update(id, ANN, message.id(), change)),
        new ChatRefusal.UnknownMessage());
  }

  @Test
  void systemMessagesBelongToNobody() {
    ThreadId id = thread(BOB);
    long system = all(id, ANN).getFirst().id();
    refuses(doing(() -> messages().delete(id, ANN, system)), new ChatRefusal.NotSender());
  }

  @Test
  void receiptNeverGoesBack() {
    ThreadId id = thread(BOB);
    Message first = send(id, ANN, "1");
    Message second = send(id, ANN, "2");
    receipts().send(id, BOB, second.id());
    long head = journal().head();
    receipts().send(id, BOB, first.id());
    receipts().send(id, BOB, second.id());
    assertThat(receipts().list(id, ANN, 0, 10))
        .extracting(Receipt::messageId)
        .containsExactly(second.id());
    assertThat(journal().head()).isEqualTo(head);
  }

  @Test
  void propertiesChangeByMerge() {
    ThreadId id = thread(BOB);
    threads()
        .update(
            id,
            BOB,
            new ThreadService.Change(
                "new", Map.of("a", Optional.of("1"), "b", Optional.of("2")), null));
    threads()
        .update(
            id,
            BOB,
            new ThreadService.Change(null, Map.of("a", Optional.empty()), Optional.of(40)));
    ChatThread thread = threads().get(id, ANN);
    assertThat(thread.topic()).isEqualTo("new");
    assertThat(thread.metadata()).containsExactly(Map.entry("b", "2"));
    assertThat(thread.retentionDays()).isEqualTo(40);
    assertThat(all(id, ANN)).filteredOn(message -> message.type() == Type.TOPIC_UPDATED).hasSize(2);
    assertThat(send(id, ANN, "after").sequence()).isEqualTo(4);
  }

  @Test
  void retentionReallyDeletes() {
    ThreadId kept = create(31, BOB).thread().id();
    ThreadId ended = create(30, BOB).thread().id();
    receipts().send(ended, BOB, send(ended, ANN, "gone soon").id());
    people().remove(ended, ANN, BOB);
    people().add(ended, ANN, List.of(wanted(BOB)));
    receipts().send(ended, BOB, send(ended, ANN, "gone soon, too").id());
    clock.advance(Duration.ofDays(30).minusMillis(1));
    threads().deleteEnded();
    assertThat(threads().get(ended, BOB)).isNotNull();
    clock.advance(Duration.ofMillis(2));
    threads().deleteEnded();
    refuses(() -> threads().get(ended, BOB), new ChatRefusal.UnknownThread());
    assertThat(threads().get(kept, BOB)).isNotNull();
    for (String table :
        List.of("chat_messages", "chat_members", "chat_receipts", "chat_former_members")) {
      assertThat(rows(table, ended)).as(table).isZero();
    }
    assertThat(journal().after(0, 1000))
        .as("facts hold ids")
        .noneMatch(entry -> entry.fact().body().contains("gone soon"))
        .noneMatch(entry -> entry.fact().body().contains("name of"));
    Entry last = journal().after(journal().head() - 1, 1).getFirst();
    assertThat(last.fact().type()).isEqualTo(ChatFacts.THREAD_DELETED);
    assertThat(FactBody.parse(last.fact().body()).texts(ChatFacts.USERS))
        .containsExactlyInAnyOrder(ANN, BOB);
  }

  private long rows(String table, ThreadId thread) {
    return database()
        .read(
            "test.count",
            reading ->
                reading
                    .first(
                        "select count(*) from " + table + " where thread_id = ?",
                        row -> row.number(1),
                        thread.text())
                    .orElse(0L));
  }

  @Test
  void threadsAreListedByTheirNewestMessage() {
    ThreadId first = thread(BOB);
    clock.advance(Duration.ofSeconds(1));
    ThreadId second = thread(BOB);
    clock.advance(Duration.ofSeconds(1));
    send(first, ANN, "now the newest");
    List<ChatThread> list = threads().list(RESOURCE, BOB, Instant.EPOCH, null, 10);
    assertThat(list).extracting(ChatThread::id).containsExactly(first, second);
    ChatStore.ThreadCursor cursor =
        new ChatStore.ThreadCursor(list.getFirst().lastMessageAt(), first.text());
    assertThat(threads().list(RESOURCE, BOB, Instant.EPOCH, cursor, 10))
        .extracting(ChatThread::id)
        .containsExactly(second);
    assertThat(threads().list(RESOURCE, BOB, clock.now(), null, 10))
        .extracting(ChatThread::id)
        .containsExactly(first);
  }

  @Test
  void deletedUserLeavesNothingOfTheirs() {
    ThreadId id = thread(BOB);
    Message message = send(id, BOB, "private");
    receipts().send(id, BOB, message.id());
    send(id, ANN, "stays");
    new ChatErasure(database(), store, clock).userDeleted(RESOURCE, BOB);
    Message erased = messages().get(id, ANN, message.id());
    assertThat(erased.content()).isNull();
    assertThat(erased.senderDisplayName()).isNull();
    assertThat(receipts().list(id, ANN, 0, 10)).isEmpty();
    assertThat(people().list(id, ANN, 0, 10)).extracting(Member::userId).containsExactly(ANN);
    assertThat(all(id, ANN).toString()).contains("stays").doesNotContain("name of " + BOB);
  }

  @Test
  void messageWrittenAMomentAgoIsKnownAsItNowStandsInTheStore() {
    ThreadId id = thread(BOB);
    Message sent = send(id, BOB, "first");
    assertThat(fresh(id, sent)).contains(messages().get(id, BOB, sent.id()));
    clock.advance(Duration.ofSeconds(1).plusNanos(1));
    messages().update(id, BOB, sent.id(), new MessageService.Change("second", Map.of()));
    assertThat(fresh(id, sent)).as("this version is no more").isEmpty();
    Message edited = messages().get(id, BOB, sent.id());
    assertThat(fresh(id, edited)).contains(edited);
    Message lengthy = send(id, BOB, "x".repeat(5000));
    assertThat(fresh(id, lengthy)).as("long ones are left to the store").isEmpty();
    new ChatErasure(database(), store, clock).userDeleted(RESOURCE, BOB);
    assertThat(fresh(id, edited)).isEmpty();
    Message last = send(id, ANN, "last");
    assertThat(fresh(id, last)).isPresent();
    threads().delete(id, ANN);
    assertThat(fresh(id, last)).isEmpty();
  }

  private Optional<Message> fresh(ThreadId id, Message message) {
    return store.fresh(id, message.id(), Instant.ofEpochMilli(message.version()));
  }

  @Test
  void messageToTenThousandIsOneRowAndOneFact() {
    String[] others =
        IntStream.range(1000, 1000 + ChatLimits.MEMBERS_MAX - 1)
            .mapToObj(ChatContract::user)
            .toArray(String[]::new);
    ThreadId id = thread(others);
    long head = journal().head();
    long before = rows("chat_messages", id);
    send(id, ANN, "to all");
    assertThat(journal().head() - head).isEqualTo(1);
    assertThat(rows("chat_messages", id) - before).isEqualTo(1);
    assertThat(new Audience(database(), store).of(id)).hasSize(ChatLimits.MEMBERS_MAX);
    refuses(
        doing(() -> people().add(id, ANN, List.of(wanted(user(5))))),
        new ChatRefusal.TooManyMembers(ChatLimits.MEMBERS_MAX));
  }

  @Test
  void audienceFollowsTheMembersOnceItForgets() {
    ThreadId id = thread(BOB);
    Audience audience = new Audience(database(), store);
    assertThat(audience.of(id).keySet()).isEqualTo(Set.of(ANN, BOB));
    people().remove(id, ANN, BOB);
    audience.forget(id);
    assertThat(audience.of(id).keySet()).isEqualTo(Set.of(ANN));
  }

  @Test
  void whatBreaksALimitIsRefusedWithItsField() {
    ThreadId id = thread(BOB);
    refuses(
        () -> send(id, ANN, "ä".repeat(ChatLimits.MESSAGE_BYTES_MAX / 2 + 1)),
        new ChatRefusal.MessageTooLarge(ChatLimits.MESSAGE_BYTES_MAX));
    assertThat(send(id, ANN, "x".repeat(ChatLimits.MESSAGE_BYTES_MAX)).id()).isPositive();
    assertThatThrownBy(() -> create(0)).hasMessageContaining("deleteThreadAfterDays");
    assertThatThrownBy(() ->
            messages()
                .send(
                    id,
                    ANN,
                    new MessageService.NewMessage(Type.TOPIC_UPDATED, "x", null, Map.of())))
        .hasMessageContaining("type");
  }
}
