package dev.parley.services.calling;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Where a participant stands; each record holds only what is true there. */
public sealed interface Place {
  /**
   * Its devices ring.
   *
   * @param clients where it rings; empty when none is connected
   * @param until when the ringing ends
   * @param by the user that called
   * @param video whether the caller's camera will send
   */
  record Invited(Set<ClientId> clients, Instant until, String by, boolean video) implements Place {
    public Invited {
      clients = Set.copyOf(clients);
    }

    Invited with(ClientId client, Instant newUntil) {
      Set<ClientId> more = new HashSet<>(clients);
      more.add(client);
      return new Invited(more, newUntil, by, video);
    }

    Invited without(ClientId client, Instant newUntil) {
      Set<ClientId> fewer = new HashSet<>(clients);
      fewer.remove(client);
      return new Invited(fewer, newUntil, by, video);
    }
  }

  /** Waits in the lobby. */
  record Waiting(Leg leg) implements Place {}

  /** Is in the call. */
  record Present(Leg leg, boolean onHold) implements Place {}

  /** The client's leg, for those who have one. */
  default Optional<Leg> anyLeg() {
    return switch (this) {
      case Invited invited -> Optional.empty();
      case Waiting waiting -> Optional.of(waiting.leg);
      case Present present -> Optional.of(present.leg);
    };
  }
}
