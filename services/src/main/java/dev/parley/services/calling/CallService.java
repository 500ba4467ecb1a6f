package dev.parley.services.calling;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.services.calling.CallEvent.Invitation;
import dev.parley.services.calling.CallEvent.Seat;
import dev.parley.services.calling.CallView.Access;
import dev.parley.services.calling.CallView.Person;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Use cases of calls: finds the call, asks its owner, and gives the answer. Safe for all threads.
 * It works from {@link #open} on.
 */
public final class CallService implements Calls, AutoCloseable {
  /** Calling this user alone gives a call that plays back what is said. */
  public static final String ECHO_USER = "8:echo123";

  private final Database database;
  private final CallStore store;
  private final CallFacts facts;
  private final Clock clock;
  private final Ids ids;
  private final CallRooms rooms;
  private final CallPorts.Turns turns;
  private final CallRegistry registry = new CallRegistry();
  private volatile @Nullable CallPorts ports;

  public CallService(
      Database database, CallStore store, Journal journal, Clock clock, Ids ids, CallRooms rooms) {
    this(database, store, journal, clock, ids, rooms, CallPorts.Turns.threads());
  }

  CallService(
      Database database,
      CallStore store,
      Journal journal,
      Clock clock,
      Ids ids,
      CallRooms rooms,
      CallPorts.Turns turns) {
    this.database = database;
    this.store = store;
    this.facts = new CallFacts(journal);
    this.clock = clock;
    this.ids = ids;
    this.rooms = rooms;
    this.turns = turns;
  }

  /** Takes up the calls that were under way when the server stopped, and begins to work. */
  public void open(CallClients clients, CallMedia media) {
    CallPorts opened = new CallPorts(database, store, facts, clock, ids, clients, media, turns);
    ports = opened;
    Optional<CallId> after = Optional.empty();
    List<CallStore.CallRecord> page;
    do {
      Optional<CallId> from = after;
      page =
          database.read(
              "calling.recover",
              reading -> store.active(reading, from, CallLimits.RECOVERED_PER_READ));
      for (CallStore.CallRecord stored : page) {
        CallDriver driver = CallDriver.of(stored, opened, registry);
        registry.addRecovered(driver, stored);
        driver.offer(new CallEvent.Recovered());
        after = Optional.of(stored.header().id());
      }
    } while (page.size() == CallLimits.RECOVERED_PER_READ);
  }

  private CallPorts ports() {
    CallPorts opened = ports;
    if (opened == null) {
      throw new IllegalStateException("calls are not open yet");
    }
    return opened;
  }

  /** What is to be told of media. */
  public CallMedia.Listener listener() {
    return new CallMediaEvents(registry, this::ports);
  }

  CallRegistry registry() {
    return registry;
  }

  @Override
  public CallView start(
      CallClient client, List<String> users, boolean muted, boolean video, String threadId) {
    if (!client.mayStart()) {
      throw new Refused(new CallRefusal.Forbidden("voip"));
    }
    CallRules.requireName(client.displayName());
    List<String> called = CallRules.requireCallable(client, users);
    requireFewCalls(client);
    CallKind kind =
        called.equals(List.of(ECHO_USER))
            ? CallKind.ECHO
            : called.size() == 1 ? CallKind.ONE_TO_ONE : CallKind.GROUP;
    CallDriver driver = newDriver(client.resource());
    registry.add(driver);
    CallHeader header =
        header(client, driver.id(), kind, Optional.empty(), CallRole.PRESENTER)
            .withThread(threadId);
    return answered(
        driver.ask(
            new CallEvent.Start(
                client, header, seat(), invitations(client, called), muted, video)));
  }

  @Override
  public CallView join(CallClient client, CallLocator locator, boolean muted, boolean lobby) {
    CallRules.requireName(client.displayName());
    CallRules.requireLocator(locator);
    requireFewCalls(client);
    return switch (locator) {
      case CallLocator.Group group ->
          join(
              client,
              id ->
                  header(client, id, CallKind.GROUP, Optional.of(group), CallRole.PRESENTER)
                      .withLobby(lobby),
              group,
              CallRole.PRESENTER,
              muted,
              client.mayStart());
      case CallLocator.Room room -> joinRoom(client, room, muted);
    };
  }

  /** Whoever may join calls may come into a room, also first: it was prepared for that. */
  private CallView joinRoom(CallClient client, CallLocator.Room room, boolean muted) {
    CallRooms.Entry.Open open = requireOpen(client, room);
    CallView view =
        join(
            client,
            id ->
                header(client, id, CallKind.ROOM, Optional.of(room), open.role())
                    .withValidUntil(open.validUntil()),
            room,
            open.role(),
            muted,
            true);
    // The room may have changed between the question and the seat; the journal told it too early.
    recheck(client, room, view.id());
    return view;
  }

  private CallRooms.Entry.Open requireOpen(CallClient client, CallLocator.Room room) {
    return switch (rooms.entry(client.resource(), room.id(), client.user())) {
      case CallRooms.Entry.Open open -> open;
      case CallRooms.Entry.Closed closed ->
          throw new Refused(new CallRefusal.RoomClosed(closed.reason()));
    };
  }

  private void recheck(CallClient client, CallLocator.Room room, CallId call) {
    registry
        .of(call)
        .ifPresent(driver ->
            RoomChanges.ask(
                driver, rooms.entry(client.resource(), room.id(), client.user()), client.user()));
  }

  private interface HeaderOf {
    CallHeader header(CallId id);
  }

  /** Asks the call of the locator; when that ended meanwhile, the next one. */
  private CallView join(
      CallClient client,
      HeaderOf making,
      CallLocator locator,
      CallRole role,
      boolean muted,
      boolean begins) {
    for (int tries = 0; tries < 10; tries++) {
      CallDriver driver =
          registry.at(client.resource(), locator, () -> newDriver(client.resource()));
      try {
        return answered(
            driver.ask(
                new CallEvent.Join(
                    client, making.header(driver.id()), seat(), role, muted, begins)));
      } catch (CallDriver.Retired ended) {
        registry.remove(driver);
      }
    }
    throw new Refused(new CallRefusal.InvalidState("the call ends again and again"));
  }

  @Override
  public CallView come(CallClient client, CallId call, boolean muted) {
    CallRules.requireName(client.displayName());
    requireFewCalls(client);
    return answered(ask(call, new CallEvent.Come(client, seat(), muted)));
  }

  @Override
  public CallView accept(CallClient client, CallId call, boolean muted, boolean video) {
    CallRules.requireName(client.displayName());
    return answered(ask(call, new CallEvent.Accept(client, new LegId(ids.uuid()), muted)));
  }

  @Override
  public void reject(CallClient client, CallId call) {
    ask(call, new CallEvent.Reject(client));
  }

  @Override
  public CallView rejoin(CallClient client, CallId call, LegId leg) {
    return answered(ask(call, new CallEvent.Rejoin(client, leg)));
  }

  @Override
  public void act(CallClient client, CallId call, CallAction action) {
    CallRules.require(action);
    switch (action) {
      case CallAction.Add add -> {
        List<String> users = CallRules.requireCallable(client, add.users());
        ask(call, new CallEvent.Invite(client, invitations(client, users)));
      }
      case CallAction.Transfer transfer -> {
        expect(client, call, transfer);
        ask(call, new CallEvent.Act(client, transfer));
      }
      case CallAction.Survey survey -> survey(client, call, survey.json());
      case CallAction other -> ask(call, new CallEvent.Act(client, other));
    }
  }

  /**
   * Opens the target for the one who is asked, before it learns of it. What the call itself refuses
   * opens nothing.
   */
  private void expect(CallClient client, CallId call, CallAction.Transfer transfer) {
    boolean meets =
        require(client, call)
            .live()
            .filter(live -> isIn(live, client) && live.roster().of(transfer.user()).isPresent())
            .isPresent();
    if (meets && transfer.toUser().isEmpty() && transfer.toCall().isPresent()) {
      CallId target = transfer.toCall().get();
      CallRules.requireAnother(call, target);
      ask(target, new CallEvent.Expect(client, transfer.user()));
    }
  }

  /** A call that is over is one that does not exist. */
  private Optional<CallView> ask(CallId call, CallEvent.Request request) {
    CallDriver driver = require(request.client(), call);
    try {
      return driver.ask(request);
    } catch (CallDriver.Retired ended) {
      throw unknown();
    }
  }

  private CallDriver require(CallClient client, CallId call) {
    return registry.of(client.resource(), call).orElseThrow(CallService::unknown);
  }

  private static Refused unknown() {
    return new Refused(new CallRefusal.UnknownCall());
  }

  private static CallView answered(Optional<CallView> view) {
    return view.orElseThrow(CallService::unknown);
  }

  @Override
  public String survey(CallClient client, CallId call, String json) {
    CallRules.requireSurvey(json);
    Instant now = clock.now();
    UUID id = ids.uuid();
    database.write(
        "calling.survey",
        tx -> {
          Instant since = now.minus(CallLimits.SURVEY_AFTER);
          if (!store.wasIn(tx, client.resource(), call, client.user(), since)) {
            throw unknown();
          }
          if (store.surveys(tx, client.resource(), call, client.user())
              >= CallLimits.SURVEYS_PER_USER_MAX) {
            throw new Refused(new CallRefusal.InvalidState("enough opinions were given"));
          }
          store.add(
              tx, client.resource(), new CallStore.CallSurvey(id, call, client.user(), now, json));
          return id;
        });
    return id.toString();
  }

  @Override
  public String publish(CallClient client, CallId call, String sdp, Map<String, StreamKind> kinds) {
    Placed placed = placed(client, call);
    if (kinds.containsValue(StreamKind.VIDEO)) {
      placed.require(CallRight.TURN_VIDEO_ON);
    }
    if (kinds.containsValue(StreamKind.SCREEN_SHARING)) {
      placed.require(CallRight.SHARE_SCREEN);
    }
    String answer = ports().media().publish(call, placed.leg(), sdp, kinds);
    // Before the answer goes out: without it nothing connects.
    registry.of(call).ifPresent(driver -> driver.offer(new CallEvent.MediaOffered(placed.leg())));
    return answer;
  }

  @Override
  public void answer(CallClient client, CallId call, int number, String sdp) {
    ports().media().answer(call, placed(client, call).leg(), number, sdp);
  }

  @Override
  public void restartMedia(CallClient client, CallId call) {
    ports().media().restart(call, placed(client, call).leg());
  }

  @Override
  public void view(CallClient client, CallId call, int stream, int height, boolean pinned) {
    ports().media().view(call, placed(client, call).leg(), stream, height, pinned);
  }

  @Override
  public String statistics(CallClient client, CallId call) {
    return ports().media().statistics(call, placed(client, call).leg());
  }

  /** A client's leg in a call, for what concerns its media. */
  private record Placed(CallHeader header, Participant participant, LegId leg) {
    void require(CallRight right) {
      if (!right.isOf(header, participant)) {
        throw new Refused(new CallRefusal.Forbidden(right.word()));
      }
    }
  }

  /** Reads the newest state; media that came too late for a leg are refused by the engine. */
  private Placed placed(CallClient client, CallId call) {
    CallState.Live live = require(client, call).live().orElseThrow(CallService::unknown);
    Participant one = live.roster().of(client.user()).orElseThrow(CallService::unknown);
    Leg leg =
        one.place()
            .anyLeg()
            .filter(held -> held.client().equals(client.id()))
            .orElseThrow(CallService::unknown);
    if (!one.isPresent()) {
      throw new Refused(new CallRefusal.InvalidState("it waits in the lobby"));
    }
    return new Placed(live.header(), one, leg.id());
  }

  @Override
  public List<CallView> callsOf(CallClient client) {
    return registry.of(client.id()).stream()
        .flatMap(driver -> driver.live().stream())
        .filter(live -> isIn(live, client))
        .flatMap(live -> CallViews.call(live, client.user()).stream())
        .toList();
  }

  private static boolean isIn(CallState.Live live, CallClient client) {
    return live.roster()
        .of(client.user())
        .flatMap(one -> one.place().anyLeg())
        .filter(leg -> leg.client().equals(client.id()))
        .isPresent();
  }

  @Override
  public void arrived(CallClient client) {
    registry
        .of(client.resource(), client.user())
        .forEach(driver -> driver.offer(new CallEvent.Arrived(client.id(), client.user())));
  }

  @Override
  public void disconnected(CallClient client) {
    registry
        .of(client.id())
        .forEach(driver -> driver.offer(new CallEvent.SocketLost(client.id(), client.user())));
  }

  @Override
  public void reconnected(CallClient client) {
    registry
        .of(client.id())
        .forEach(driver -> driver.offer(new CallEvent.SocketBack(client.id(), client.user())));
  }

  @Override
  public void left(CallClient client, EndReason reason) {
    registry
        .left(client.id(), clock.now())
        .forEach(
            driver -> driver.offer(new CallEvent.ClientGone(client.id(), client.user(), reason)));
  }

  private void requireFewCalls(CallClient client) {
    if (registry.of(client.id()).size() >= CallLimits.CALLS_PER_CLIENT_MAX) {
      throw new Refused(new CallRefusal.InvalidState("this client is in too many calls"));
    }
    if (registry.of(client.resource(), client.user()).size() >= CallLimits.CALLS_PER_USER_MAX) {
      throw new Refused(new CallRefusal.InvalidState("this user is in too many calls"));
    }
  }

  private CallDriver newDriver(ResourceId resource) {
    return new CallDriver(resource, new CallId(ids.uuid()), ports(), registry);
  }

  private Seat seat() {
    return new Seat(new LegId(ids.uuid()), ids.uuid());
  }

  private List<Invitation> invitations(CallClient client, List<String> users) {
    return List.copyOf(new LinkedHashSet<>(users)).stream()
        .map(user ->
            new Invitation(user, ids.uuid(), ports().clients().ringing(client.resource(), user)))
        .toList();
  }

  private CallHeader header(
      CallClient client, CallId id, CallKind kind, Optional<CallLocator> locator, CallRole role) {
    return new CallHeader(
        client.resource(),
        id,
        kind,
        locator,
        new Person(client.user(), client.displayName()),
        role,
        "",
        clock.now(),
        ids.uuid(),
        false,
        new Access(true, true),
        Optional.empty());
  }

  /** Stops; the calls stay stored, and are taken up again by the next start. */
  @Override
  public void close() {
    registry.all().forEach(CallDriver::stop);
  }
}
