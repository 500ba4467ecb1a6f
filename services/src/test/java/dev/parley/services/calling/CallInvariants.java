package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.services.calling.CallModel.Seat;
import dev.parley.services.calling.CallModel.Where;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What must be true after every step of a walk. */
final class CallInvariants {
  private final CallWalk walk;
  private final Set<String> openCalls = new HashSet<>();
  private final Set<String> openStays = new HashSet<>();
  private final Set<String> closed = new HashSet<>();
  private long position;

  CallInvariants(CallWalk walk) {
    this.walk = walk;
  }

  void check() {
    walk.models.removeIf(model -> model.over && isForgotten(model));
    assertThat(walk.calls.registry().size()).as("calls").isEqualTo(walk.models.size());
    walk.models.forEach(this::sameAsModel);
    factsAreBalanced();
    mediaFollow();
    storeHoldsWhatIs();
    screensShowWhatIs();
    indexLeadsToEachCall();
    int timers = walk.models.stream().mapToInt(model -> model.timers(walk.clock.now())).sum();
    assertThat(walk.clock.timers()).as("timers").isEqualTo(timers);
  }

  private boolean isForgotten(CallModel model) {
    assertThat(walk.calls.registry().of(model.id)).as("call that is over").isEmpty();
    return true;
  }

  private void sameAsModel(CallModel model) {
    CallState.Live live = walk.state(model);
    assertThat(live instanceof CallState.Ringing).as("ringing").isEqualTo(model.ringing);
    assertThat(live.header().kind()).isEqualTo(model.kind);
    Map<String, String> expected = new TreeMap<>();
    model.seats.forEach((user, seat) -> expected.put(user, seat.toString()));
    Map<String, String> actual = new TreeMap<>();
    live.roster().all().forEach(one -> actual.put(one.user(), seat(one).toString()));
    assertThat(actual).as("seats of %s", model.id).isEqualTo(expected);
    ranksAreDense(live);
  }

  private static Seat seat(Participant one) {
    Seat seat =
        new Seat(
            switch (one.place()) {
              case Place.Invited invited -> Where.RINGS;
              case Place.Waiting waiting -> Where.WAITS;
              case Place.Present present -> Where.IN;
            });
    if (one.place() instanceof Place.Invited invited) {
      seat.rings.addAll(invited.clients());
    }
    one.place().anyLeg().ifPresent(leg -> seat.client = leg.client());
    seat.role = one.role();
    seat.hold = one.onHold();
    seat.muted = one.isMuted();
    return seat;
  }

  private static void ranksAreDense(CallState.Live live) {
    CallViews.Ranks ranks = CallViews.Ranks.of(live.roster());
    for (Map<String, Integer> some : List.of(ranks.hands(), ranks.spotlights())) {
      assertThat(some.values().stream().sorted().toList())
          .isEqualTo(IntStream.rangeClosed(1, some.size()).boxed().toList());
    }
  }

  private void factsAreBalanced() {
    for (Entry entry : walk.journal.after(position, 10_000)) {
      position = entry.position();
      read(entry.fact());
    }
    assertThat(openCalls)
        .as("calls by their facts")
        .isEqualTo(walk.models.stream().map(one -> one.id.toString()).collect(Collectors.toSet()));
    assertThat(openStays).as("participants by their facts").isEqualTo(presentStays());
  }

  private Set<String> presentStays() {
    return walk.models.stream()
        .flatMap(model -> walk.state(model).roster().all().stream())
        .filter(Participant::isPresent)
        .map(one -> one.id().toString())
        .collect(Collectors.toSet());
  }

  private void read(Fact fact) {
    FactBody body = FactBody.parse(fact.body());
    switch (fact.type()) {
      case CallFacts.CALL_STARTED -> open(openCalls, fact.subject());
      case CallFacts.CALL_ENDED -> close(openCalls, fact.subject());
      case CallFacts.PARTICIPANT_ADDED ->
          open(openStays, body.text(CallFacts.PARTICIPANT).orElseThrow());
      case CallFacts.PARTICIPANT_REMOVED ->
          close(openStays, body.text(CallFacts.PARTICIPANT).orElseThrow());
      default -> {}
    }
  }

  private void open(Set<String> some, String id) {
    assertThat(closed).as("begun again").doesNotContain(id);
    assertThat(some.add(id)).as("begun once").isTrue();
  }

  private void close(Set<String> some, String id) {
    assertThat(some.remove(id)).as("ended once").isTrue();
    closed.add(id);
  }

  /** Present legs, and only they, have media, with what they are permitted. */
  private void mediaFollow() {
    Map<CallId, Set<LegId>> having = walk.media.calls;
    assertThat(having.keySet())
        .isEqualTo(walk.models.stream().map(one -> one.id).collect(Collectors.toSet()));
    for (CallModel model : walk.models) {
      CallState.Live live = walk.state(model);
      Set<LegId> legs = Optional.ofNullable(having.get(model.id)).orElseThrow();
      for (LegId leg : legs) {
        Participant one = live.roster().of(leg).orElseThrow();
        assertThat(walk.media.permissions.get(leg))
            .as("permission")
            .isEqualTo(CallViews.permission(live.header(), one));
      }
      live.roster().all().stream()
          .filter(Participant::isPresent)
          .filter(one -> isConnected(one))
          .forEach(one -> assertThat(legs).contains(one.place().anyLeg().orElseThrow().id()));
    }
  }

  /** After a restart those who have not come back have no media. */
  private boolean isConnected(Participant one) {
    ClientId client = one.place().anyLeg().orElseThrow().client();
    return walk.devices.stream().anyMatch(device -> device.client.id().equals(client));
  }

  private void storeHoldsWhatIs() {
    List<CallStore.CallRecord> stored =
        walk.database.read("test", reading -> walk.store.active(reading, Optional.empty(), 1_000));
    assertThat(stored).hasSize(walk.models.size());
    for (CallStore.CallRecord one : stored) {
      CallState.Live live =
          walk.calls.registry().of(one.header().id()).flatMap(CallDriver::live).orElseThrow();
      assertThat(one.header()).isEqualTo(live.header());
      assertThat(one.ringing()).isEqualTo(live instanceof CallState.Ringing);
      assertThat(durable(one.participants())).isEqualTo(durable(live.roster().all()));
    }
  }

  private static Map<String, String> durable(Iterable<Participant> some) {
    Map<String, String> durable = new HashMap<>();
    for (Participant one : some) {
      durable.put(
          one.user(),
          one.id()
              + " "
              + one.person()
              + one.role()
              + one.called()
              + one.access()
              + one.spotlight()
              + one.onHold()
              + one.place().getClass().getSimpleName()
              + one.place().anyLeg().map(Leg::id));
    }
    return durable;
  }

  private void screensShowWhatIs() {
    for (CallWalk.Device device : walk.devices) {
      device.screen.told(walk.clients.take(device.client));
      Map<CallId, CallView> shown = sorted(device.screen.calls().values());
      assertThat(shown).isEqualTo(sorted(walk.calls.callsOf(device.client)));
    }
  }

  /** The order of the others is not promised. */
  private static Map<CallId, CallView> sorted(Iterable<CallView> views) {
    Map<CallId, CallView> sorted = new HashMap<>();
    for (CallView view : views) {
      sorted.put(
          view.id(),
          new CallView(
              view.id(),
              view.leg(),
              view.kind(),
              view.locator(),
              view.incoming(),
              view.state(),
              view.startedAt(),
              view.starter(),
              view.lobby(),
              view.access(),
              view.self(),
              view.capabilities(),
              view.others().stream()
                  .sorted(Comparator.comparing(one -> one.person().user()))
                  .toList()));
    }
    return sorted;
  }

  private void indexLeadsToEachCall() {
    for (CallWalk.Device device : walk.devices) {
      Set<CallId> expected = new HashSet<>();
      for (CallModel model : walk.models) {
        Seat seat = model.seats.get(device.client.user());
        if (model.isIn(device.client) || seat != null && seat.rings.contains(device.client.id())) {
          expected.add(model.id);
        }
      }
      assertThat(
              walk.calls.registry().of(device.client.id()).stream()
                  .map(CallDriver::id)
                  .collect(Collectors.toSet()))
          .as("calls of a client")
          .isEqualTo(expected);
    }
    for (int user = 0; user < 4; user++) {
      String raw = CallWalk.user(user);
      Set<CallId> expected =
          walk.models.stream()
              .filter(model -> model.seats.containsKey(raw))
              .map(model -> model.id)
              .collect(Collectors.toSet());
      assertThat(
              walk.calls.registry().of(CallWalk.RESOURCE, raw).stream()
                  .map(CallDriver::id)
                  .collect(Collectors.toSet()))
          .as("calls of a user")
          .isEqualTo(expected);
    }
  }
}
