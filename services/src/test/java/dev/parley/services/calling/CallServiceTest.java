package dev.parley.services.calling;

import static dev.parley.services.calling.CallWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.services.calling.CallView.ParticipantState;
import dev.parley.services.calling.CallView.State;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls from the first request to the last fact, on a store. */
class CallServiceTest {
  private static final CallLocator GROUP = new CallLocator.Group(new UUID(7, 7).toString());

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

  private CallView join(CallClient client) {
    return world.calls.join(client, GROUP, false, false);
  }

  private void hangUp(CallClient client, CallId call) {
    world.calls.act(client, call, new CallAction.HangUp(false));
  }

  private static <N extends CallNotice> N only(List<CallNotice> notices, Class<N> type) {
    List<N> found = notices.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as("%s among %s", type.getSimpleName(), notices).hasSize(1);
    return found.getFirst();
  }

  @Test
  void groupCallHasARosterAndEndsWithTheLast() {
    CallView first = join(ann);
    assertThat(first.kind()).isEqualTo(CallKind.GROUP);
    assertThat(first.state()).isEqualTo(State.CONNECTED);
    assertThat(first.others()).isEmpty();
    CallView second = join(bob);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.others()).extracting(one -> one.person().user()).containsExactly(user(1));
    var came = only(world.clients.take(ann), CallNotice.ParticipantChanged.class);
    assertThat(came.participant().person().displayName()).isEqualTo("name 2");
    hangUp(ann, first.id());
    assertThat(only(world.clients.take(ann), CallNotice.Ended.class).reason())
        .isEqualTo(EndReason.HUNG_UP);
    assertThat(only(world.clients.take(bob), CallNotice.ParticipantLeft.class).user())
        .isEqualTo(user(1));
    hangUp(bob, first.id());
    assertThat(world.calls.registry().size()).isZero();
    assertThat(world.facts(first.id()))
        .containsExactly(
            "callStarted",
            "participantAdded",
            "participantAdded",
            "participantRemoved",
            "participantRemoved",
            "callEnded");
    assertThat(world.media.calls).isEmpty();
  }

  @Test
  void nextCallOfAGroupIsAnother() {
    CallId first = join(ann).id();
    hangUp(ann, first);
    assertThat(join(ann).id()).isNotEqualTo(first);
  }

  @Test
  void calledUserAnswersAtOneDeviceAndTheOthersStop() {
    CallClient phone = world.client(2);
    CallView calling = world.calls.start(ann, List.of(user(2)), false, true, "");
    assertThat(calling.state()).isEqualTo(State.RINGING);
    assertThat(calling.others())
        .extracting(CallView.Participant::state)
        .containsExactly(ParticipantState.RINGING);
    var incoming = only(world.clients.take(bob), CallNotice.Incoming.class);
    assertThat(incoming.caller().displayName()).isEqualTo("name 1");
    assertThat(incoming.video()).isTrue();
    CallView answered = world.calls.accept(bob, calling.id(), false, false);
    assertThat(answered.state()).isEqualTo(State.CONNECTED);
    assertThat(answered.incoming()).isTrue();
    assertThat(only(world.clients.take(phone), CallNotice.IncomingEnded.class).reason())
        .isEqualTo(EndReason.ELSEWHERE);
    assertThat(only(world.clients.take(ann), CallNotice.SelfChanged.class).state())
        .isEqualTo(State.CONNECTED);
    hangUp(bob, calling.id());
    assertThat(only(world.clients.take(ann), CallNotice.Ended.class).reason())
        .isEqualTo(EndReason.HUNG_UP);
    assertThat(world.facts(calling.id()))
        .containsExactly(
            "callStarted",
            "participantAdded",
            "incomingCall",
            "participantAdded",
            "participantRemoved",
            "participantRemoved",
            "callEnded");
  }

  @Test
  void callIsTakenUpAgainAfterARestart() {
    CallView before = join(ann);
    CallView other = join(bob);
    world.restart();
    CallClient again = world.client(1);
    CallView after = world.calls.rejoin(again, before.id(), before.leg());
    assertThat(after.others()).extracting(one -> one.person().user()).containsExactly(user(2));
    assertThat(after.self().muted()).isTrue();
    world.test.clock.advance(CallLimits.RETURN);
    assertThat(only(world.clients.take(again), CallNotice.ParticipantLeft.class).reason())
        .isEqualTo(EndReason.CONNECTION_LOST);
    assertThat(world.media.calls.get(before.id())).containsExactly(after.leg());
    assertThat(other.id()).isEqualTo(before.id());
    hangUp(again, before.id());
    assertThat(world.facts(before.id())).filteredOn("callEnded"::equals).hasSize(1);
    assertThat(eve.user()).isEqualTo(user(3));
  }
}
