package dev.parley.bench.chat;

import dev.parley.bench.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages at a steady rate that does not wait for the server: each has its moment, and whoever is
 * late counts from that moment. Senders are platform threads with a connection each.
 */
final class Pace {
  private static final String MARK = "due=";

  private Pace() {}

  /**
   * Where messages go.
   *
   * @param thread the id of the thread
   * @param user who sends
   */
  record Target(String thread, Parley.User user) {}

  /**
   * Sends {@code count} messages in all, and returns when all are acknowledged.
   *
   * @param perSecond of all senders together
   * @param acknowledged gets the time from a message's moment to its answer
   */
  static void run(
      Parley parley, List<Target> targets, int perSecond, int count, Latencies acknowledged) {
    int senders = Math.min(targets.size(), 32);
    long step = TimeUnit.SECONDS.toNanos(1) / perSecond;
    CountDownLatch ready = new CountDownLatch(senders);
    long[] begin = {0};
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      int first = sender;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Client client = new Client(parley.endpoint())) {
                  ready.countDown();
                  go.await();
                  for (int at = first; at < count; at += senders) {
                    long due = begin[0] + at * step;
                    waitUntil(due);
                    send(client, targets.get(at % targets.size()), due);
                    acknowledged.add(System.nanoTime() - due);
                  }
                } catch (InterruptedException hurry) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    try {
      ready.await();
      begin[0] = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurry);
    }
  }

  private static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Sends a message of 200 characters that says when it was due. */
  private static void send(Client client, Target target, long due) {
    String mark = MARK + due + " ";
    String content = mark + "x".repeat(200 - mark.length());
    client.bearer(
        "POST",
        "/chat/threads/" + target.thread() + "/messages" + Parley.VERSION,
        target.user().token(),
        "{\"content\":\"" + content + "\",\"type\":\"text\"}");
  }

  /** Nanoseconds from the moment that a message was due until now; negative for none of ours. */
  static long since(String text) {
    int at = text.indexOf(MARK);
    if (at < 0) {
      return -1;
    }
    int from = at + MARK.length();
    return System.nanoTime() - Long.parseLong(text.substring(from, text.indexOf(' ', from)));
  }

  /** Waits until so many are there, at most a minute; gives whether they are. */
  static boolean await(Latencies heard, int count) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (heard.count() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return heard.count() >= count;
  }
}
