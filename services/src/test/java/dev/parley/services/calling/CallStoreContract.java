package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Database;
import dev.parley.services.calling.CallEvent.Invitation;
import dev.parley.services.calling.CallEvent.Seat;
import dev.parley.services.calling.CallStore.CallRecord;
import dev.parley.services.calling.CallStore.CallSurvey;
import dev.parley.services.calling.CallStore.Saving;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store of calls keeps, whatever it stands on. */
abstract class CallStoreContract {
  private static final ResourceId A = new ResourceId(new UUID(1, 1));
  private static final ResourceId B = new ResourceId(new UUID(2, 2));
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  private static final CallLocator GROUP = new CallLocator.Group("g");

  /** A database with its store, fresh for each test. */
  record Opened(Database database, CallStore store, Runnable closing) {}

  private Opened opened = new Opened(new MemoryDatabase(), new MemoryCallStore(), () -> {});
  private long serial;

  abstract Opened openStore();

  @BeforeEach
  void open() {
    opened = openStore();
  }

  @AfterEach
  void close() {
    opened.closing().run();
  }

  private UUID id() {
    return new UUID(0x4000, 0x8000_0000_0000_0000L | ++serial);
  }

  private CallClient client(String user) {
    return new CallClient(new ClientId(id()), A, user, "name of " + user, true);
  }

  private CallHeader header(ResourceId resource, Optional<CallLocator> locator) {
    return new CallHeader(
        resource,
        new CallId(id()),
        locator.isPresent() ? CallKind.GROUP : CallKind.ONE_TO_ONE,
        locator,
        new CallView.Person("ann", "name of ann"),
        CallRole.PRESENTER,
        "thread",
        NOW,
        id(),
        true,
        Participant.FULL,
        Optional.of(NOW.plusSeconds(3600)));
  }

  /** Decides, saves as an owner does, and gives the next state. */
  private CallState save(CallState state, CallEvent event, long version) {
    CallDecision decision = CallDecision.decide(state, event, NOW);
    assertThat(decision.refusal()).isEmpty();
    CallChanges changes = CallChanges.between(state, decision);
    CallHeader header =
        decision.next() instanceof CallState.Live live
            ? live.header()
            : ((CallState.Ended) decision.next()).header();
    opened
        .database()
        .write(
            "test",
            tx -> {
              if (!changes.begins()) {
                opened.store().fence(tx, header.resource(), header.id(), version);
              }
              Map<UUID, String> statistics = new HashMap<>();
              for (CallChanges.Change change : changes.participants()) {
                if (change.reason().isPresent()) {
                  statistics.put(change.before().orElseThrow().id(), "{\"lost\":1}");
                }
              }
              opened
                  .store()
                  .save(
                      tx,
                      header.resource(),
                      header.id(),
                      changes,
                      new Saving(NOW.plusSeconds(version), statistics));
              return header;
            });
    return decision.next();
  }

  private CallState joined(CallHeader header, CallClient client) {
    return save(new CallState.Idle(), join(header, client), 0);
  }

  private CallEvent.Join join(CallHeader header, CallClient client) {
    return new CallEvent.Join(
        client, header, new Seat(new LegId(id()), id()), CallRole.PRESENTER, true, true);
  }

  private List<CallRecord> active() {
    return opened
        .database()
        .read("test", reading -> opened.store().active(reading, Optional.empty(), 100));
  }

  @Test
  void callComesBackAsItWas() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.of(GROUP));
    CallState state = joined(header, ann);
    state = save(state, join(header, client("bob")), 1);
    state =
        save(state, new CallEvent.Invite(ann, List.of(new Invitation("eve", id(), Set.of()))), 2);
    state = save(state, new CallEvent.Act(ann, new CallAction.Admit(List.of("bob"))), 3);
    state = save(state, new CallEvent.Act(ann, new CallAction.Spotlight(true, List.of("bob"))), 4);
    state =
        save(
            state,
            new CallEvent.Act(
                ann,
                new CallAction.Permit(
                    Optional.of(List.of("bob")), Optional.of(false), Optional.empty())),
            5);
    state = save(state, new CallEvent.Act(ann, new CallAction.Hold()), 6);
    CallRecord stored = active().getFirst();
    CallState.Live live = (CallState.Live) state;
    assertThat(stored.header()).isEqualTo(live.header());
    assertThat(stored.version()).isEqualTo(6);
    assertThat(stored.participants())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("place", "signals")
        .containsExactlyElementsOf(live.roster().all());
    assertThat(stored.participants())
        .extracting(one -> one.place().anyLeg().map(Leg::id))
        .containsExactlyElementsOf(
            live.roster().all().stream().map(one -> one.place().anyLeg().map(Leg::id)).toList());
    assertThat(stored.participants().getFirst().onHold()).isTrue();
  }

  @Test
  void openLocatorLeadsToOneCallWithinAResource() {
    joined(header(A, Optional.of(GROUP)), client("ann"));
    joined(header(B, Optional.of(GROUP)), client("ann"));
    CallHeader second = header(A, Optional.of(GROUP));
    CallClient bob = client("bob");
    assertThatThrownBy(() -> joined(second, bob)).isInstanceOf(RuntimeException.class);
    assertThat(active()).hasSize(2);
  }

  @Test
  void locatorIsFreeAgainWhenTheCallEnded() {
    CallClient ann = client("ann");
    CallState state = joined(header(A, Optional.of(GROUP)), ann);
    save(state, new CallEvent.Act(ann, new CallAction.HangUp(false)), 1);
    assertThat(active()).isEmpty();
    joined(header(A, Optional.of(GROUP)), ann);
    assertThat(active()).hasSize(1);
  }

  @Test
  void callsOfAllResourcesComeInPages() {
    for (int made = 0; made < 5; made++) {
      CallLocator group = new CallLocator.Group("g" + made);
      joined(header(made % 2 == 0 ? A : B, Optional.of(group)), client("ann"));
    }
    Optional<CallId> after = Optional.empty();
    int seen = 0;
    for (int pages = 0; pages < 3; pages++) {
      Optional<CallId> from = after;
      List<CallRecord> page =
          opened.database().read("test", reading -> opened.store().active(reading, from, 2));
      seen += page.size();
      after = Optional.of(page.getLast().header().id());
    }
    assertThat(seen).isEqualTo(5);
  }

  @Test
  void secondOwnerIsFencedOff() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.of(GROUP));
    CallState state = joined(header, ann);
    CallState next = save(state, join(header, client("bob")), 1);
    CallClient eve = client("eve");
    assertThatThrownBy(() -> save(state, join(header, eve), 1))
        .hasMessageContaining("another owner");
    save(next, join(header, eve), 2);
  }

  @Test
  void whoLeftIsRememberedWithItsStatistics() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.of(GROUP));
    CallState state = joined(header, ann);
    UUID stay = ((CallState.Live) state).roster().of("ann").orElseThrow().id();
    save(state, new CallEvent.Act(ann, new CallAction.HangUp(false)), 1);
    opened
        .database()
        .read(
            "test",
            reading -> {
              CallStore store = opened.store();
              assertThat(store.statistics(reading, A, header.id(), stay)).contains("{\"lost\":1}");
              assertThat(store.displayName(reading, A, header.id(), stay)).contains("name of ann");
              assertThat(store.displayName(reading, B, header.id(), stay)).isEmpty();
              assertThat(store.wasIn(reading, A, header.id(), "ann", NOW)).isTrue();
              assertThat(store.wasIn(reading, B, header.id(), "ann", NOW)).isFalse();
              assertThat(store.wasIn(reading, A, header.id(), "bob", NOW)).isFalse();
              assertThat(store.wasIn(reading, A, header.id(), "ann", NOW.plusSeconds(1))).isFalse();
              return stay;
            });
  }

  @Test
  void whoOnlyRangLeavesNoTrace() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.empty());
    CallState state =
        save(
            new CallState.Idle(),
            new CallEvent.Start(
                ann,
                header,
                new Seat(new LegId(id()), id()),
                List.of(new Invitation("bob", id(), Set.of())),
                false,
                true),
            0);
    CallRecord stored = active().getFirst();
    assertThat(stored.ringing()).isTrue();
    assertThat(stored.participants().getLast().place())
        .isEqualTo(new Place.Invited(Set.of(), Instant.EPOCH, "ann", true));
    save(state, new CallEvent.Reject(client("bob")), 1);
    boolean was =
        opened
            .database()
            .read("test", reading -> opened.store().wasIn(reading, A, header.id(), "bob", NOW));
    assertThat(was).isFalse();
  }

  @Test
  void erasedUserHasNoNameAndNoOpinions() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.of(GROUP));
    CallState state = joined(header, ann);
    UUID stay = ((CallState.Live) state).roster().of("ann").orElseThrow().id();
    opened
        .database()
        .write(
            "test",
            tx -> {
              opened.store().add(tx, A, new CallSurvey(id(), header.id(), "ann", NOW, "{}"));
              return stay;
            });
    assertThat(surveys(header)).isEqualTo(1);
    opened
        .database()
        .write(
            "test",
            tx -> {
              opened.store().eraseUser(tx, A, "ann");
              return stay;
            });
    assertThat(surveys(header)).isZero();
    Optional<String> name =
        opened
            .database()
            .read("test", reading -> opened.store().displayName(reading, A, header.id(), stay));
    assertThat(name).isEmpty();
    assertThat(active().getFirst().header().starter().displayName()).isEmpty();
  }

  private int surveys(CallHeader header) {
    return opened
        .database()
        .read("test", reading -> opened.store().surveys(reading, A, header.id(), "ann"));
  }

  @Test
  void endedCallsGoWhenTheirTimeIsOver() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.of(GROUP));
    save(joined(header, ann), new CallEvent.Act(ann, new CallAction.HangUp(false)), 1);
    joined(header(A, Optional.of(GROUP)), ann);
    assertThat(deleteEnded(NOW)).isZero();
    assertThat(deleteEnded(NOW.plus(Duration.ofDays(1)))).isEqualTo(1);
    assertThat(deleteEnded(NOW.plus(Duration.ofDays(1)))).isZero();
    assertThat(active()).hasSize(1);
  }

  private int deleteEnded(Instant before) {
    return opened.database().write("test", tx -> opened.store().deleteEnded(tx, before, 10));
  }

  @Test
  void endedCallsOfAResourceGoTogether() {
    CallClient ann = client("ann");
    CallHeader header = header(A, Optional.of(GROUP));
    save(joined(header, ann), new CallEvent.Act(ann, new CallAction.HangUp(false)), 1);
    int other = opened.database().write("test", tx -> opened.store().deleteAll(tx, B, 10));
    int own = opened.database().write("test", tx -> opened.store().deleteAll(tx, A, 10));
    assertThat(other).isZero();
    assertThat(own).isEqualTo(1);
  }
}
