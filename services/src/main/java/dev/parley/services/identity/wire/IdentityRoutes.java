package dev.parley.services.identity.wire;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Access.key;
import static dev.parley.kit.http.Operation.acs;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Denials;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.identity.IdentityRefusal;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.User;
import dev.parley.services.identity.UserToken;
import dev.parley.services.identity.UserTokens;
import dev.parley.services.identity.wire.IdentityBodies.AccessToken;
import dev.parley.services.identity.wire.IdentityBodies.CreateRequest;
import dev.parley.services.identity.wire.IdentityBodies.CreateResult;
import dev.parley.services.identity.wire.IdentityBodies.Identity;
import dev.parley.services.identity.wire.IdentityBodies.TeamsExchangeRequest;
import dev.parley.services.identity.wire.IdentityBodies.TokenRequest;
import java.util.List;

/** The operation table of identity (operations.md, "identity"). */
public final class IdentityRoutes implements OperationTable {
  private static final String ACTOR = "key";
  private final IdentityService identity;
  private final UserTokens tokens;

  public IdentityRoutes(IdentityService identity, UserTokens tokens) {
    this.identity = identity;
    this.tokens = tokens;
  }

  @Override
  public List<Operation> operations() {
    String one = "/identities/{id}";
    return List.of(
        acs("identity.create", "POST", "/identities", key(), this::create),
        acs("identity.get", "GET", one, key(), this::get),
        acs("identity.delete", "DELETE", one, key(), this::delete),
        acs("identity.issueAccessToken", "POST", one + "/:issueAccessToken", key(), this::issue),
        acs(
            "identity.revokeAccessTokens",
            "POST",
            one + "/:revokeAccessTokens",
            key(),
            this::revoke),
        acs(
            "identity.exchangeTeamsUserAccessToken",
            "POST",
            "/teamsUser/:exchangeAccessToken",
            key(),
            this::exchangeTeams),
        acs(
            "identity.exchangeEntraAccessToken",
            "POST",
            "/access/entra/:exchangeAccessToken",
            anyone(),
            this::exchangeEntra),
        acs(
            "identity.exchangeTeamsExtensionAccessToken",
            "POST",
            "/access/teamsExtension/:exchangeAccessToken",
            anyone(),
            this::exchangeEntra),
        plain("identity.jwks", "GET", "/.well-known/jwks.json", anyone(), this::jwks));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return IdentityErrors.problem((IdentityRefusal) refusal);
  }

  private Answer create(Exchange exchange) {
    CreateRequest request = exchange.json(CreateRequest.class);
    IdentityService.Created created =
        identity.create(
            resource(exchange), request.customId(), request.scopes(), request.minutes());
    AccessToken token = created.token() == null ? null : body(created.token());
    return Answer.json(201, new CreateResult(body(created.user()), token));
  }

  private Answer get(Exchange exchange) {
    return Answer.json(200, body(identity.get(resource(exchange), exchange.parameter("id"))));
  }

  private Answer issue(Exchange exchange) {
    TokenRequest request = exchange.json(TokenRequest.class);
    UserToken token =
        identity.issueToken(
            resource(exchange),
            exchange.parameter("id"),
            IdentityBodies.scopes("scopes", request.scopes()),
            request.minutes());
    return Answer.json(200, body(token));
  }

  private Answer revoke(Exchange exchange) {
    identity.revokeTokens(resource(exchange), exchange.parameter("id"), ACTOR);
    return Answer.empty(204);
  }

  private Answer delete(Exchange exchange) {
    identity.delete(resource(exchange), exchange.parameter("id"), ACTOR);
    return Answer.empty(204);
  }

  private Answer exchangeTeams(Exchange exchange) {
    exchange.json(TeamsExchangeRequest.class);
    throw new Refused(new IdentityRefusal.NoIdentityProvider());
  }

  /**
   * The credential is a token of the identity provider, so without a provider nothing is believed.
   */
  private Answer exchangeEntra(Exchange exchange) {
    if (exchange.header("Authorization") == null) {
      throw Denials.MISSING_CREDENTIAL.exception();
    }
    throw new Refused(new IdentityRefusal.NoIdentityProvider());
  }

  private Answer jwks(Exchange exchange) {
    return Answer.text(200, tokens.jwks()).withContentType("application/jwk-set+json");
  }

  private static ResourceId resource(Exchange exchange) {
    return exchange.keyHolder().resource();
  }

  private static Identity body(User user) {
    return new Identity(user.id().toString(), user.customId(), user.lastTokenIssuedAt());
  }

  private static AccessToken body(UserToken token) {
    return new AccessToken(token.token().reveal(), token.expiresOn());
  }
}
