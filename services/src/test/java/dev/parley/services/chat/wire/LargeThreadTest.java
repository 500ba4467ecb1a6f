package dev.parley.services.chat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.ServicesSchema;
import dev.parley.services.chat.Audience;
import dev.parley.services.chat.ChatLimits;
import dev.parley.services.chat.Message.Type;
import dev.parley.services.chat.MessageService;
import dev.parley.services.chat.Participants;
import dev.parley.services.chat.ThreadId;
import dev.parley.services.chat.ThreadService;
import dev.parley.services.chat.sql.SqlChatStore;
import dev.parley.services.connections.Connections;
import dev.parley.services.push.Device;
import dev.parley.services.push.EndReason;
import dev.parley.services.push.Line;
import dev.parley.services.push.PushMessage;
import dev.parley.services.push.PushService;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one message costs in the largest thread: the store, the journal and push are real. */
class LargeThreadTest {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  private static final int ONLINE = 300;
  private static final int CHARACTERS = 1_000;

  /** What telling one message allocates at most, retained or not: 10 KiB for each who is there. */
  private static final long ALLOCATED_BYTES_MAX = ONLINE * (10L << 10);

  /** What waits for answers afterwards: a frame, and a body with what is around its text. */
  private static final long UNANSWERED_BYTES_MAX = ONLINE * 4L * (1024 + CHARACTERS);

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  private final FakeClock clock = new FakeClock();
  private final SeededIds ids = new SeededIds(1);
  private final SqlChatStore store = new SqlChatStore();

  @Test
  void messageToTenThousandMembersIsOneRowAndCostsWhoIsThere() throws Exception {
    try (InMemoryBus bus = new InMemoryBus();
        Database database =
            SqliteDatabase.open(
                folder.resolve("parley.db"), StoreOptions.with(clock, ServicesSchema.MIGRATIONS))) {
      SqlJournal journal = new SqlJournal(database, bus);
      ThreadId thread = createThread(database, journal);
      try (PushService push = push(database, journal)) {
        List<Counting> lines = IntStream.range(0, ONLINE).mapToObj(at -> join(push, at)).toList();
        MessageService messages = new MessageService(database, store, journal, clock);
        tell(messages, journal, push, thread, lines); // loads the members, once
        long unanswered = push.unansweredBytes();
        long head = journal.head();
        long allocated = tell(messages, journal, push, thread, lines);
        System.out.printf(
            "a message to %d members, %d of them there: %d row, %d KiB allocated%n",
            ChatLimits.MEMBERS_MAX, ONLINE, journal.head() - head, allocated >> 10);
        assertThat(journal.head() - head).as("rows").isEqualTo(1);
        assertThat(allocated).as("bytes allocated").isLessThan(ALLOCATED_BYTES_MAX);
        assertThat(push.unansweredBytes() - unanswered)
            .as("bytes that wait for answers")
            .isPositive()
            .isLessThan(UNANSWERED_BYTES_MAX);
      }
    }
  }

  /** Sends a message and gives the bytes that were allocated to tell it. */
  private static long tell(
      MessageService messages,
      SqlJournal journal,
      PushService push,
      ThreadId thread,
      List<Counting> lines)
      throws InterruptedException {
    CountDownLatch told = new CountDownLatch(ONLINE);
    lines.forEach(line -> line.told = told);
    long head = journal.head();
    messages.send(
        thread,
        user(0),
        new MessageService.NewMessage(Type.TEXT, "x".repeat(CHARACTERS), "me", Map.of()));
    var page = journal.after(head, 2);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    push.dispatch(page);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(told.await(1, TimeUnit.MINUTES)).as("everyone who is there was told").isTrue();
    return allocated;
  }

  private ThreadId createThread(Database database, SqlJournal journal) {
    Participants everyone = new Participants((resource, rawIds) -> Set.copyOf(rawIds));
    List<Participants.Wanted> members = new ArrayList<>();
    for (int at = 1; at < ChatLimits.MEMBERS_MAX; at++) {
      members.add(new Participants.Wanted(user(at), "member " + at, null, Map.of()));
    }
    ThreadService threads = new ThreadService(database, store, journal, clock, ids, everyone);
    ThreadService.Created created =
        threads.create(
            RESOURCE, user(0), new ThreadService.NewThread("large", members, Map.of(), null));
    assertThat(created.invalid()).isEmpty();
    return created.thread().id();
  }

  private PushService push(Database database, SqlJournal journal) {
    PushService push =
        new PushService(
            journal,
            List.of(new ChatPush(database, store, new Audience(database, store))),
            new Connections(bearer -> true, clock),
            clock,
            ids,
            Secret.of(new byte[32]));
    push.start();
    return push;
  }

  private Counting join(PushService push, int at) {
    Counting line = new Counting();
    PushService.Allocation place = push.allocate(user(at), "reg", null);
    Device device =
        new Device(
            new UUID(0, 0), RESOURCE, user(at), "reg", 0, clock.now().plus(Duration.ofHours(24)));
    push.claim(push.handshake(device, place.resume())).attach(line);
    push.register(user(at), place.session(), Duration.ofHours(2));
    return line;
  }

  private static String user(long number) {
    return "8:acs:" + RESOURCE + "_" + new UUID(7, number);
  }

  /** A device that takes messages and keeps none. */
  private static final class Counting implements Line {
    private volatile CountDownLatch told = new CountDownLatch(0);

    @Override
    public void deliver(List<Framed> messages, String resume) {
      messages.forEach(message -> told.countDown());
    }

    @Override
    public void signal(long frame, PushMessage message) {}

    @Override
    public void remember(String resume) {}

    @Override
    public void askReconnect() {}

    @Override
    public void end(EndReason reason) {}
  }
}
