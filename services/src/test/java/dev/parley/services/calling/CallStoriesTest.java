package dev.parley.services.calling;

import static dev.parley.services.calling.CallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.kit.base.Refused;
import dev.parley.kit.journal.FactBody;
import dev.parley.services.calling.CallView.ParticipantState;
import dev.parley.services.calling.CallView.State;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the others see of what one does, and with which reason each call ends. */
class CallStoriesTest {
  private static final CallLocator GROUP = new CallLocator.Group(new UUID(7, 7).toString());
  private static final CallLocator ROOM = new CallLocator.Room("99");

  @TempDir private Path folder;
  private CallWorld world;
  private CallClient ann;
  private CallClient bob;
  private CallClient eve;

  @BeforeEach
  void open() {
    world = new CallWorld(TestStore.sqlite(folder));
    ann = world.client(1);
    bob = world.client(2);
    eve = world.client(3);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private CallId ring() {
    return world.calls.start(ann, List.of(user(2)), false, false, "").id();
  }

  private CallId talk() {
    CallId call = ring();
    world.calls.accept(bob, call, false, false);
    forget();
    return call;
  }

  private CallId group(CallClient... members) {
    CallId call = world.calls.join(members[0], GROUP, false, false).id();
    for (CallClient one : List.of(members).subList(1, members.length)) {
      world.calls.join(one, GROUP, false, false);
    }
    forget();
    return call;
  }

  private CallId room(CallRole role) {
    Instant until = world.test.clock.now().plus(Duration.ofHours(1));
    world.rooms.entries.put(user(1), new CallRooms.Entry.Open(CallRole.PRESENTER, until));
    world.rooms.entries.put(user(2), new CallRooms.Entry.Open(role, until));
    world.calls.join(ann, ROOM, false, false);
    CallId call = world.calls.join(bob, ROOM, false, false).id();
    forget();
    return call;
  }

  private void forget() {
    List.of(ann, bob, eve).forEach(world.clients::take);
  }

  private void act(CallClient client, CallId call, CallAction action) {
    world.calls.act(client, call, action);
  }

  private <N extends CallNotice> N told(CallClient client, Class<N> type) {
    List<CallNotice> notices = world.clients.take(client);
    return notices.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError(type.getSimpleName() + " is not in " + notices));
  }

  private EndReason ended(CallClient client) {
    return told(client, CallNotice.Ended.class).reason();
  }

  private EndReason ringingEnded(CallClient client) {
    return told(client, CallNotice.IncomingEnded.class).reason();
  }

  private CallView.Participant seen(CallClient by) {
    return told(by, CallNotice.ParticipantChanged.class).participant();
  }

  private CallMedia.Permission permission(LegId leg) {
    return Objects.requireNonNull(world.media.permissions.get(leg), "no permission was said");
  }

  private static CallView.Capability speaking(CallNotice.SelfChanged own) {
    return Objects.requireNonNull(own.capabilities().get("unmuteMic"), "no such capability");
  }

  private CallNotice.SelfChanged own(CallClient client) {
    return told(client, CallNotice.SelfChanged.class);
  }

  @Test
  void rejectedCallEndsForTheCallerAndAllDevices() {
    CallClient phone = world.client(2);
    CallId call = ring();
    world.calls.reject(bob, call);
    assertThat(ended(ann)).isEqualTo(EndReason.REJECTED);
    assertThat(ringingEnded(phone)).isEqualTo(EndReason.REJECTED);
    FactBody body = world.lastFact(CallFacts.CALL_ENDED);
    assertThat(body.text(CallFacts.REASON)).contains("REJECTED");
    assertThat(body.text(CallFacts.BY)).contains(user(2));
  }

  @Test
  void cancelledCallStopsRinging() {
    act(ann, ring(), new CallAction.HangUp(false));
    assertThat(ringingEnded(bob)).isEqualTo(EndReason.CANCELLED);
    assertThat(ended(ann)).isEqualTo(EndReason.CANCELLED);
  }

  @Test
  void nobodyAnswersWithinAMinute() {
    ring();
    world.test.clock.advance(CallLimits.RING.minusMillis(1));
    assertThat(world.calls.registry().size()).isEqualTo(1);
    world.test.clock.advance(Duration.ofMillis(1));
    assertThat(ringingEnded(bob)).isEqualTo(EndReason.NO_ANSWER);
    assertThat(ended(ann)).isEqualTo(EndReason.NO_ANSWER);
  }

  @Test
  void userWithoutDeviceIsNotReachable() {
    CallView view = world.calls.start(ann, List.of(user(9)), false, false, "");
    assertThat(view.state()).isEqualTo(State.RINGING);
    world.test.clock.advance(CallLimits.REACH);
    assertThat(ended(ann)).isEqualTo(EndReason.NOT_REACHABLE);
  }

  @Test
  void deviceThatComesLateRingsForTheWholeTime() {
    CallId call = world.calls.start(ann, List.of(user(9)), false, true, "").id();
    CallClient late = world.client(9);
    world.calls.arrived(late);
    assertThat(told(late, CallNotice.Incoming.class).video()).isTrue();
    world.test.clock.advance(CallLimits.RING.minusMillis(1));
    assertThat(world.calls.accept(late, call, false, false).state()).isEqualTo(State.CONNECTED);
  }

  @Test
  void lastRingingDeviceThatGoesMakesTheUserUnreachable() {
    ring();
    world.calls.left(bob, EndReason.HUNG_UP);
    world.test.clock.advance(CallLimits.REACH);
    assertThat(ended(ann)).isEqualTo(EndReason.NOT_REACHABLE);
  }

  @Test
  void userInACallRingsToo() {
    talk();
    world.calls.start(eve, List.of(user(2)), false, false, "");
    assertThat(told(bob, CallNotice.Incoming.class).caller().user()).isEqualTo(user(3));
  }

  @Test
  void holdShowsAsLocalAndRemote() {
    CallId call = talk();
    act(ann, call, new CallAction.Hold());
    assertThat(own(ann).state()).isEqualTo(State.LOCAL_HOLD);
    List<CallNotice> bobs = world.clients.take(bob);
    assertThat(bobs)
        .filteredOn(CallNotice.SelfChanged.class::isInstance)
        .extracting(one -> ((CallNotice.SelfChanged) one).state())
        .containsExactly(State.REMOTE_HOLD);
    assertThat(bobs)
        .filteredOn(CallNotice.ParticipantChanged.class::isInstance)
        .extracting(one -> ((CallNotice.ParticipantChanged) one).participant().state())
        .containsExactly(ParticipantState.HOLD);
    LegId leg = world.calls.callsOf(ann).getFirst().leg();
    assertThat(permission(leg)).isEqualTo(new CallMedia.Permission(false, false, false, false));
    act(ann, call, new CallAction.Resume());
    assertThat(own(bob).state()).isEqualTo(State.CONNECTED);
    assertThat(permission(leg)).isEqualTo(new CallMedia.Permission(true, true, true, true));
  }

  @Test
  void addingSomebodyMakesItAGroupThatOutlivesTheCaller() {
    CallId call = talk();
    act(bob, call, new CallAction.Add(List.of(user(3))));
    assertThat(told(ann, CallNotice.Changed.class).view().kind()).isEqualTo(CallKind.GROUP);
    assertThat(told(eve, CallNotice.Incoming.class).caller().user()).isEqualTo(user(2));
    world.calls.accept(eve, call, false, false);
    act(ann, call, new CallAction.HangUp(false));
    assertThat(world.calls.callsOf(bob)).hasSize(1);
  }

  @Test
  void mutedByOthersIsHeldBackAtTheServer() {
    CallId call = group(ann, bob, eve);
    act(ann, call, new CallAction.Mute(Optional.empty()));
    assertThat(told(bob, CallNotice.MutedByOthers.class).by()).isEqualTo(user(1));
    assertThat(told(eve, CallNotice.MutedByOthers.class).by()).isEqualTo(user(1));
    LegId leg = world.calls.callsOf(bob).getFirst().leg();
    assertThat(permission(leg).sound()).isFalse();
    act(bob, call, new CallAction.Report(Optional.of(false), Optional.empty(), Optional.empty()));
    assertThat(permission(leg).sound()).isTrue();
  }

  @Test
  void removedParticipantIsToldSo() {
    CallId call = group(ann, bob, eve);
    act(ann, call, new CallAction.Remove(user(2)));
    assertThat(ended(bob)).isEqualTo(EndReason.REMOVED);
    assertThat(told(eve, CallNotice.ParticipantLeft.class).reason()).isEqualTo(EndReason.REMOVED);
  }

  @Test
  void callEndsForEveryone() {
    act(bob, group(ann, bob, eve), new CallAction.HangUp(true));
    assertThat(ended(ann)).isEqualTo(EndReason.ENDED_FOR_EVERYONE);
    assertThat(ended(eve)).isEqualTo(EndReason.ENDED_FOR_EVERYONE);
    assertThat(ended(bob)).isEqualTo(EndReason.HUNG_UP);
    assertThat(world.lastFact(CallFacts.CALL_ENDED).text(CallFacts.REASON))
        .contains("ENDED_FOR_EVERYONE");
  }

  @Test
  void secondDeviceTakesThePlaceOver() {
    CallId call = group(ann, bob);
    LegId old = world.calls.callsOf(bob).getFirst().leg();
    CallClient phone = world.client(2);
    CallView view = world.calls.join(phone, GROUP, false, false);
    assertThat(view.id()).isEqualTo(call);
    assertThat(ended(bob)).isEqualTo(EndReason.ELSEWHERE);
    assertThat(world.media.calls.get(call)).contains(view.leg()).doesNotContain(old);
    assertThat(world.facts(call)).doesNotContain("participantRemoved");
  }

  @Test
  void lobbyShowsNothingUntilOneIsLetIn() {
    CallId call = world.calls.join(ann, GROUP, false, true).id();
    CallView waiting = world.calls.join(bob, GROUP, false, false);
    assertThat(waiting.state()).isEqualTo(State.IN_LOBBY);
    assertThat(waiting.others()).isEmpty();
    assertThat(seen(ann).state()).isEqualTo(ParticipantState.IN_LOBBY);
    world.calls.join(eve, GROUP, false, false);
    assertThat(world.clients.take(bob)).isEmpty();
    act(ann, call, new CallAction.Deny(List.of(user(3))));
    assertThat(ended(eve)).isEqualTo(EndReason.ACCESS_DENIED);
    assertThat(world.media.calls.get(call)).hasSize(1);
    act(ann, call, new CallAction.AdmitAll());
    CallView in = told(bob, CallNotice.Changed.class).view();
    assertThat(in.state()).isEqualTo(State.CONNECTED);
    assertThat(in.others()).hasSize(1);
    assertThat(world.media.calls.get(call)).hasSize(2);
  }

  @Test
  void transferIsBroughtThereAndItsStateBack() {
    CallId call = talk();
    act(ann, call, new CallAction.Transfer(user(2), Optional.of(user(3)), Optional.empty()));
    CallNotice.TransferRequested asked = told(bob, CallNotice.TransferRequested.class);
    assertThat(asked.toUser()).isEqualTo(user(3));
    assertThat(asked.toCall()).isEmpty();
    act(bob, call, new CallAction.TransferProgress(user(1), "Accepted", Optional.empty()));
    assertThat(told(ann, CallNotice.TransferState.class).state()).isEqualTo("Accepted");
    CallAction.Reason reason = new CallAction.Reason(487, 10004, "nobody answered");
    act(bob, call, new CallAction.TransferProgress(user(1), "Failed", Optional.of(reason)));
    assertThat(told(ann, CallNotice.TransferState.class).reason()).contains(reason);
  }

  /** Ann talks with Bob, has called Eve besides, and sends Bob there; gives Eve's call. */
  private CallId transferred() {
    CallId first = talk();
    CallId second = world.calls.start(ann, List.of(user(3)), false, false, "").id();
    world.calls.accept(eve, second, false, false);
    act(ann, first, new CallAction.Transfer(user(2), Optional.empty(), Optional.of(second)));
    return second;
  }

  @Test
  void whoWasAskedToGoToACallComesInOnce() {
    CallId call = transferred();
    assertThat(told(bob, CallNotice.TransferRequested.class).toCall()).isEqualTo(call.toString());
    assertUnknown(world.client(4), call);
    CallView view = world.calls.come(bob, call, true);
    assertThat(view.kind()).isEqualTo(CallKind.GROUP);
    assertThat(view.others()).hasSize(2);
    assertThat(told(eve, CallNotice.Changed.class).view().kind()).isEqualTo(CallKind.GROUP);
    act(bob, call, new CallAction.HangUp(false));
    assertUnknown(bob, call);
  }

  @Test
  void whoWasAskedToGoToACallHasAMinute() {
    CallId call = transferred();
    world.test.clock.advance(CallLimits.COMING);
    assertUnknown(bob, call);
  }

  @Test
  void nobodyOpensACallThatItIsNotIn() {
    CallId others = world.calls.start(eve, List.of(user(4)), false, false, "").id();
    CallId call = talk();
    CallAction there = new CallAction.Transfer(user(2), Optional.empty(), Optional.of(others));
    assertThatThrownBy(() -> act(ann, call, there))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(new CallRefusal.UnknownCall()));
    assertThat(world.clients.take(bob)).isEmpty();
    assertUnknown(bob, others);
    CallAction here = new CallAction.Transfer(user(2), Optional.empty(), Optional.of(call));
    assertThatThrownBy(() -> act(ann, call, here)).isInstanceOf(Refused.class);
    CallAction nobody = new CallAction.Transfer(user(5), Optional.empty(), Optional.of(others));
    assertThatThrownBy(() -> act(ann, call, nobody)).isInstanceOf(Refused.class);
  }

  private void assertUnknown(CallClient client, CallId call) {
    assertThatThrownBy(() -> world.calls.come(client, call, false))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(new CallRefusal.UnknownCall()));
  }

  @Test
  void handsMoveUpWhenOneIsLowered() {
    CallId call = group(ann, bob, eve);
    act(ann, call, new CallAction.Hand(true, List.of()));
    act(bob, call, new CallAction.Hand(true, List.of()));
    forget();
    act(eve, call, new CallAction.Hand(false, List.of(user(1))));
    assertThat(own(bob).self().hand()).contains(1);
    assertThat(own(ann).self().hand()).isEmpty();
  }

  @Test
  void speakersAreThoseWhoMayBeHeard() {
    CallId call = group(ann, bob, eve);
    act(ann, call, new CallAction.Mute(Optional.of(List.of(user(2)))));
    forget();
    LegId bobs = world.calls.callsOf(bob).getFirst().leg();
    LegId eves = world.calls.callsOf(eve).getFirst().leg();
    world.calls.listener().speakers(call, List.of(bobs, eves));
    assertThat(told(ann, CallNotice.Speakers.class).users()).containsExactly(user(3));
  }

  @Test
  void offersNameUsersInsteadOfLegs() {
    CallId call = group(ann, bob);
    LegId anns = world.calls.callsOf(ann).getFirst().leg();
    LegId bobs = world.calls.callsOf(bob).getFirst().leg();
    world
        .calls
        .listener()
        .offer(call, anns, 4, "v=0", List.of(new CallMedia.Track("1", bobs, StreamKind.VIDEO, 3)));
    assertThat(told(ann, CallNotice.Offer.class).tracks())
        .containsExactly(new CallNotice.OfferedTrack("1", user(2), StreamKind.VIDEO, 3));
  }

  @Test
  void roleThatIsTakenSilencesAtOnce() {
    CallId call = room(CallRole.PRESENTER);
    LegId leg = world.calls.callsOf(bob).getFirst().leg();
    world
        .calls
        .listener()
        .streams(call, leg, List.of(new CallView.Stream(1, StreamKind.SCREEN_SHARING)));
    forget();
    Instant until = world.test.clock.now().plus(Duration.ofHours(1));
    world.rooms.entries.put(user(2), new CallRooms.Entry.Open(CallRole.CONSUMER, until));
    new RoomChanges(world.calls, world.rooms)
        .participantsChanged(CallWorld.RESOURCE, "99", List.of(user(2)));
    assertThat(speaking(own(bob)).reason()).isEqualTo("RoleRestricted");
    assertThat(seen(ann).streams()).isEmpty();
    assertThat(permission(leg)).isEqualTo(new CallMedia.Permission(false, false, false, true));
  }

  @Test
  void invitationThatEndsTakesItsUserOut() {
    room(CallRole.ATTENDEE);
    world.rooms.entries.remove(user(2));
    new RoomChanges(world.calls, world.rooms)
        .participantsChanged(CallWorld.RESOURCE, "99", List.of(user(2)));
    assertThat(ended(bob)).isEqualTo(EndReason.INVITATION_REMOVED);
  }

  @Test
  void roomThatClosesEndsItsCall() {
    room(CallRole.ATTENDEE);
    Instant until = world.test.clock.now().plus(Duration.ofHours(2));
    world.rooms.entries.put(user(1), new CallRooms.Entry.Open(CallRole.PRESENTER, until));
    RoomChanges changes = new RoomChanges(world.calls, world.rooms);
    changes.roomUpdated(CallWorld.RESOURCE, "99");
    world.test.clock.advance(Duration.ofHours(2).minusMillis(1));
    assertThat(world.calls.callsOf(bob)).hasSize(1);
    world.test.clock.advance(Duration.ofMillis(1));
    assertThat(ended(bob)).isEqualTo(EndReason.ROOM_NOT_VALID);
  }

  @Test
  void roomThatIsDeletedEndsItsCall() {
    room(CallRole.ATTENDEE);
    new RoomChanges(world.calls, world.rooms).roomDeleted(CallWorld.RESOURCE, "99");
    assertThat(ended(ann)).isEqualTo(EndReason.ROOM_NOT_FOUND);
  }

  @Test
  void attendeesAreSilencedTogetherAndPresentersAreNot() {
    CallId call = room(CallRole.ATTENDEE);
    act(ann, call, new CallAction.Permit(Optional.empty(), Optional.of(false), Optional.empty()));
    CallNotice.SelfChanged bobs = own(bob);
    assertThat(speaking(bobs).reason()).isEqualTo("MeetingRestricted");
    assertThat(bobs.access()).isEqualTo(new CallView.Access(false, true));
    assertThat(speaking(own(ann)).isPresent()).isTrue();
  }

  @Test
  void clientThatDoesNotComeBackLeaves() {
    CallId call = group(ann, bob);
    world.calls.disconnected(bob);
    world.test.clock.advance(CallLimits.RETURN.minusMillis(1));
    assertThat(world.clients.take(ann)).isEmpty();
    world.calls.reconnected(bob);
    world.test.clock.advance(CallLimits.RETURN);
    world.calls.disconnected(bob);
    world.test.clock.advance(CallLimits.RETURN);
    assertThat(ended(bob)).isEqualTo(EndReason.CONNECTION_LOST);
    assertThat(world.lastFact(CallFacts.USER_DISCONNECTED).text(CallFacts.CALL))
        .contains(call.toString());
  }

  @Test
  void legWithoutMediaEnds() {
    CallId call = group(ann, bob);
    LegId leg = world.calls.callsOf(bob).getFirst().leg();
    CallMedia.Listener listener = world.calls.listener();
    listener.disconnected(call, leg, true);
    listener.disconnected(call, leg, false);
    listener.connected(call, leg, true);
    world.test.clock.advance(CallLimits.MEDIA_RETURN);
    assertThat(ended(bob)).isEqualTo(EndReason.MEDIA_FAILED);
  }

  @Test
  void legWhoseOfferedMediaNeverConnectEnds() {
    CallId call = group(ann, bob, eve);
    CallMedia.Listener listener = world.calls.listener();
    world.calls.publish(ann, call, "offer", Map.of());
    listener.connected(call, world.calls.callsOf(ann).getFirst().leg(), true);
    world.calls.publish(ann, call, "a later offer", Map.of());
    world.calls.publish(bob, call, "offer", Map.of());
    world.test.clock.advance(CallLimits.MEDIA_RETURN.minusMillis(1));
    world.calls.publish(bob, call, "another offer", Map.of());
    forget();
    world.test.clock.advance(Duration.ofMillis(1));
    assertThat(ended(bob)).isEqualTo(EndReason.MEDIA_FAILED);
    world.test.clock.advance(CallLimits.MEDIA_RETURN);
    assertThat(world.calls.callsOf(ann)).hasSize(1);
    // One who offers nothing only listens, or not even that.
    assertThat(world.calls.callsOf(eve)).hasSize(1);
  }

  @Test
  void engineThatHasNoRoomEndsTheLeg() {
    group(ann);
    world.media.fails = true;
    world.calls.join(bob, GROUP, false, false);
    assertThat(ended(bob)).isEqualTo(EndReason.MEDIA_FAILED);
  }

  @Test
  void deletedUserLeavesNoName() {
    CallId call = group(ann, bob);
    UUID stay = world.state(call).orElseThrow().roster().of(user(1)).orElseThrow().id();
    CallErasure erasure =
        new CallErasure(world.calls, world.test.database, world.store, world.test.clock);
    erasure.userDeleted(CallWorld.RESOURCE, user(1));
    assertThat(ended(ann)).isEqualTo(EndReason.ACCESS_DENIED);
    assertThat(world.calls.callsOf(bob).getFirst().starter().displayName()).isEmpty();
    Optional<String> name =
        world.test.database.read(
            "test", reading -> world.store.displayName(reading, CallWorld.RESOURCE, call, stay));
    assertThat(name).isEmpty();
  }

  @Test
  void deletedResourceHasNoCalls() {
    CallId call = group(ann, bob);
    CallErasure erasure =
        new CallErasure(world.calls, world.test.database, world.store, world.test.clock);
    erasure.resourceDeleted(CallWorld.RESOURCE);
    assertThat(ended(bob)).isEqualTo(EndReason.ACCESS_DENIED);
    assertThat(world.facts(call)).endsWith("participantRemoved", "callEnded");
    int left =
        world.test.database.write("test", tx -> world.store.deleteAll(tx, CallWorld.RESOURCE, 10));
    assertThat(left).isZero();
  }

  @Test
  void statisticsAreKeptWhenOneLeaves() {
    CallId call = group(ann, bob);
    UUID stay = world.state(call).orElseThrow().roster().of(user(2)).orElseThrow().id();
    LegId leg = world.calls.callsOf(bob).getFirst().leg();
    act(bob, call, new CallAction.HangUp(false));
    Optional<String> kept =
        world.test.database.read(
            "test", reading -> world.store.statistics(reading, CallWorld.RESOURCE, call, stay));
    assertThat(kept).contains("{\"leg\":\"" + leg + "\"}");
  }

  @Test
  void factsTellAllThatTheEventsOfAcsNeed() {
    CallId call = ring();
    FactBody incoming = world.lastFact(CallFacts.INCOMING_CALL);
    assertThat(incoming.text(CallFacts.USER)).contains(user(2));
    assertThat(incoming.text(CallFacts.BY)).contains(user(1));
    world.calls.accept(bob, call, false, false);
    FactBody added = world.lastFact(CallFacts.PARTICIPANT_ADDED);
    assertThat(added.text(CallFacts.STARTED_BY)).contains(user(1));
    assertThat(added.text(CallFacts.STARTED_BY_ROLE)).contains("PRESENTER");
    assertThat(added.text(CallFacts.KIND)).contains("ONE_TO_ONE");
    assertThat(added.text(CallFacts.ROLE)).contains("PRESENTER");
    UUID stay = UUID.fromString(added.text(CallFacts.PARTICIPANT).orElseThrow());
    Optional<String> name =
        world.test.database.read(
            "test", reading -> world.store.displayName(reading, CallWorld.RESOURCE, call, stay));
    assertThat(name).contains("name 2");
    world.test.clock.advance(Duration.ofMillis(2_500));
    act(bob, call, new CallAction.HangUp(false));
    FactBody ended = world.lastFact(CallFacts.CALL_ENDED);
    assertThat(ended.number(CallFacts.LASTED_MS)).contains(2_500L);
    assertThat(ended.text(CallFacts.BY)).contains(user(2));
    assertThat(ended.text(CallFacts.CORRELATION)).isEqualTo(added.text(CallFacts.CORRELATION));
    group(ann);
    assertThat(world.lastFact(CallFacts.CALL_STARTED).text(CallFacts.GROUP))
        .contains(new UUID(7, 7).toString());
  }

  @Test
  void endedCallsAreDeletedWhenTheirTimeIsOver() {
    CallId call = group(ann);
    act(ann, call, new CallAction.HangUp(false));
    CallErasure erasure =
        new CallErasure(world.calls, world.test.database, world.store, world.test.clock);
    world.test.clock.advance(CallLimits.KEPT);
    erasure.deleteOld();
    assertThat(known(call)).isTrue();
    world.test.clock.advance(Duration.ofMillis(1));
    erasure.deleteOld();
    assertThat(known(call)).isFalse();
  }

  private boolean known(CallId call) {
    return world.test.database.read(
        "test",
        reading -> world.store.wasIn(reading, CallWorld.RESOURCE, call, user(1), Instant.EPOCH));
  }

  @Test
  void echoCallHasSomebodyWhoAnswers() {
    CallView view = world.calls.start(ann, List.of(CallService.ECHO_USER), false, false, "");
    assertThat(view.kind()).isEqualTo(CallKind.ECHO);
    assertThat(view.state()).isEqualTo(State.CONNECTED);
    assertThat(view.others())
        .extracting(one -> one.person().user(), CallView.Participant::state)
        .containsExactly(tuple(CallService.ECHO_USER, ParticipantState.CONNECTED));
    assertThat(world.media.calls.get(view.id())).hasSize(2);
    act(ann, view.id(), new CallAction.HangUp(false));
    assertThat(world.facts(view.id())).filteredOn("participantRemoved"::equals).hasSize(2);
  }
}
