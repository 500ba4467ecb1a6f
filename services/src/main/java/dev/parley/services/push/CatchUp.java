package dev.parley.services.push;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal again for devices that come back, one pass for all that wait, so that a storm
 * of reconnects costs no more than the one that stayed away longest. Owns one virtual thread; the
 * batch belongs to it.
 */
final class CatchUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Journal journal;
  private final PushService service;
  private final Clock clock;

  /** Bounded by the number of sessions: each is in it at most once. */
  private final BlockingQueue<Session> waiting = new LinkedBlockingQueue<>();

  private final Thread thread;

  CatchUp(Journal journal, PushService service, Clock clock) {
    this.journal = journal;
    this.service = service;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("push-catch-up").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void add(Session session) {
    waiting.add(session);
  }

  private void run() {
    List<Session> batch = new ArrayList<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (batch.isEmpty()) {
          batch.add(waiting.take());
        }
        waiting.drainTo(batch);
        new Pass(batch).run();
        batch.clear();
      } catch (InterruptedException closing) {
        return;
      } catch (RuntimeException failed) {
        LOG.warn("catching up of {} sessions failed and is tried again", batch.size(), failed);
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean pause() {
    try {
      clock.sleep(PAUSE_AFTER_FAILURE);
      return true;
    } catch (InterruptedException closing) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** One pass through the journal. */
  private final class Pass implements Expansion.Audience {
    private final Map<Session, Integer> rounds = new HashMap<>();
    private Map<ResourceId, Map<String, Set<Session>>> byUser = Map.of();
    private long position = Long.MAX_VALUE;
    private boolean shrunk;

    /** Sessions that were offered something of this page. */
    private final Set<Session> told = new HashSet<>();

    Pass(List<Session> batch) {
      for (Session session : batch) {
        Session.Round round = session.round();
        if (round != null) {
          rounds.put(session, round.number());
          position = Math.min(position, before(round.from()));
        }
      }
    }

    /** A fact of which only a part was delivered is read again. */
    private static long before(Cursor cursor) {
      return cursor.count() == Integer.MAX_VALUE ? cursor.position() : cursor.position() - 1;
    }

    void run() {
      index();
      while (!rounds.isEmpty()) {
        List<Entry> page = journal.after(position, PushLimits.PAGE);
        expand(page);
        if (page.size() < PushLimits.PAGE) {
          service.whileDispatchRests(this::join);
          return;
        }
      }
    }

    /** Live delivery rests: what it has passed meanwhile is read, then it takes over. */
    private void join() {
      while (position < service.dispatched() && !rounds.isEmpty()) {
        List<Entry> page = journal.after(position, PushLimits.PAGE);
        if (page.isEmpty()) {
          break;
        }
        expand(page);
      }
      Cursor upTo = Cursor.through(Math.max(position, service.dispatched()));
      rounds.forEach((session, round) -> session.caughtUp(upTo, round));
    }

    private void expand(List<Entry> page) {
      try {
        expandEach(page);
      } finally {
        told.forEach(Session::flush);
        told.clear();
      }
    }

    /** Ends early when all sessions have left: their windows are full. */
    private void expandEach(List<Entry> page) {
      for (Entry entry : page) {
        if (rounds.isEmpty()) {
          return;
        }
        if (byUser.containsKey(entry.fact().resource())) {
          service.expand(new Expansion(entry, this), entry);
        }
        position = entry.position();
        if (shrunk) {
          index();
        }
      }
    }

    @Override
    public void offer(Session session, Cursor after, PushMessage message) {
      told.add(session);
      Integer round = rounds.get(session);
      if (round != null && !session.replay(after, message, round)) {
        rounds.remove(session);
        shrunk = true;
      }
    }

    private void index() {
      Map<ResourceId, Map<String, Set<Session>>> index = new HashMap<>();
      rounds.keySet().stream()
          .collect(Collectors.groupingBy(session -> session.device().resource()))
          .forEach((resource, some) -> index.put(resource, byUser(some)));
      byUser = index;
      shrunk = false;
    }

    private static Map<String, Set<Session>> byUser(List<Session> some) {
      return some.stream()
          .collect(
              Collectors.groupingBy(
                  session -> session.device().user(), Collectors.toUnmodifiableSet()));
    }

    @Override
    public Set<String> users(ResourceId resource) {
      return byUser.getOrDefault(resource, Map.of()).keySet();
    }

    @Override
    public Set<Session> sessions(ResourceId resource, String user) {
      return byUser.getOrDefault(resource, Map.of()).getOrDefault(user, Set.of());
    }
  }
}
