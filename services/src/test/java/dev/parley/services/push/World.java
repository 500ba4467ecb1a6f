package dev.parley.services.push;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Tx;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.connections.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server with a journal in memory, and clients that keep what the unmodified one keeps. */
final class World implements AutoCloseable {
  static final ResourceId RESOURCE = new ResourceId(new UUID(7, 7));

  /** What happens at the moment when a fact with that body is first expanded. */
  final Map<String, Runnable> during = new ConcurrentHashMap<>();

  final FakeClock clock = new FakeClock();
  final MemoryJournal journal = new MemoryJournal();
  final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final SeededIds ids;
  PushService service;

  World(long seed) {
    this.ids = new SeededIds(seed);
    this.service = newService();
  }

  private PushService newService() {
    PushService fresh =
        new PushService(
            journal,
            List.of(World::toNamedUser, this::interrupt),
            new Connections(bearer -> !revoked.contains(bearer.user()), clock),
            clock,
            ids,
            Secret.of(new byte[32]));
    fresh.start();
    return fresh;
  }

  /** The subject names who gets it, {@code *} all who are there; two messages for each fact. */
  private static void toNamedUser(Entry entry, Push to) {
    String subject = entry.fact().subject();
    for (String user : to.connectedUsers(entry.fact().resource())) {
      if (subject.equals("*") || subject.equals(user)) {
        for (String part : List.of("a", "b")) {
          String body = entry.fact().body() + part;
          to.deliver(
              entry.fact().resource(), user, new PushMessage(200, body, part, entry.position()));
        }
      }
    }
  }

  private void interrupt(Entry entry, Push to) {
    Runnable once = during.remove(entry.fact().body());
    if (once != null) {
      once.run();
    }
  }

  /** Something happens; {@code dispatched} tells live delivery at once. */
  void happens(String user, String body, boolean dispatched) {
    journal.add(new Fact(RESOURCE, "test", user, clock.now(), body));
    if (dispatched) {
      dispatch();
    }
  }

  void dispatch() {
    List<Entry> page = journal.after(service.dispatched(), 100);
    if (!page.isEmpty()) {
      service.dispatch(page);
    }
  }

  /** The process is killed, and another takes over. */
  void restart() {
    service.close();
    service = newService();
  }

  @Override
  public void close() {
    service.close();
  }

  /** A client as the browser's is: it takes a message and keeps its place in one step. */
  final class Client {
    final String user;
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<EndReason> ends = new CopyOnWriteArrayList<>();
    volatile int asked;

    /** Messages of the socket that held what was told. */
    volatile int deliveries;

    private @Nullable String kept;
    private volatile @Nullable Connection connection;

    Client(String user) {
      this.user = user;
    }

    void connect() {
      PushService.Allocation allocation = service.allocate(user, "reg", kept);
      kept = allocation.resume();
      Device device =
          new Device(
              new UUID(0, 0), RESOURCE, user, "reg", 0, clock.now().plus(Duration.ofHours(24)));
      String sid = service.handshake(device, kept);
      Connection fresh = new Connection();
      connection = fresh;
      fresh.session = service.claim(sid).attach(fresh);
      service.register(user, allocation.session(), Duration.ofHours(2));
    }

    /** The next {@code frames} frames still come through, then the network is gone for good. */
    void cutAfter(int frames) {
      Connection current = connection;
      if (current != null && current.left > frames) {
        current.left = frames;
      }
    }

    void disconnect() {
      Connection current = connection;
      if (current != null && current.session != null) {
        current.left = 0;
        current.session.over(EndReason.LEFT);
      }
    }

    void ping() {
      Connection current = connection;
      if (current != null && current.session != null) {
        current.session.alive();
      }
    }

    void answerAll() {
      Connection current = connection;
      if (current != null && current.session != null) {
        Session session = current.session;
        List<Long> frames = List.copyOf(current.open);
        current.open.clear();
        frames.forEach(session::answered);
      }
    }

    /** One socket; answers are given by {@link #answerAll}, since the session is locked. */
    private final class Connection implements Line {
      private final List<Long> open = new CopyOnWriteArrayList<>();
      private volatile int left = Integer.MAX_VALUE;
      private volatile @Nullable Session session;

      @Override
      public void deliver(List<Framed> messages, String resume) {
        if (left-- > 0) {
          deliveries++;
          messages.forEach(one -> {
            told.add(one.message().bodyLiteral());
            open.add(one.frame());
          });
          kept = resume;
        }
      }

      @Override
      public void signal(long frame, PushMessage message) {
        if (left-- > 0) {
          told.add(message.bodyLiteral());
          open.add(frame);
        }
      }

      @Override
      public void remember(String resume) {
        if (left > 0) {
          kept = resume;
        }
      }

      @Override
      public void askReconnect() {
        asked++;
      }

      @Override
      public void end(EndReason reason) {
        left = 0;
        ends.add(reason);
      }
    }
  }

  /** The journal, in memory. */
  static final class MemoryJournal implements Journal {
    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(Fact fact) {
      entries.add(new Entry(entries.size() + 1L, fact));
    }

    @Override
    public long append(Tx tx, Fact fact) {
      throw new UnsupportedOperationException("tests add");
    }

    @Override
    public synchronized List<Entry> after(long position, int limit) {
      int from = (int) Math.min(position, entries.size());
      return List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
    }

    @Override
    public int eraseSubject(Tx tx, ResourceId resource, String subject) {
      throw new UnsupportedOperationException("tests erase nothing");
    }

    @Override
    public synchronized long head() {
      return entries.size();
    }
  }

  /** Runs {@code call} and gives its refusal. */
  static PushRefusal refusal(Runnable call) {
    try {
      call.run();
    } catch (Refused refused) {
      return (PushRefusal) refused.refusal();
    }
    throw new AssertionError("nothing was refused");
  }
}
