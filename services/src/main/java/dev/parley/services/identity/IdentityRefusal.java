package dev.parley.services.identity;

import dev.parley.kit.base.Refusal;

/** Why a request about users or tokens is refused. */
public sealed interface IdentityRefusal extends Refusal {
  /** The text is not the id of a communication user. */
  record MalformedUserId() implements IdentityRefusal {}

  /** The user is of another resource. */
  record ForeignUser() implements IdentityRefusal {}

  /** There is no such user, or it was deleted. */
  record UnknownUser() implements IdentityRefusal {}

  /** A token needs at least one scope. */
  record NoScopes() implements IdentityRefusal {}

  /** Not a scope of {@link TokenScope}. */
  record UnknownScope(String scope) implements IdentityRefusal {}

  /** The life of a token is outside {@link IdentityLimits}. */
  record LifeOutOfRange(int minutes) implements IdentityRefusal {}

  /** Empty or too long. */
  record CustomIdInvalid() implements IdentityRefusal {}

  /** Exchanging foreign tokens needs an identity provider, and none is configured. */
  record NoIdentityProvider() implements IdentityRefusal {}
}
