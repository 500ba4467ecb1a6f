package dev.parley.services.calling;

import static dev.parley.services.calling.CallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.services.calling.CallEvent.Seat;
import dev.parley.services.calling.CallRefusal.Forbidden;
import dev.parley.services.calling.CallRefusal.Invalid;
import dev.parley.services.calling.CallRefusal.InvalidState;
import dev.parley.services.calling.CallRefusal.RoomClosed;
import dev.parley.services.calling.CallRefusal.TooManyParticipants;
import dev.parley.services.calling.CallRefusal.UnknownCall;
import dev.parley.services.calling.CallRefusal.UnknownParticipant;
import dev.parley.services.identity.UserId;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reason to say no. */
class CallRefusalTest {
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

  private static CallRefusal refusal(Runnable request) {
    Refused refused = catchThrowableOfType(Refused.class, request::run);
    assertThat(refused).as("a refusal").isNotNull();
    return (CallRefusal) refused.refusal();
  }

  private CallRefusal refusal(CallClient client, CallId call, CallAction action) {
    return refusal(() -> world.calls.act(client, call, action));
  }

  private CallRefusal refusal(CallClient client, List<String> users) {
    return refusal(() -> world.calls.start(client, users, false, false, ""));
  }

  private CallId group(CallClient... members) {
    CallView view = world.calls.join(members[0], GROUP, false, false);
    for (CallClient member : List.of(members).subList(1, members.length)) {
      world.calls.join(member, GROUP, false, false);
    }
    return view.id();
  }

  private CallId room(CallRole role) {
    Instant until = world.test.clock.now().plus(Duration.ofHours(1));
    world.rooms.entries.put(user(1), new CallRooms.Entry.Open(CallRole.PRESENTER, until));
    world.rooms.entries.put(user(2), new CallRooms.Entry.Open(role, until));
    world.calls.join(ann, ROOM, false, false);
    return world.calls.join(bob, ROOM, false, false).id();
  }

  @Test
  void callThatIsNotThereAndCallOfOthersAreTheSame() {
    CallId call = group(ann);
    CallId none = new CallId(new UUID(1, 2));
    CallClient foreign =
        new CallClient(ann.id(), new ResourceId(new UUID(2, 2)), ann.user(), "", true);
    CallAction hold = new CallAction.Hold();
    assertThat(refusal(ann, none, hold)).isEqualTo(new UnknownCall());
    assertThat(refusal(eve, call, hold)).isEqualTo(new UnknownCall());
    assertThat(refusal(foreign, call, hold)).isEqualTo(new UnknownCall());
    assertThat(refusal(world.client(1), call, hold)).isEqualTo(new UnknownCall());
    assertThat(refusal(() -> world.calls.accept(eve, call, false, false)))
        .isEqualTo(new UnknownCall());
    assertThat(refusal(() -> world.calls.reject(eve, call))).isEqualTo(new UnknownCall());
    assertThat(refusal(() -> world.calls.rejoin(ann, call, new LegId(new UUID(3, 3)))))
        .isEqualTo(new UnknownCall());
    assertThat(refusal(() -> world.calls.survey(eve, call, "{}"))).isEqualTo(new UnknownCall());
    assertThat(refusal(() -> world.calls.statistics(eve, call))).isEqualTo(new UnknownCall());
    assertThat(refusal(() -> world.calls.publish(eve, call, "", Map.of())))
        .isEqualTo(new UnknownCall());
  }

  @Test
  void participantMustBeInTheCall() {
    CallId call = group(ann, bob);
    Optional<List<String>> eves = Optional.of(List.of(user(3)));
    for (CallAction action :
        List.of(
            new CallAction.Remove(user(3)),
            new CallAction.Mute(eves),
            new CallAction.Hand(false, List.of(user(3))),
            new CallAction.Spotlight(true, List.of(user(3))),
            new CallAction.Permit(eves, Optional.of(false), Optional.empty()),
            new CallAction.Admit(List.of(user(2))),
            new CallAction.Deny(List.of(user(2))),
            new CallAction.Transfer(user(3), Optional.of(user(4)), Optional.empty()),
            new CallAction.TransferProgress(user(3), "Accepted", Optional.empty()))) {
      assertThat(refusal(ann, call, action))
          .as(action.toString())
          .isInstanceOf(UnknownParticipant.class);
    }
  }

  @Test
  void scopeToJoinIsNotOneToBegin() {
    CallClient joiner = new CallClient(ann.id(), ann.resource(), ann.user(), "", false);
    assertThat(refusal(joiner, List.of(user(2)))).isEqualTo(new Forbidden("voip"));
    assertThat(refusal(() -> world.calls.join(joiner, GROUP, false, false)))
        .isEqualTo(new Forbidden("voip"));
    assertThat(world.calls.registry().size()).isZero();
    group(bob);
    assertThat(world.calls.join(joiner, GROUP, false, false).others()).hasSize(1);
  }

  @Test
  void attendeeOfARoomMayNotModerate() {
    CallId call = room(CallRole.ATTENDEE);
    Optional<Boolean> yes = Optional.of(true);
    Map<CallAction, String> denied =
        Map.of(
            new CallAction.HangUp(true), "hangUpForEveryOne",
            new CallAction.Remove(user(1)), "removeParticipant",
            new CallAction.Mute(Optional.empty()), "muteOthers",
            new CallAction.Add(List.of(user(3))), "addCommunicationUser",
            new CallAction.Spotlight(true, List.of(user(1))), "spotlightParticipant",
            new CallAction.Spotlight(false, List.of()), "removeParticipantsSpotlight",
            new CallAction.Permit(Optional.empty(), yes, Optional.empty()), "forbidOthersAudio",
            new CallAction.Permit(Optional.empty(), Optional.empty(), yes), "forbidOthersVideo",
            new CallAction.AdmitAll(), "manageLobby",
            new CallAction.Report(Optional.empty(), Optional.empty(), yes), "shareScreen");
    denied.forEach((action, capability) ->
        assertThat(refusal(bob, call, action)).isEqualTo(new Forbidden(capability)));
    assertThat(refusal(bob, call, new CallAction.Deny(List.of(user(1)))))
        .isEqualTo(new Forbidden("manageLobby"));
    assertThat(refusal(bob, call, new CallAction.Hand(false, List.of(user(1)))))
        .isEqualTo(new Forbidden("manageLobby"));
    assertThat(
            refusal(
                bob,
                call,
                new CallAction.Transfer(user(1), Optional.of(user(3)), Optional.empty())))
        .isEqualTo(new Forbidden("addCommunicationUser"));
    assertThat(
            refusal(
                () -> world.calls.publish(bob, call, "", Map.of("0", StreamKind.SCREEN_SHARING))))
        .isEqualTo(new Forbidden("shareScreen"));
  }

  @Test
  void consumerOnlySeesAndHears() {
    CallId call = room(CallRole.CONSUMER);
    assertThat(
            refusal(
                bob,
                call,
                new CallAction.Report(Optional.of(false), Optional.empty(), Optional.empty())))
        .isEqualTo(new Forbidden("unmuteMic"));
    assertThat(
            refusal(
                bob,
                call,
                new CallAction.Report(Optional.empty(), Optional.of(true), Optional.empty())))
        .isEqualTo(new Forbidden("turnVideoOn"));
    assertThat(refusal(() -> world.calls.publish(bob, call, "", Map.of("0", StreamKind.VIDEO))))
        .isEqualTo(new Forbidden("turnVideoOn"));
  }

  @Test
  void roomSaysWhyItIsClosed() {
    for (EndReason reason :
        List.of(EndReason.ROOM_NOT_FOUND, EndReason.ROOM_NOT_VALID, EndReason.NOT_INVITED)) {
      world.rooms.entries.put(user(1), new CallRooms.Entry.Closed(reason));
      assertThat(refusal(() -> world.calls.join(ann, ROOM, false, false)))
          .isEqualTo(new RoomClosed(reason));
    }
    assertThat(world.calls.registry().size()).isZero();
  }

  @Test
  void actionMustFitTheState() {
    CallId call = group(ann);
    assertThat(refusal(ann, call, new CallAction.Resume())).isInstanceOf(InvalidState.class);
    world.calls.act(ann, call, new CallAction.Hold());
    assertThat(refusal(ann, call, new CallAction.Hold())).isInstanceOf(InvalidState.class);
    assertThat(refusal(ann, call, new CallAction.Remove(user(1)))).isInstanceOf(InvalidState.class);
    CallId ringing = world.calls.start(ann, List.of(user(2)), false, false, "").id();
    assertThat(refusal(ann, ringing, new CallAction.Hold())).isInstanceOf(InvalidState.class);
    CallId echo = world.calls.start(ann, List.of(CallService.ECHO_USER), false, false, "").id();
    assertThat(refusal(ann, echo, new CallAction.Add(List.of(user(2)))))
        .isInstanceOf(InvalidState.class);
  }

  @Test
  void whoWaitsInTheLobbyCanOnlyGo() {
    CallId call = world.calls.join(ann, GROUP, false, true).id();
    world.calls.join(bob, GROUP, false, false);
    for (CallAction action :
        List.of(new CallAction.Hold(), new CallAction.AdmitAll(), new CallAction.React("like"))) {
      assertThat(refusal(bob, call, action)).isInstanceOf(InvalidState.class);
    }
    assertThat(refusal(() -> world.calls.publish(bob, call, "", Map.of())))
        .isInstanceOf(InvalidState.class);
    world.calls.act(bob, call, new CallAction.HangUp(true));
    assertThat(world.state(call)).isPresent();
  }

  @Test
  void callIsFullAtItsLimit() {
    CallHeader header =
        new CallHeader(
            CallWorld.RESOURCE,
            new CallId(new UUID(5, 5)),
            CallKind.GROUP,
            Optional.of(GROUP),
            new CallView.Person("u0", ""),
            CallRole.PRESENTER,
            "",
            Instant.EPOCH,
            new UUID(6, 6),
            false,
            Participant.FULL,
            Optional.empty());
    CallState state = new CallState.Idle();
    for (int number = 0; number < CallLimits.PARTICIPANTS_MAX; number++) {
      CallDecision joined = CallDecision.decide(state, joins(header, number), Instant.EPOCH);
      assertThat(joined.refusal()).isEmpty();
      state = joined.next();
    }
    CallDecision full =
        CallDecision.decide(state, joins(header, CallLimits.PARTICIPANTS_MAX), Instant.EPOCH);
    assertThat(full.refusal()).contains(new TooManyParticipants(CallLimits.PARTICIPANTS_MAX));
    CallClient first =
        new CallClient(new ClientId(new UUID(9, 0)), CallWorld.RESOURCE, "u0", "", true);
    CallEvent invite =
        new CallEvent.Invite(
            first, List.of(new CallEvent.Invitation("x", new UUID(31, 1), Set.of())));
    assertThat(CallDecision.decide(state, invite, Instant.EPOCH).refusal())
        .contains(new TooManyParticipants(CallLimits.PARTICIPANTS_MAX));
  }

  private static CallEvent joins(CallHeader header, int number) {
    CallClient client =
        new CallClient(
            new ClientId(new UUID(9, number)), CallWorld.RESOURCE, "u" + number, "", true);
    Seat seat = new Seat(new LegId(new UUID(20, number)), new UUID(30, number));
    return new CallEvent.Join(client, header, seat, CallRole.PRESENTER, true, true);
  }

  @Test
  void usersToCallMustBeOthersOfTheSameResource() {
    String foreign = new UserId(new ResourceId(new UUID(2, 2)), new UUID(3, 3)).toString();
    for (List<String> users :
        List.of(
            List.<String>of(),
            List.of("bob"),
            List.of(user(1)),
            List.of(foreign),
            List.of(CallService.ECHO_USER, user(2)),
            IntStream.rangeClosed(2, CallLimits.INVITED_MAX + 2)
                .mapToObj(CallWorld::user)
                .toList())) {
      assertThat(refusal(ann, users)).as("%s", users).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void fieldsAreBounded() {
    CallId call = group(ann, bob);
    Optional<List<String>> nobody = Optional.of(List.of());
    Optional<List<String>> crowd =
        Optional.of(Collections.nCopies(CallLimits.NAMED_MAX + 1, user(2)));
    for (CallAction action :
        List.of(
            new CallAction.Dtmf(""),
            new CallAction.Dtmf("E"),
            new CallAction.Dtmf("1".repeat(CallLimits.TONES_MAX + 1)),
            new CallAction.React("sneer"),
            new CallAction.Mute(nobody),
            new CallAction.Mute(crowd),
            new CallAction.Permit(Optional.empty(), Optional.empty(), Optional.empty()),
            new CallAction.Spotlight(true, List.of()),
            new CallAction.Hand(true, List.of(user(2))),
            new CallAction.Admit(List.of()),
            new CallAction.Deny(List.of()),
            new CallAction.Transfer(user(2), Optional.empty(), Optional.empty()),
            new CallAction.Transfer(user(2), Optional.of(user(3)), Optional.of(call)),
            new CallAction.Transfer(user(1), Optional.of(user(3)), Optional.empty()),
            new CallAction.TransferProgress(user(2), "Done", Optional.empty()),
            new CallAction.RealTimeText(
                "x".repeat(CallLimits.REAL_TIME_TEXT_CHARACTERS_MAX + 1), true),
            new CallAction.Survey("x".repeat(CallLimits.SURVEY_CHARACTERS_MAX + 1)))) {
      assertThat(refusal(ann, call, action)).as("%s", action).isInstanceOf(Invalid.class);
    }
    CallClient verbose =
        new CallClient(eve.id(), eve.resource(), eve.user(), "x".repeat(257), true);
    assertThat(refusal(() -> world.calls.join(verbose, GROUP, false, false)))
        .isInstanceOf(Invalid.class);
    for (CallLocator locator :
        List.of(
            new CallLocator.Group("group"),
            new CallLocator.Group(new UUID(0xA, 1).toString().toUpperCase(Locale.ROOT)),
            new CallLocator.Room(""),
            new CallLocator.Room("x".repeat(101)))) {
      assertThat(refusal(() -> world.calls.join(eve, locator, false, false)))
          .isInstanceOf(Invalid.class);
    }
  }

  @Test
  void clientIsInSoManyCallsOnly() {
    for (int number = 0; number < CallLimits.CALLS_PER_CLIENT_MAX; number++) {
      world.calls.join(ann, new CallLocator.Group(new UUID(8, number).toString()), false, false);
    }
    assertThat(refusal(() -> world.calls.join(ann, GROUP, false, false)))
        .isInstanceOf(InvalidState.class);
    assertThat(refusal(ann, List.of(user(2)))).isInstanceOf(InvalidState.class);
  }

  @Test
  void spotlightAndHandsHaveTheirLimit() {
    CallHeader header = world.state(group(ann)).orElseThrow().header();
    CallState state = new CallState.Idle();
    int crowd = CallLimits.HANDS_MAX + 1;
    for (int number = 0; number < crowd; number++) {
      state = CallDecision.decide(state, joins(header, number), Instant.EPOCH).next();
    }
    for (int number = 0; number < crowd; number++) {
      CallClient one =
          new CallClient(
              new ClientId(new UUID(9, number)), CallWorld.RESOURCE, "u" + number, "", true);
      CallDecision raised =
          CallDecision.decide(
              state, new CallEvent.Act(one, new CallAction.Hand(true, List.of())), Instant.EPOCH);
      CallDecision shown =
          CallDecision.decide(
              state,
              new CallEvent.Act(one, new CallAction.Spotlight(true, List.of(one.user()))),
              Instant.EPOCH);
      assertThat(raised.refusal().isPresent()).isEqualTo(number == CallLimits.HANDS_MAX);
      assertThat(shown.refusal().isPresent()).isEqualTo(number >= CallLimits.SPOTLIGHT_MAX);
      state = raised.next();
      if (number < CallLimits.SPOTLIGHT_MAX) {
        state =
            CallDecision.decide(
                    state,
                    new CallEvent.Act(one, new CallAction.Spotlight(true, List.of(one.user()))),
                    Instant.EPOCH)
                .next();
      }
    }
  }

  @Test
  void opinionIsTakenForAnHourAndTenTimes() {
    CallId call = group(ann);
    for (int given = 0; given < CallLimits.SURVEYS_PER_USER_MAX; given++) {
      world.calls.survey(ann, call, "{}");
    }
    assertThat(refusal(() -> world.calls.survey(ann, call, "{}"))).isInstanceOf(InvalidState.class);
    world.calls.join(bob, GROUP, false, false);
    world.calls.act(ann, call, new CallAction.HangUp(true));
    world.test.clock.advance(CallLimits.SURVEY_AFTER);
    assertThat(world.calls.survey(bob, call, "{}")).isNotEmpty();
    world.test.clock.advance(Duration.ofMillis(1));
    assertThat(refusal(() -> world.calls.survey(bob, call, "{}"))).isEqualTo(new UnknownCall());
  }
}
