package dev.parley.services.calling;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreUnavailable;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.calling.CallModel.Seat;
import dev.parley.services.calling.CallModel.Where;
import dev.parley.services.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One random life of a few users with several devices: each step does one thing to the service and
 * the same to the {@link CallModel}s, and then {@link CallInvariants} compare. All from one seed.
 */
final class CallWalk {
  static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  private static final String GROUP = new UUID(7, 7).toString();
  private static final String ROOM = "99";
  private static final int USERS = 4;

  final FakeClock clock = new FakeClock();
  final FakeClients clients = new FakeClients();
  final FakeRooms rooms = new FakeRooms();
  final Database database;
  final CallStore store;
  final Journal journal;
  final List<CallModel> models = new ArrayList<>();
  final List<Device> devices = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  private final Random random;
  private final SeededIds ids;
  private final CallInvariants invariants;
  private Instant roomUntil = clock.now().plus(Duration.ofHours(1));
  private int callsSeen;
  FakeMedia media = new FakeMedia();
  CallService calls;

  CallWalk(long seed, Database database, CallStore store, Journal journal) {
    this.random = new Random(seed);
    this.ids = new SeededIds(seed);
    this.database = database;
    this.store = store;
    this.journal = journal;
    this.calls = start();
    this.invariants = new CallInvariants(this);
    for (int user = 0; user < USERS; user++) {
      rooms.entries.put(user(user), new CallRooms.Entry.Open(role(), roomUntil));
      appear(user);
    }
  }

  /** A client with what it believes. */
  static final class Device {
    final CallClient client;
    final Screen screen = new Screen();
    boolean away;

    Device(CallClient client) {
      this.client = client;
    }
  }

  private CallService start() {
    CallService service =
        new CallService(database, store, journal, clock, ids, rooms, new DirectTurns());
    service.open(clients, media);
    return service;
  }

  static String user(int number) {
    return new UserId(RESOURCE, new UUID(0x4000, number)).toString();
  }

  private CallRole role() {
    return CallRole.values()[random.nextInt(CallRole.values().length)];
  }

  /** Does this many things, then lets everybody go; gives the number of calls there were. */
  int run(int steps) {
    for (int step = 0; step < steps; step++) {
      step();
      invariants.check();
    }
    List.copyOf(devices).forEach(this::goodbye);
    invariants.check();
    advance(CallLimits.RING.plus(CallLimits.RETURN));
    invariants.check();
    if (models.stream().anyMatch(one -> !one.over)) {
      throw new AssertionError("a call is stuck");
    }
    calls.close();
    return callsSeen;
  }

  private void step() {
    Device device = pick(devices);
    CallClient client = device.client;
    switch (random.nextInt(37)) {
      case 0, 1, 2, 3 -> joinGroup(device);
      case 4, 5 -> joinRoom(device);
      case 6, 7, 8 -> call(device);
      case 9, 10, 11, 12 -> accept(device);
      case 13 -> reject(device);
      case 14 -> rejoin(device);
      case 15, 16 -> hangUp(device, random.nextInt(4) == 0);
      case 17, 18 -> add(device);
      case 19 -> remove(device);
      case 20 -> mute(device);
      case 21 -> report(device);
      case 22 -> hold(device);
      case 23 -> ephemeral(device);
      case 24 -> access(device);
      case 25 -> lobby(device, true);
      case 26 -> lobby(device, false);
      case 27, 28 -> socket(device);
      case 29 -> goodbye(device);
      case 30, 31 -> appear(random.nextInt(USERS));
      case 32 -> advance(Duration.ofMillis(500L * (1 + random.nextInt(140))));
      case 33 -> roomChange(user(random.nextInt(USERS)));
      case 34 -> media(client);
      case 35 -> offer(client);
      default -> restart();
    }
    if (devices.isEmpty()) {
      appear(0);
    }
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private Optional<CallModel> pickCall() {
    List<CallModel> live = models.stream().filter(one -> !one.over).toList();
    return live.isEmpty() ? Optional.empty() : Optional.of(pick(live));
  }

  /** A call that the client is in, if there is one, or else any. */
  private Optional<CallModel> callOf(Device device) {
    List<CallModel> in = models.stream().filter(one -> one.isIn(device.client)).toList();
    return in.isEmpty() ? pickCall() : Optional.of(pick(in));
  }

  /** Asks; now and then the server is killed around the commit. The model follows what took. */
  private void ask(String what, Supplier<@Nullable CallView> request, Consumer<CallView> answered) {
    boolean mayKill = database instanceof MemoryDatabase && random.nextInt(12) == 0;
    boolean before = random.nextBoolean();
    if (mayKill) {
      ((MemoryDatabase) database)
          .kill(before ? MemoryDatabase.Kill.BEFORE_COMMIT : MemoryDatabase.Kill.AFTER_COMMIT);
    }
    CallView view = null;
    try {
      view = request.get();
      log.add(what);
    } catch (Refused refused) {
      log.add(what + " refused: " + refused.refusal());
      revive();
      return;
    } catch (StoreUnavailable killed) {
      log.add(what + " killed " + (before ? "before" : "after"));
    }
    boolean killed = revive();
    if (!killed || !before) {
      answered.accept(view);
    }
    if (killed) {
      restart();
    }
  }

  private boolean revive() {
    return database instanceof MemoryDatabase memory && memory.revive();
  }

  /** The answer's id; the only call of the store that no model knows, when the answer was lost. */
  private CallId idOf(@Nullable CallView view) {
    if (view != null) {
      return view.id();
    }
    Set<CallId> known = Set.copyOf(models.stream().map(one -> one.id).toList());
    return database.read(
        "test",
        reading ->
            store.active(reading, Optional.empty(), 100).stream()
                .map(one -> one.header().id())
                .filter(id -> !known.contains(id))
                .findFirst()
                .orElseThrow());
  }

  private void show(Device device, @Nullable CallView view) {
    if (view != null) {
      clients.take(device.client).forEach(notice -> device.screen.told(List.of(notice)));
      device.screen.answered(view);
    }
  }

  private CallModel begin(CallModel model) {
    models.add(model);
    callsSeen++;
    return model;
  }

  private Optional<CallModel> located(CallKind kind) {
    return models.stream()
        .filter(one -> !one.over && one.kind == kind && one.ofLocator)
        .findFirst();
  }

  private void joinGroup(Device device) {
    boolean lobby = random.nextInt(4) == 0;
    boolean muted = random.nextBoolean();
    ask(
        name(device) + " joins the group",
        () -> calls.join(device.client, new CallLocator.Group(GROUP), muted, lobby),
        view -> {
          CallModel model =
              located(CallKind.GROUP)
                  .orElseGet(
                      () -> begin(new CallModel(idOf(view), CallKind.GROUP, lobby).located()));
          model.enter(device.client, CallRole.PRESENTER, muted);
          show(device, view);
        });
  }

  private void joinRoom(Device device) {
    if (!(rooms.entries.get(device.client.user()) instanceof CallRooms.Entry.Open open)) {
      ask(
          name(device) + " joins the room",
          () -> calls.join(device.client, new CallLocator.Room(ROOM), false, false),
          view -> {
            throw new AssertionError("one who is not invited came in");
          });
      return;
    }
    ask(
        name(device) + " joins the room",
        () -> calls.join(device.client, new CallLocator.Room(ROOM), false, false),
        view -> {
          CallModel model =
              located(CallKind.ROOM)
                  .orElseGet(
                      () -> begin(new CallModel(idOf(view), CallKind.ROOM, false).located()));
          if (model.roomUntil == null) {
            model.roomUntil = open.validUntil();
          }
          boolean same = model.isIn(device.client);
          model.enter(device.client, open.role(), false);
          if (same) {
            role(model, device.client.user(), open.role());
          }
          show(device, view);
        });
  }

  private static void role(CallModel model, String user, CallRole role) {
    Seat seat = model.seats.get(user);
    if (seat != null && seat.role != role) {
      seat.role = role;
      seat.muted |= !model.maySpeak(seat);
    }
  }

  private void call(Device device) {
    boolean echo = random.nextInt(6) == 0;
    List<String> users = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      if (!user(user).equals(device.client.user()) && random.nextInt(3) == 0) {
        users.add(user(user));
      }
    }
    if (echo) {
      users = List.of(CallService.ECHO_USER);
    }
    List<String> called = List.copyOf(users);
    Map<String, Set<ClientId>> ringing = ringing(called);
    ask(
        name(device) + " calls " + called.size(),
        () -> calls.start(device.client, called, false, true, ""),
        view -> {
          CallKind kind =
              echo ? CallKind.ECHO : called.size() == 1 ? CallKind.ONE_TO_ONE : CallKind.GROUP;
          CallModel model = begin(new CallModel(idOf(view), kind, false));
          model.ringing = !echo;
          model.enter(device.client, CallRole.PRESENTER, false);
          called.forEach(user -> ring(model, user, ringing.getOrDefault(user, Set.of())));
          show(device, view);
        });
  }

  private Map<String, Set<ClientId>> ringing(List<String> users) {
    Map<String, Set<ClientId>> ringing = new LinkedHashMap<>();
    users.forEach(user -> ringing.put(user, clients.ringing(RESOURCE, user)));
    return ringing;
  }

  private void ring(CallModel model, String user, Set<ClientId> rings) {
    if (user.equals(CallService.ECHO_USER)) {
      Seat echo = new Seat(Where.IN);
      echo.client = Leg.NOBODY;
      echo.muted = false;
      model.seats.put(user, echo);
    } else if (!model.seats.containsKey(user)) {
      Duration time = rings.isEmpty() ? CallLimits.REACH : CallLimits.RING;
      model.ring(user, rings, clock.now().plus(time));
    }
  }

  private Optional<CallModel> callThatRings(Device device) {
    List<CallModel> ringing =
        models.stream()
            .filter(one ->
                one.seats.containsKey(device.client.user())
                    && one.seat(device.client.user()).where == Where.RINGS)
            .toList();
    return ringing.isEmpty() ? pickCall() : Optional.of(pick(ringing));
  }

  private void accept(Device device) {
    callThatRings(device)
        .ifPresent(model ->
            ask(
                name(device) + " accepts",
                () -> calls.accept(device.client, model.id, false, false),
                view -> {
                  model.enter(device.client, CallRole.PRESENTER, false);
                  show(device, view);
                }));
  }

  private void reject(Device device) {
    callThatRings(device)
        .ifPresent(model ->
            ask(
                name(device) + " rejects",
                () -> {
                  calls.reject(device.client, model.id);
                  return null;
                },
                none -> model.leave(device.client.user())));
  }

  private void rejoin(Device device) {
    Optional<CallModel> away =
        models.stream()
            .filter(one -> one.seats.containsKey(device.client.user()))
            .filter(one -> one.seat(device.client.user()).where != Where.RINGS)
            .findFirst();
    away.ifPresent(model -> {
      LegId leg =
          state(model)
              .roster()
              .of(device.client.user())
              .orElseThrow()
              .place()
              .anyLeg()
              .orElseThrow()
              .id();
      ask(
          name(device) + " rejoins",
          () -> calls.rejoin(device.client, model.id, leg),
          view -> {
            Seat seat = model.seat(device.client.user());
            seat.client = device.client.id();
            seat.awayUntil = null;
            seat.silentUntil = null;
            seat.offered = false;
            seat.muted = true;
            show(device, view);
          });
    });
  }

  CallState.Live state(CallModel model) {
    return calls.registry().of(model.id).flatMap(CallDriver::live).orElseThrow();
  }

  private void act(String what, Device device, CallAction action, Consumer<CallModel> effect) {
    callOf(device)
        .ifPresent(model ->
            ask(
                name(device) + " " + what,
                () -> {
                  calls.act(device.client, model.id, action);
                  return null;
                },
                none -> effect.accept(model)));
  }

  private void hangUp(Device device, boolean forEveryone) {
    act(
        forEveryone ? "ends the call" : "hangs up",
        device,
        new CallAction.HangUp(forEveryone),
        model -> {
          if (forEveryone && model.isPresent(device.client)) {
            model.end();
          } else {
            model.leave(device.client.user());
          }
        });
  }

  private void add(Device device) {
    String user = user(random.nextInt(USERS));
    Set<ClientId> ringing = clients.ringing(RESOURCE, user);
    act(
        "adds",
        device,
        new CallAction.Add(List.of(user)),
        model -> {
          if (!model.seats.containsKey(user) && model.kind == CallKind.ONE_TO_ONE) {
            model.kind = CallKind.GROUP;
          }
          ring(model, user, ringing);
        });
  }

  private void remove(Device device) {
    String user = user(random.nextInt(USERS));
    act("removes", device, new CallAction.Remove(user), model -> model.leave(user));
  }

  private void mute(Device device) {
    act(
        "mutes others",
        device,
        new CallAction.Mute(Optional.empty()),
        model ->
            model.seats.forEach((user, seat) ->
                seat.muted |= seat.where == Where.IN && !user.equals(device.client.user())));
  }

  private void report(Device device) {
    boolean muted = random.nextBoolean();
    act(
        muted ? "mutes itself" : "speaks",
        device,
        new CallAction.Report(Optional.of(muted), Optional.empty(), Optional.empty()),
        model -> model.seat(device.client.user()).muted = muted);
  }

  private void hold(Device device) {
    boolean on = random.nextBoolean();
    act(
        on ? "holds" : "resumes",
        device,
        on ? new CallAction.Hold() : new CallAction.Resume(),
        model -> model.seat(device.client.user()).hold = on);
  }

  /** Changes nothing that the model knows; what is shown must follow all the same. */
  private void ephemeral(Device device) {
    CallAction action =
        switch (random.nextInt(6)) {
          case 0 -> new CallAction.Hand(true, List.of());
          case 1 -> new CallAction.Hand(false, List.of());
          case 2 -> new CallAction.React("like");
          case 3 -> new CallAction.Spotlight(true, List.of(device.client.user()));
          case 4 -> new CallAction.Spotlight(false, List.of());
          default -> new CallAction.Dtmf("1");
        };
    act(action.getClass().getSimpleName(), device, action, model -> {});
  }

  private void access(Device device) {
    boolean audio = random.nextBoolean();
    if (random.nextBoolean()) {
      act(
          "permits others " + audio,
          device,
          new CallAction.Permit(Optional.empty(), Optional.of(audio), Optional.empty()),
          model -> {
            model.meetingAudio = audio;
            model.seats.values().stream()
                .filter(seat -> seat.where == Where.IN)
                .forEach(seat -> seat.muted |= !model.maySpeak(seat));
          });
      return;
    }
    String user = user(random.nextInt(USERS));
    act(
        "permits one " + audio,
        device,
        new CallAction.Permit(Optional.of(List.of(user)), Optional.of(audio), Optional.empty()),
        model -> {
          Seat seat = model.seat(user);
          seat.audio = audio;
          seat.muted |= !model.maySpeak(seat);
        });
  }

  private void lobby(Device device, boolean admit) {
    String user = user(random.nextInt(USERS));
    boolean all = admit && random.nextBoolean();
    CallAction action =
        all
            ? new CallAction.AdmitAll()
            : admit ? new CallAction.Admit(List.of(user)) : new CallAction.Deny(List.of(user));
    act(
        admit ? "admits" : "denies",
        device,
        action,
        model -> {
          if (!admit) {
            model.leave(user);
            return;
          }
          model.seats.forEach((who, seat) -> {
            if (seat.where == Where.WAITS && (all || who.equals(user))) {
              seat.where = Where.IN;
              seat.muted |= !model.maySpeak(seat);
            }
          });
        });
  }

  private void socket(Device device) {
    device.away = !device.away;
    log.add(name(device) + (device.away ? " loses its socket" : " is back"));
    if (device.away) {
      calls.disconnected(device.client);
    } else {
      calls.reconnected(device.client);
    }
    for (CallModel model : models) {
      if (model.isIn(device.client)) {
        Seat seat = model.seat(device.client.user());
        boolean wasAway = seat.awayUntil != null;
        seat.awayUntil = device.away ? clock.now().plus(CallLimits.RETURN) : null;
        if (wasAway && !device.away && seat.silentUntil != null) {
          seat.silentUntil = clock.now().plus(CallLimits.MEDIA_RETURN);
        }
      }
    }
  }

  private void goodbye(Device device) {
    log.add(name(device) + " is gone");
    devices.remove(device);
    clients.isGone(device.client);
    calls.left(device.client, EndReason.HUNG_UP);
    Instant soon = clock.now().plus(CallLimits.REACH);
    for (CallModel model : models) {
      Seat seat = model.seats.get(device.client.user());
      if (model.isIn(device.client)) {
        model.leave(device.client.user());
      } else if (seat != null && seat.rings.remove(device.client.id()) && seat.rings.isEmpty()) {
        seat.ringUntil =
            seat.ringUntil != null && seat.ringUntil.isBefore(soon) ? seat.ringUntil : soon;
      }
    }
  }

  private void appear(int user) {
    CallClient client =
        new CallClient(new ClientId(ids.uuid()), RESOURCE, user(user), "name " + user, true);
    clients.rings(client);
    Device device = new Device(client);
    devices.add(device);
    log.add(name(device) + " appears");
    calls.arrived(client);
    for (CallModel model : models) {
      Seat seat = model.seats.get(client.user());
      if (seat != null && seat.where == Where.RINGS) {
        seat.ringUntil = seat.rings.isEmpty() ? clock.now().plus(CallLimits.RING) : seat.ringUntil;
        seat.rings.add(client.id());
      }
    }
  }

  private void advance(Duration by) {
    log.add("time: " + by);
    clock.advance(by);
    models.forEach(model -> model.time(clock.now()));
  }

  private void roomChange(String user) {
    CallRooms.Entry entry =
        random.nextInt(4) == 0
            ? new CallRooms.Entry.Closed(EndReason.NOT_INVITED)
            : new CallRooms.Entry.Open(role(), roomUntil);
    rooms.entries.put(user, entry);
    log.add("the room says of " + user + ": " + entry);
    new RoomChanges(calls, rooms).participantsChanged(RESOURCE, ROOM, List.of(user));
    located(CallKind.ROOM)
        .ifPresent(model -> {
          if (entry instanceof CallRooms.Entry.Open open) {
            role(model, user, open.role());
          } else if (model.seats.containsKey(user)) {
            model.leave(user);
          }
        });
  }

  private void offer(CallClient client) {
    for (CallModel model : models) {
      if (model.isPresent(client)) {
        log.add(client.user() + " offers media");
        calls.publish(client, model.id, "offer", Map.of());
        Seat seat = model.seat(client.user());
        if (!seat.offered && seat.silentUntil == null) {
          seat.silentUntil = clock.now().plus(CallLimits.MEDIA_RETURN);
        }
        seat.offered = true;
      }
    }
  }

  private void media(CallClient client) {
    boolean lost = random.nextBoolean();
    for (CallModel model : models) {
      if (model.isPresent(client)) {
        LegId leg =
            state(model)
                .roster()
                .of(client.user())
                .orElseThrow()
                .place()
                .anyLeg()
                .orElseThrow()
                .id();
        Seat seat = model.seat(client.user());
        log.add("media of " + client.user() + (lost ? " are lost" : " are back"));
        if (lost) {
          calls.listener().disconnected(model.id, leg, true);
          seat.silentUntil =
              seat.silentUntil == null
                  ? clock.now().plus(CallLimits.MEDIA_RETURN)
                  : seat.silentUntil;
        } else {
          calls.listener().connected(model.id, leg, true);
          seat.silentUntil = null;
        }
        calls.listener().streams(model.id, leg, List.of(new CallView.Stream(3, StreamKind.VIDEO)));
      }
    }
  }

  private void restart() {
    log.add("restart");
    calls.close();
    media = new FakeMedia();
    clients.allGone();
    List.copyOf(devices).forEach(device -> clients.take(device.client));
    calls = start();
    models.forEach(model -> model.restarted(clock.now()));
    List<Device> old = List.copyOf(devices);
    devices.clear();
    // The same devices come back with new sessions; what they were in they find by rejoining.
    old.forEach(device -> appear(userOf(device.client)));
  }

  private static int userOf(CallClient client) {
    return Integer.parseInt(client.displayName().substring("name ".length()));
  }

  private String name(Device device) {
    return device.client.displayName() + "/" + device.client.id().toString().substring(0, 4);
  }
}
