package dev.parley.services.relay.wire;

import dev.parley.kit.http.Problem;
import dev.parley.services.relay.RelayLimits;
import dev.parley.services.relay.RelayRefusal;

/** How the refusals of the relay look on the wire; the codes but {@code BadRequest} are guesses. */
final class RelayErrors {
  private RelayErrors() {}

  static Problem problem(RelayRefusal refusal) {
    return switch (refusal) {
      case RelayRefusal.NotConfigured none ->
          new Problem(403, "RelayNotConfigured", "This installation has no relay (TURN server).");
      case RelayRefusal.UnknownUser unknown ->
          new Problem(404, "IdentityNotFound", "There is no such user in this resource.")
              .withTarget("id");
      case RelayRefusal.LifeTooShort tooShort ->
          Problem.badRequest(
              "ttl must be at least " + RelayLimits.LIFE_MIN.toSeconds() + " second.", "ttl");
    };
  }
}
