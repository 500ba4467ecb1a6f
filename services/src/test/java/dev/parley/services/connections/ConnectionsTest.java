package dev.parley.services.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.test.FakeClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final ResourceId HERE = new ResourceId(new UUID(1, 1));
  private static final ResourceId THERE = new ResourceId(new UUID(2, 2));

  private final FakeClock clock = new FakeClock();
  private final Set<String> revoked = new HashSet<>();
  private final Connections connections =
      new Connections(bearer -> !revoked.contains(bearer.user()), clock);

  private static class One implements Connection {
    private final Bearer bearer;
    final AtomicInteger ended = new AtomicInteger();

    One(Bearer bearer) {
      this.bearer = bearer;
    }

    @Override
    public Bearer bearer() {
      return bearer;
    }

    @Override
    public void unauthorized() {
      ended.incrementAndGet();
    }
  }

  private static final class Other extends One {
    Other(Bearer bearer) {
      super(bearer);
    }
  }

  private Bearer bearer(ResourceId resource, String user) {
    return new Bearer(resource, user, 0, clock.now().plus(Duration.ofHours(1)));
  }

  @Test
  void connectionEndsWithItsToken() {
    One one = new One(bearer(HERE, "ann"));
    connections.enter(one);
    clock.advance(Duration.ofMinutes(59));
    assertThat(one.ended).hasValue(0);
    clock.advance(Duration.ofMinutes(1));
    assertThat(one.ended).hasValue(1);
  }

  @Test
  void connectionThatLeftIsNotToldAnyMore() {
    One one = new One(bearer(HERE, "ann"));
    Connections.Place place = connections.enter(one);
    place.leave();
    place.leave();
    clock.advance(Duration.ofHours(2));
    connections.end(HERE, "ann");
    assertThat(one.ended).hasValue(0);
    assertThat(connections.of("ann", One.class)).isEmpty();
  }

  @Test
  void revokedTokenDoesNotGetIn() {
    revoked.add("ann");
    One one = new One(bearer(HERE, "ann"));
    connections.enter(one);
    assertThat(one.ended).hasValue(1);
  }

  @Test
  void revocationEndsEveryKindOfConnectionOfThatUserAndNoOther() {
    One socket = new One(bearer(HERE, "ann"));
    Other call = new Other(bearer(HERE, "ann"));
    One ben = new One(bearer(HERE, "ben"));
    connections.enter(socket);
    connections.enter(call);
    connections.enter(ben);
    connections.standingChanged("ann");
    assertThat(socket.ended).hasValue(0);
    revoked.add("ann");
    connections.standingChanged("ann");
    assertThat(socket.ended).hasValue(1);
    assertThat(call.ended).hasValue(1);
    assertThat(ben.ended).hasValue(0);
  }

  @Test
  void resourceThatIsGoneTakesItsConnections() {
    One here = new One(bearer(HERE, "ann"));
    One there = new One(bearer(THERE, "ben"));
    connections.enter(here);
    connections.enter(there);
    connections.resourcesChanged(HERE::equals);
    assertThat(here.ended).hasValue(0);
    assertThat(there.ended).hasValue(1);
  }

  @Test
  void userOfAnotherResourceIsNotEndedByTheSameName() {
    One there = new One(bearer(THERE, "ann"));
    connections.enter(there);
    connections.end(HERE, "ann");
    assertThat(there.ended).hasValue(0);
  }

  @Test
  void kindsAreCountedApart() {
    connections.enter(new Other(bearer(HERE, "ann")));
    connections.enter(new Other(bearer(HERE, "ben")));
    connections.enter(new One(bearer(HERE, "ben")));
    assertThat(connections.count(Other.class)).isEqualTo(2);
    assertThat(connections.of("ben", Other.class)).hasSize(1);
  }
}
