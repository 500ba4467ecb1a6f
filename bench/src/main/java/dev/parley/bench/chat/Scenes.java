package dev.parley.bench.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What Parley does alone: each scene starts a server of its own and gives lines of the report. */
final class Scenes {
  private static final int OPENERS = 8;
  private final Path folder;
  private final Path log;
  private int servers;

  Scenes(Path folder, Path log) {
    this.folder = folder;
    this.log = log;
  }

  private Parley parley() {
    return Parley.start(folder.resolve("scene-" + servers++), log, List.of());
  }

  private static Supplier<Consumer<String>> into(Latencies heard) {
    return () ->
        text -> {
          long since = Pace.since(text);
          if (since >= 0) {
            heard.add(since);
          }
        };
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * Groups of members who are all online, messages at a steady rate over all groups.
   *
   * @param perSecond messages of all groups together
   * @param seconds that are measured; as many seconds warm up before
   */
  record Steady(int groups, int members, int perSecond, int seconds) {
    int messages() {
      return perSecond * seconds;
    }

    int deliveries() {
      return messages() * members;
    }
  }

  /** Warms up and measures: a row of the report. */
  String steady(Steady scene) {
    try (Parley parley = parley()) {
      List<Parley.User> users = parley.users(scene.groups() * scene.members());
      List<Pace.Target> targets = new ArrayList<>();
      for (int group = 0; group < scene.groups(); group++) {
        int first = group * scene.members();
        List<Parley.User> ofGroup = users.subList(first, first + scene.members());
        targets.add(new Pace.Target(parley.thread(ofGroup), ofGroup.getFirst()));
      }
      paced(parley, users, targets, scene);
      return paced(parley, users, targets, scene);
    }
  }

  private static String paced(
      Parley parley, List<Parley.User> users, List<Pace.Target> targets, Steady scene) {
    Latencies heard = new Latencies(scene.deliveries());
    Latencies acknowledged = new Latencies(scene.messages());
    try (Crowd crowd = Crowd.open(parley, Crowd.seats(users), OPENERS, into(heard))) {
      Elsewhere elsewhere = new Elsewhere();
      double cpu = parley.tree().cpuSeconds();
      long begin = System.nanoTime();
      Pace.run(parley, targets, scene.perSecond(), scene.messages(), acknowledged);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      Pace.await(heard, scene.deliveries());
      cpu = parley.tree().cpuSeconds() - cpu;
      return line(
          "| %,d × %,d | %,.0f | %,.0f | %s | %s | %,d of %,d | %.0f | %.0f %% |",
          scene.groups(),
          crowd.again().size() / scene.groups(),
          scene.messages() / seconds,
          scene.deliveries() / seconds,
          acknowledged.summary(),
          heard.summary(),
          heard.count(),
          scene.deliveries(),
          cpu / heard.count() * 1e6,
          elsewhere.share(cpu) * 100);
    }
  }

  /** Registered sockets of as many users, which then hear nothing. */
  String idle(int sockets) {
    try (Parley parley = parley()) {
      List<Parley.User> users = parley.users(sockets);
      try (Crowd warm = Crowd.open(parley, Crowd.seats(users.subList(0, 200)), OPENERS, none())) {
        warm.again();
      }
      long heap = parley.liveHeapBytes();
      long resident = parley.tree().residentBytes();
      long begin = System.nanoTime();
      try (Crowd crowd = Crowd.open(parley, Crowd.seats(users), OPENERS, none())) {
        double seconds = (System.nanoTime() - begin) * 1e-9;
        double heapEach = (parley.liveHeapBytes() - heap) / (double) sockets / 1024;
        double residentEach = (parley.tree().residentBytes() - resident) / (double) sockets / 1024;
        int open = crowd.again().size();
        return line(
            "| %,d | %.0f | %.1f KB | %.1f KB |", open, open / seconds, heapEach, residentEach);
      }
    }
  }

  private static Supplier<Consumer<String>> none() {
    return () -> text -> {};
  }

  /** All sockets of a thread are cut at once, a message is sent, and all come back at once. */
  String storm(int sockets) {
    try (Parley parley = parley()) {
      List<Parley.User> users = parley.users(sockets);
      Parley.User sender = users.getFirst();
      String thread = parley.thread(users);
      Latencies heard = new Latencies(2 * sockets);
      List<Crowd.Seat> seats;
      try (Crowd crowd = Crowd.open(parley, Crowd.seats(users), OPENERS, into(heard))) {
        send(parley, thread, sender);
        Pace.await(heard, sockets);
        seats = crowd.again();
      }
      send(parley, thread, sender);
      double cpu = parley.tree().cpuSeconds();
      long begin = System.nanoTime();
      try (Crowd back = Crowd.open(parley, seats, 64, into(heard))) {
        double seconds = (System.nanoTime() - begin) * 1e-9;
        boolean all = Pace.await(heard, 2 * sockets);
        double told = (System.nanoTime() - begin) * 1e-9;
        cpu = parley.tree().cpuSeconds() - cpu;
        return line(
            "| %,d | %.1f s | %s | %.0f | %.2f ms |",
            back.again().size(),
            seconds,
            all ? line("%.1f s, all once", told) : "only " + (heard.count() - sockets),
            sockets / seconds,
            cpu / sockets * 1e3);
      }
    }
  }

  private static void send(Parley parley, String thread, Parley.User sender) {
    Pace.run(parley, List.of(new Pace.Target(thread, sender)), 1, 1, new Latencies(1));
  }
}
