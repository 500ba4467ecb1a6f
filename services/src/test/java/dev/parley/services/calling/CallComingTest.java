package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One who was sent to a call in whose lobby it waits: whoever sent it may let people in. */
class CallComingTest {
  private static final CallLocator GROUP = new CallLocator.Group(new UUID(7, 7).toString());

  @TempDir private Path folder;
  private CallWorld world;
  private CallClient ann;
  private CallClient bob;

  @BeforeEach
  void open() {
    world = new CallWorld(TestStore.sqlite(folder));
    ann = world.client(1);
    bob = world.client(2);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Ann has a group with a lobby in which Bob waits, talks with him, and sends him to it. */
  private CallId sent() {
    CallId group = world.calls.join(ann, GROUP, false, true).id();
    assertThat(world.calls.join(bob, GROUP, false, false).state())
        .isEqualTo(CallView.State.IN_LOBBY);
    CallId talk = world.calls.start(ann, List.of(CallWorld.user(2)), false, false, "").id();
    world.calls.accept(bob, talk, false, false);
    world.calls.act(
        ann,
        talk,
        new CallAction.Transfer(CallWorld.user(2), Optional.empty(), Optional.of(group)));
    return group;
  }

  @Test
  void theClientThatWaitsIsLetIn() {
    CallId group = sent();
    CallView view = world.calls.come(bob, group, true);
    assertThat(view.state()).isEqualTo(CallView.State.CONNECTED);
    assertThat(view.others()).hasSize(1);
    assertThat(world.facts(group)).filteredOn("participantAdded"::equals).hasSize(2);
  }

  @Test
  void anotherClientOfTheUserTakesThePlaceAndIsLetIn() {
    CallId group = sent();
    CallClient other = world.client(2);
    assertThat(world.calls.come(other, group, true).state()).isEqualTo(CallView.State.CONNECTED);
    assertThat(world.calls.callsOf(bob)).noneMatch(call -> call.id().equals(group));
  }
}
