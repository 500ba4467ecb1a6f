package dev.parley.services.calling;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One client's place in a call.
 *
 * @param awayUntil until when the return of its socket is awaited, when that is gone
 * @param silence which of its connections for media, that it had or began, are not usable
 * @param offered whether it has begun to publish
 */
public record Leg(
    LegId id, ClientId client, Optional<Instant> awayUntil, Silence silence, boolean offered) {
  /** Stands for the client of those who have none: the echo. */
  public static final ClientId NOBODY = new ClientId(new UUID(0, 0));

  /** Connections for media that are not usable, and until when that is awaited. */
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
    return new Leg(id, client, Optional.empty(), Silence.NONE, false);
  }

  boolean isAutomatic() {
    return client.equals(NOBODY);
  }

  Leg awayUntil(Instant until) {
    return new Leg(id, client, Optional.of(until), silence, offered);
  }

  Leg back() {
    return new Leg(id, client, Optional.empty(), silence, offered);
  }

  Leg with(Silence other) {
    return new Leg(id, client, awayUntil, other, offered);
  }

  Leg withOffer() {
    return new Leg(id, client, awayUntil, silence, true);
  }
}
