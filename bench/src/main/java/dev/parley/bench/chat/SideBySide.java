package dev.parley.bench.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The same load on any {@link Group}: so many members of one group are online, some of them send,
 * each its next message as soon as the last is acknowledged. A window ends when every member heard
 * every message, and the processor time is that of the whole window.
 */
final class SideBySide {
  /** In every message, so that listeners know them. */
  static final String MARK = "benchmark-";

  private static final int CHARACTERS = 200;

  /**
   * Half a minute under load: a third of the CPU time of the tenth second is still the compiler's.
   */
  private static final double WARM_UP_SECONDS = 30;

  private final int members;
  private final int senders;
  private final double seconds;

  SideBySide(int members, int senders, double seconds) {
    this.members = members;
    this.senders = senders;
    this.seconds = seconds;
  }

  /**
   * What a window showed; {@code heard} is complete or the server lost something.
   *
   * @param seconds until the last acknowledgement
   * @param elsewhere share of the machine that others took
   */
  record Figures(long sent, long heard, double seconds, double cpuSeconds, double elsewhere) {
    double perCpuSecond() {
      return sent / cpuSeconds;
    }
  }

  /** Warms up until what compiles as it runs has done so, then measures. */
  Figures run(Group group) {
    window(group, Math.max(WARM_UP_SECONDS, seconds));
    return window(group, seconds);
  }

  private Figures window(Group group, double seconds) {
    long heardBefore = group.heard();
    Elsewhere elsewhere = new Elsewhere();
    double cpu = group.cpuSeconds();
    long begin = System.nanoTime();
    long sent = send(group, seconds);
    double elapsed = (System.nanoTime() - begin) * 1e-9;
    drain(group, heardBefore + sent * members);
    double used = group.cpuSeconds() - cpu;
    return new Figures(sent, group.heard() - heardBefore, elapsed, used, elsewhere.share(used));
  }

  private long send(Group group, double seconds) {
    AtomicLong sent = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      int member = sender;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                while (!over.get()) {
                  group.send(member, text(sent.incrementAndGet()));
                }
              }));
    }
    LockSupport.parkNanos((long) (seconds * 1e9));
    over.set(true);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurry);
    }
    return sent.get();
  }

  private static String text(long number) {
    String mark = MARK + number + "-";
    return mark + "x".repeat(CHARACTERS - mark.length());
  }

  private static void drain(Group group, long wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (group.heard() < wanted && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** A row of the report's table. */
  String row(String server, Figures figures) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %,.0f | %,d of %,d | %.0f %% |",
        server,
        figures.sent() / figures.seconds(),
        figures.perCpuSecond(),
        figures.heard() / figures.cpuSeconds(),
        figures.heard(),
        figures.sent() * members,
        figures.elsewhere() * 100);
  }
}
