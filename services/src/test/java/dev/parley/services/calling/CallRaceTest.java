package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.Refused;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.calling.sql.SqlCallStore;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at once, on the owners' own threads: whatever the order, the sums are right. */
class CallRaceTest {
  private static final CallLocator GROUP = new CallLocator.Group(new UUID(7, 7).toString());

  private final FakeClock clock = new FakeClock();
  private final SeededIds ids = new SeededIds(5);
  private final FakeClients clients = new FakeClients();
  private final MemoryJournal journal = new MemoryJournal();

  private CallService memory() {
    CallService calls =
        new CallService(
            new LockedDatabase(new MemoryDatabase()),
            new MemoryCallStore(),
            journal,
            clock,
            ids,
            new FakeRooms());
    calls.open(clients, new FakeMedia());
    return calls;
  }

  private CallClient client(int user) {
    CallClient client =
        new CallClient(new ClientId(ids.uuid()), CallWalk.RESOURCE, CallWalk.user(user), "", true);
    clients.rings(client);
    return client;
  }

  /** All at the same moment; gives how many were not refused. */
  private static int together(List<Runnable> some) throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (Runnable one : some) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  start.await();
                  one.run();
                  done.incrementAndGet();
                } catch (Refused refused) {
                  assertThat(refused.refusal()).isInstanceOf(CallRefusal.class);
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return done.get();
  }

  private long facts(List<Entry> entries, String type) {
    return entries.stream().map(Entry::fact).map(Fact::type).filter(type::equals).count();
  }

  private void assertBalanced(List<Entry> entries) {
    assertThat(facts(entries, CallFacts.CALL_ENDED))
        .isEqualTo(facts(entries, CallFacts.CALL_STARTED));
    assertThat(facts(entries, CallFacts.PARTICIPANT_REMOVED))
        .isEqualTo(facts(entries, CallFacts.PARTICIPANT_ADDED));
  }

  @Test
  void oneOfManyDevicesAnswers() throws InterruptedException {
    CallService calls = memory();
    for (int round = 0; round < 50; round++) {
      CallClient ann = client(1);
      List<CallClient> devices = List.of(client(2), client(2), client(2));
      CallId call = calls.start(ann, List.of(CallWalk.user(2)), false, false, "").id();
      List<Runnable> answers = new ArrayList<>();
      devices.forEach(device -> answers.add(() -> calls.accept(device, call, false, false)));
      assertThat(together(answers)).isEqualTo(1);
      calls.act(ann, call, new CallAction.HangUp(false));
      devices.forEach(clients::isGone);
    }
    assertThat(calls.registry().size()).isZero();
    assertBalanced(journal.after(0, 10_000));
  }

  @Test
  void answerAndCancelLeaveNoHalfCall() throws InterruptedException {
    CallService calls = memory();
    for (int round = 0; round < 50; round++) {
      CallClient ann = client(1);
      CallClient bob = client(2);
      CallId call = calls.start(ann, List.of(CallWalk.user(2)), false, false, "").id();
      together(
          List.of(
              () -> calls.accept(bob, call, false, false),
              () -> calls.act(ann, call, new CallAction.HangUp(false))));
      assertThat(calls.registry().of(call)).isEmpty();
      clients.isGone(bob);
    }
    assertBalanced(journal.after(0, 10_000));
  }

  @Test
  void clientThatLeavesWhileItJoinsLeavesNoGhost() throws InterruptedException {
    CallService calls = memory();
    for (int round = 0; round < 100; round++) {
      CallClient ann = client(1);
      together(
          List.of(
              () -> calls.join(ann, GROUP, false, false),
              () -> calls.left(ann, EndReason.HUNG_UP)));
      // What the owner was told last is done when it answers something later.
      calls.registry().all().forEach(driver -> driver.settle(new CallEvent.Speaking(List.of())));
      assertThat(calls.registry().of(CallWalk.RESOURCE, ann.user())).isEmpty();
    }
    assertBalanced(journal.after(0, 10_000));
  }

  @Test
  void joinsAndLeavesOfOneGroupOnADatabase(@TempDir Path folder) throws InterruptedException {
    try (TestStore test = TestStore.sqlite(folder)) {
      CallService calls =
          new CallService(
              test.database,
              new SqlCallStore(),
              test.journal,
              test.clock,
              test.ids,
              new FakeRooms());
      calls.open(clients, new FakeMedia());
      List<Runnable> lives = new ArrayList<>();
      for (int user = 0; user < 50; user++) {
        CallClient client = client(user);
        lives.add(() -> {
          for (int round = 0; round < 4; round++) {
            CallId call = calls.join(client, GROUP, false, false).id();
            calls.act(client, call, new CallAction.HangUp(false));
          }
        });
      }
      assertThat(together(lives)).isEqualTo(50);
      assertThat(calls.registry().size()).isZero();
      assertBalanced(test.journal.after(0, 10_000));
      assertThat(facts(test.journal.after(0, 10_000), CallFacts.PARTICIPANT_ADDED)).isEqualTo(200);
      calls.close();
    }
  }
}
