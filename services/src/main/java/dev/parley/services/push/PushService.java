package dev.parley.services.push;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Journal;
import dev.parley.services.connections.Connections;
import dev.parley.services.push.ResumeTokens.Resume;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Use cases of push: allocate, shake hands, attach a socket, register, deliver. It remembers only
 * who is connected now; how far each client has come is in the word that the client keeps.
 */
public final class PushService implements Push, AutoCloseable {
  private final Journal journal;
  private final List<PushSource> sources;
  private final Connections connections;
  private final Clock clock;
  private final Ids ids;
  private final ResumeTokens tokens;
  private final Handshakes handshakes;
  private final Registry registry = new Registry();
  private final Farewells farewells = new Farewells(PushLimits.FAREWELLS_MAX);
  private final Budget budget = new Budget(PushLimits.BUDGET_BYTES);
  private final CatchUp catchUp;

  /** Held while one page is dispatched, and while sessions join live delivery. */
  private final ReentrantLock dispatching = new ReentrantLock();

  private final Everyone everyone = new Everyone();
  private volatile long dispatched;
  private volatile boolean closed;

  /**
   * @param sources of the features whose facts are pushed
   * @param connections in which its sessions stand
   * @param key signs what clients keep; a restart needs the same one
   */
  public PushService(
      Journal journal,
      List<PushSource> sources,
      Connections connections,
      Clock clock,
      Ids ids,
      Secret<byte[]> key) {
    this.journal = journal;
    this.sources = List.copyOf(sources);
    this.connections = connections;
    this.clock = clock;
    this.ids = ids;
    this.tokens = new ResumeTokens(key);
    this.handshakes = new Handshakes(clock, ids);
    this.dispatched = journal.head();
    this.catchUp = new CatchUp(journal, this, clock);
  }

  /** Starts the threads and timers. */
  public void start() {
    catchUp.start();
    scheduleSweep();
  }

  /**
   * A place for a connection.
   *
   * @param session stays the same when a client resumes
   * @param resume what the client is to keep
   */
  public record Allocation(UUID session, String resume) {}

  /**
   * Gives a client its place: the old one when it brings a word of its own that is not too old,
   * else a new one that begins with what happens from now on. A client that had unregistered begins
   * anew too: it did not want what happened meanwhile, though it kept its word.
   *
   * @param registration the client's own id of its registration, or empty
   */
  public Allocation allocate(String user, String registration, @Nullable String resume) {
    boolean stopped = farewells.forget(user, registration);
    Resume place =
        (stopped ? Optional.<Resume>empty() : resumed(user, resume)).orElseGet(this::newPlace);
    return new Allocation(place.session(), tokens.sign(place, user));
  }

  private Resume newPlace() {
    return new Resume(ids.uuid(), Cursor.through(dispatched), clock.now());
  }

  private Optional<Resume> resumed(String user, @Nullable String resume) {
    return Optional.ofNullable(resume)
        .flatMap(word -> tokens.read(word, user))
        .filter(place -> place.issuedAt().plus(PushLimits.RESUME_LIFE).isAfter(clock.now()))
        .filter(place -> place.cursor().position() + PushLimits.RESUME_ENTRIES_MAX >= dispatched);
  }

  /**
   * Opens a handshake for the socket that follows, and gives its secret id.
   *
   * @param device its session is replaced by the one that {@code resume} names
   */
  public String handshake(Device device, @Nullable String resume) {
    if (registry.of(device.user()).size() >= PushLimits.SESSIONS_PER_USER_MAX) {
      throw new Refused(new PushRefusal.TooManyDevices(PushLimits.SESSIONS_PER_USER_MAX));
    }
    Resume place = resumed(device.user(), resume).orElseGet(this::newPlace);
    Device placed =
        new Device(
            place.session(),
            device.resource(),
            device.user(),
            device.registration(),
            device.tokenEpoch(),
            device.tokenExpires());
    return handshakes.begin(placed, place.cursor());
  }

  /** A handshake that its socket has claimed. */
  public final class Claim {
    private final Handshakes.Handshake handshake;

    private Claim(Handshakes.Handshake handshake) {
      this.handshake = handshake;
    }

    public UUID session() {
      return handshake.device().session();
    }

    /** Connects the device; {@code line} may be ended before this returns. */
    public Session attach(Line line) {
      return PushService.this.attach(handshake, line);
    }
  }

  /** Claims a handshake for its socket; refuses one that is unknown, used or expired. */
  public Claim claim(String handshake) {
    return new Claim(handshakes.take(handshake));
  }

  private Session attach(Handshakes.Handshake handshake, Line line) {
    Device device = handshake.device();
    Session session = new Session(device, line, handshake.cursor(), this, clock);
    Session old = registry.add(session);
    if (old != null) {
      old.over(EndReason.REPLACED);
    }
    session.enter(connections);
    if (closed) {
      session.over(EndReason.STOPPED);
    }
    return session;
  }

  /**
   * Registers a connected device for delivery, or renews it.
   *
   * @param session that the registration's path names
   */
  public void register(String user, UUID session, Duration life) {
    Session found = registry.find(session);
    if (found == null || !found.device().user().equals(user)) {
      throw new Refused(new PushRefusal.UnknownConnection());
    }
    Duration granted =
        life.compareTo(PushLimits.REGISTRATION_LIFE_MAX) > 0
            ? PushLimits.REGISTRATION_LIFE_MAX
            : life;
    registry.register(found);
    found.registered(clock.now().plus(granted));
    if (!found.isRegistered()) {
      registry.unregister(found);
    }
  }

  /** Ends delivery to the user's device of that registration; without effect when there is none. */
  public void unregister(String user, String registration) {
    farewells.remember(user, registration);
    for (Session session : registry.of(user)) {
      if (session.device().registration().equals(registration)) {
        registry.unregister(session);
        session.unregistered();
      }
    }
  }

  /** Takes pages of the journal in order; the reader of the journal calls it. */
  public void dispatch(List<Entry> page) {
    dispatching.lock();
    try {
      for (Entry entry : page) {
        expand(new Expansion(entry, everyone), entry);
        dispatched = Math.max(dispatched, entry.position());
      }
    } finally {
      everyone.flush();
      dispatching.unlock();
    }
  }

  void expand(Push to, Entry entry) {
    for (PushSource source : sources) {
      source.push(entry, to);
    }
  }

  void whileDispatchRests(Runnable work) {
    dispatching.lock();
    try {
      work.run();
    } finally {
      dispatching.unlock();
    }
  }

  /** All entries up to here were offered to every session that is live. */
  long dispatched() {
    return dispatched;
  }

  /**
   * Sends a signal to who is there; facts reach their devices through {@link PushSource} only.
   *
   * @throws IllegalArgumentException for a message that has a position
   */
  @Override
  public void deliver(ResourceId resource, String userRawId, PushMessage message) {
    if (message.position() != PushMessage.EPHEMERAL) {
      throw new IllegalArgumentException("facts are delivered by their PushSource");
    }
    for (Session session : registry.registered(resource, userRawId)) {
      session.signal(message);
    }
  }

  @Override
  public boolean isConnected(ResourceId resource, String userRawId) {
    return !registry.registered(resource, userRawId).isEmpty();
  }

  @Override
  public Set<String> connectedUsers(ResourceId resource) {
    return registry.registeredUsers(resource);
  }

  @Override
  public void close(ResourceId resource, String userRawId) {
    for (Session session : registry.of(userRawId)) {
      if (session.device().resource().equals(resource)) {
        session.unauthorized();
      }
    }
  }

  /** Sessions that are connected, for metrics. */
  public int connected() {
    return registry.size();
  }

  /** Bytes that all devices have not answered yet, for metrics. */
  public long unansweredBytes() {
    return budget.taken();
  }

  Budget budget() {
    return budget;
  }

  String resume(Device device, Cursor cursor) {
    return tokens.sign(new Resume(device.session(), cursor, clock.now()), device.user());
  }

  void catchUp(Session session) {
    catchUp.add(session);
  }

  void registrationExpired(Session session) {
    registry.unregister(session);
  }

  void ended(Session session) {
    registry.remove(session);
  }

  private void scheduleSweep() {
    if (!closed) {
      clock.after(PushLimits.SWEEP, this::sweep);
    }
  }

  private void sweep() {
    handshakes.forgetExpired();
    Instant now = clock.now();
    registry.all().forEach(session -> session.sweep(now));
    scheduleSweep();
  }

  /**
   * Asks all clients to reconnect once they answered what they were sent, waits for that at most
   * {@code patience}, and ends all sessions.
   */
  public void stop(Duration patience) {
    closed = true;
    registry.all().forEach(Session::stopping);
    for (long left = patience.toMillis(); left > 0 && isAnyBusy(); left -= 10) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    close();
  }

  private boolean isAnyBusy() {
    return !registry.all().stream().allMatch(Session::isQuiet);
  }

  @Override
  public void close() {
    closed = true;
    catchUp.close();
    registry.all().forEach(session -> session.over(EndReason.STOPPED));
  }

  /** All who are registered; used while dispatching, under its lock. */
  private final class Everyone implements Expansion.Audience {
    private final Set<Session> told = new HashSet<>();

    /** What the page had for a device goes out together. */
    void flush() {
      told.forEach(Session::flush);
      told.clear();
    }

    @Override
    public Set<String> users(ResourceId resource) {
      return registry.registeredUsers(resource);
    }

    @Override
    public Set<Session> sessions(ResourceId resource, String user) {
      return registry.registered(resource, user);
    }

    @Override
    public void offer(Session session, Cursor after, PushMessage message) {
      session.offer(after, message);
      told.add(session);
    }
  }
}
