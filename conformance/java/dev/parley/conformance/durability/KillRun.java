package dev.parley.conformance.durability;

import dev.parley.conformance.server.ParleyProcess;
import dev.parley.conformance.server.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Rounds of writing, killing, restarting and checking. A round ends by the count of acknowledged
 * operations, never by time. Used by one thread.
 */
final class KillRun {

  private static final int WRITERS = 8;
  private static final int THREADS = 2;
  private static final int ACKNOWLEDGED_MIN = 120;
  private static final int ACKNOWLEDGED_MAX = 280;
  private static final long ROUND_SECONDS_MAX = 120;

  private final ParleyProcess parley;
  private final SplittableRandom random;
  private final List<ChatUser> writers = new ArrayList<>();
  private final List<ChatUser> guests = new ArrayList<>();
  private final List<Promises> promises = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();

  KillRun(ParleyProcess parley, long seed) {
    this.parley = parley;
    this.random = new SplittableRandom(seed);
  }

  /** Operations that the server acknowledged so far. */
  int acknowledged() {
    return promises.stream().mapToInt(Promises::acknowledged).sum();
  }

  /** Every way in which the server was found not to have kept a promise; one line each. */
  List<String> losses() {
    return losses;
  }

  /** Kills the server so many times, and at the end looks at everything once more. */
  void kill(int times) throws Exception {
    try (RawClient client = new RawClient(parley.connection())) {
      for (int count = 0; count < WRITERS; count++) {
        writers.add(ChatUser.create(client));
        guests.add(ChatUser.create(client));
      }
    }
    for (int round = 0; round < times; round++) {
      List<Promises> made = writeUntilKilled();
      promises.addAll(made);
      parley.restart();
      check(made);
    }
    check(promises);
  }

  private List<Promises> writeUntilKilled() throws Exception {
    List<String> threads = new ArrayList<>();
    try (RawClient client = new RawClient(parley.connection())) {
      for (int count = 0; count < THREADS; count++) {
        threads.add(writers.getFirst().createThread(client, writers));
      }
    }
    Semaphore acknowledged = new Semaphore(0);
    List<Writer> round = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int number = 0; number < WRITERS; number++) {
      Promises promises =
          new Promises(
              threads.get(number % THREADS), number, writers.get(number), guests.get(number));
      Writer writer = new Writer(parley.connection(), promises, acknowledged, random.split());
      round.add(writer);
      running.add(Thread.ofPlatform().name("writer-" + number).start(writer));
    }
    int wanted = random.nextInt(ACKNOWLEDGED_MIN, ACKNOWLEDGED_MAX);
    boolean reached = acknowledged.tryAcquire(wanted, ROUND_SECONDS_MAX, TimeUnit.SECONDS);
    parley.kill();
    for (Thread thread : running) {
      thread.join();
    }
    round.forEach(writer -> losses.addAll(writer.refusals()));
    if (!reached && losses.isEmpty()) {
      losses.add(wanted + " operations took longer than " + ROUND_SECONDS_MAX + " s");
    }
    return round.stream().map(Writer::promises).toList();
  }

  private void check(List<Promises> made) throws Exception {
    try (RawClient client = new RawClient(parley.connection())) {
      for (String thread : made.stream().map(Promises::thread).distinct().toList()) {
        List<Promises> ofThread = made.stream().filter(one -> one.thread().equals(thread)).toList();
        StoredThread stored = StoredThread.read(client, writers.getFirst(), thread);
        losses.addAll(new Checker(stored, ofThread).losses());
      }
    }
  }
}
