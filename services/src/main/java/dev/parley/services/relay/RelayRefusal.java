package dev.parley.services.relay;

import dev.parley.kit.base.Refusal;

/** Why no relay configuration is given. */
public sealed interface RelayRefusal extends Refusal {
  /** The installation has no TURN server. */
  record NotConfigured() implements RelayRefusal {}

  /** There is no such user in the resource. */
  record UnknownUser() implements RelayRefusal {}

  /** The life is below {@link RelayLimits#LIFE_MIN}. */
  record LifeTooShort() implements RelayRefusal {}
}
