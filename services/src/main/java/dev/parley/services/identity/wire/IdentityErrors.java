package dev.parley.services.identity.wire;

import dev.parley.kit.http.Problem;
import dev.parley.services.identity.IdentityLimits;
import dev.parley.services.identity.IdentityRefusal;

/** How the refusals of identity look on the wire. Codes but {@code BadRequest} are guesses. */
final class IdentityErrors {
  private IdentityErrors() {}

  static Problem problem(IdentityRefusal refusal) {
    return switch (refusal) {
      case IdentityRefusal.MalformedUserId malformed ->
          Problem.badRequest("The id is not that of a communication user.", "id");
      case IdentityRefusal.ForeignUser foreign ->
          new Problem(403, "Forbidden", "The identity belongs to another resource.");
      case IdentityRefusal.UnknownUser unknown ->
          new Problem(404, "IdentityNotFound", "Provided identity doesn't exist.");
      case IdentityRefusal.NoScopes none ->
          Problem.badRequest("A token needs at least one scope.", "scopes");
      case IdentityRefusal.UnknownScope unknown ->
          Problem.badRequest("There is no scope '" + unknown.scope() + "'.", "scopes");
      case IdentityRefusal.LifeOutOfRange life -> lifeOutOfRange();
      case IdentityRefusal.CustomIdInvalid invalid -> customIdInvalid();
      case IdentityRefusal.NoIdentityProvider none ->
          new Problem(
              403,
              "IdentityProviderNotConfigured",
              "This installation has no identity provider whose tokens it could exchange.");
    };
  }

  private static Problem lifeOutOfRange() {
    String rule =
        "expiresInMinutes must be from "
            + IdentityLimits.TOKEN_MINUTES_MIN
            + " to "
            + IdentityLimits.TOKEN_MINUTES_MAX
            + ".";
    return Problem.badRequest(rule, "expiresInMinutes");
  }

  private static Problem customIdInvalid() {
    String rule =
        "customId must have 1 to " + IdentityLimits.CUSTOM_ID_CHARACTERS_MAX + " characters.";
    return Problem.badRequest(rule, "customId");
  }
}
