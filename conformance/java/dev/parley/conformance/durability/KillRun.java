package dev.parley.conformance.durability;

import dev.parley.conformance.push.ChatUser;
import dev.parley.conformance.push.PushDevice;
import dev.parley.conformance.server.ParleyProcess;
import dev.parley.conformance.server.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Rounds of writing, killing, restarting and checking. A round ends by the count of acknowledged
 * operations, never by time. A device of the first writer is connected all the while, across the
 * kills. Used by one thread.
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
  private int toldLater;

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

  /** Messages that were stored before a kill and that the device was told after it. */
  int toldLater() {
    return toldLater;
  }

  /** Kills the server so many times, and at the end looks at everything once more. */
  void kill(int times) throws Exception {
    try (RawClient client = new RawClient(parley.connection())) {
      for (int count = 0; count < WRITERS; count++) {
        writers.add(ChatUser.create(client));
        guests.add(ChatUser.create(client));
      }
    }
    try (PushDevice device = new PushDevice(writers.getFirst().token(), "listener")) {
      device.connect(parley.connection());
      for (int round = 0; round < times; round++) {
        List<Promises> made = writeUntilKilled();
        promises.addAll(made);
        device.close();
        parley.restart();
        check(made)
            .forEach(thread -> toldLater += texts(thread).size() - device.told(thread.id()).size());
        if (!device.connect(parley.connection())) {
          losses.add("after kill " + (round + 1) + " push began anew");
        }
      }
      List<StoredThread> all = check(promises);
      awaitLastOf(device);
      all.forEach(thread -> toldOnceInOrder(device, thread));
    }
  }

  /** What is sent last is told last: what was not told before it never will be. */
  private void awaitLastOf(PushDevice device) throws Exception {
    ChatUser first = writers.getFirst();
    try (RawClient client = new RawClient(parley.connection())) {
      String thread = first.createThread(client, List.of());
      device.awaitTold(thread, first.send(client, thread, "the end"));
    }
  }

  private void toldOnceInOrder(PushDevice device, StoredThread thread) {
    List<String> told = device.told(thread.id());
    if (!told.equals(texts(thread))) {
      losses.add(thread.id() + ": holds " + texts(thread) + ", but push told " + told);
    }
  }

  /** Ids of its text messages, the oldest first. */
  private static List<String> texts(StoredThread thread) {
    return thread.messages().reversed().stream()
        .filter(message -> message.required("type").asString().equals("text"))
        .map(message -> message.required("id").asString())
        .toList();
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

  private List<StoredThread> check(List<Promises> made) throws Exception {
    List<StoredThread> found = new ArrayList<>();
    try (RawClient client = new RawClient(parley.connection())) {
      for (String thread : made.stream().map(Promises::thread).distinct().toList()) {
        List<Promises> ofThread = made.stream().filter(one -> one.thread().equals(thread)).toList();
        StoredThread stored = StoredThread.read(client, writers.getFirst(), thread);
        losses.addAll(new Checker(stored, ofThread).losses());
        found.add(stored);
      }
    }
    return found;
  }
}
