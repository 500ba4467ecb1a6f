package dev.parley.services.calling;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One client's place in a call.
 *
 * @param awayUntil until when the return of its socket is awaited, when that is gone
 * @param silence which of its connections for media, that it had, are gone
 */
public record Leg(LegId id, ClientId client, Optional<Instant> awayUntil, Silence silence) {
  /** Stands for the client of those who have none: the echo. */
  public static final ClientId NOBODY = new ClientId(new UUID(0, 0));

  /** Connections for media that were lost, and until when their return is awaited. */
  public record Silence(boolean publishing, boolean receiving, Instant until) {
    static final Silence NONE = new Silence(false, false, Instant.EPOCH);

    boolean isAny() {
      return publishing || receiving;
    }

    Silence with(boolean ofPublishing, boolean lost, Instant newUntil) {
      Silence next =
          ofPublishing
              ? new Silence(lost, receiving, newUntil)
              : new Silence(publishing, lost, newUntil);
      return next.isAny() ? next : NONE;
    }

    Silence with(Instant newUntil) {
      return isAny() ? new Silence(publishing, receiving, newUntil) : NONE;
    }
  }

  public static Leg of(LegId id, ClientId client) {
    return new Leg(id, client, Optional.empty(), Silence.NONE);
  }

  boolean isAutomatic() {
    return client.equals(NOBODY);
  }

  Leg awayUntil(Instant until) {
    return new Leg(id, client, Optional.of(until), silence);
  }

  Leg back() {
    return new Leg(id, client, Optional.empty(), silence);
  }

  Leg with(Silence other) {
    return new Leg(id, client, awayUntil, other);
  }
}
