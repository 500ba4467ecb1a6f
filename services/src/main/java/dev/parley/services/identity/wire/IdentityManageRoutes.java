package dev.parley.services.identity.wire;

import static dev.parley.kit.http.Access.operator;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.InvalidBody;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Paging;
import dev.parley.kit.http.Problem;
import dev.parley.services.identity.IdentityLimits;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.SigningKeys;
import dev.parley.services.identity.TokenScope;
import dev.parley.services.identity.User;
import dev.parley.services.identity.UserToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the command line and the portal need of identity and ACS has no operation for. */
public final class IdentityManageRoutes implements OperationTable {
  private static final String ACTOR = "operator";
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private final IdentityService identity;
  private final SigningKeys signingKeys;
  private final Function<String, ResourceId> resourceOf;

  /**
   * @param resourceOf finds a resource by its name, or throws a problem of its own
   */
  public IdentityManageRoutes(
      IdentityService identity, SigningKeys signingKeys, Function<String, ResourceId> resourceOf) {
    this.identity = identity;
    this.signingKeys = signingKeys;
    this.resourceOf = resourceOf;
  }

  @Override
  public List<Operation> operations() {
    String one = "/manage/v1/resources/{name}";
    return List.of(
        plain("manage.listUsers", "GET", one + "/users", operator(), this::users),
        plain("manage.issueToken", "POST", one + "/tokens", operator(), this::token),
        plain(
            "manage.rotateSigningKey",
            "POST",
            "/manage/v1/signingKeys/:rotate",
            operator(),
            this::rotate));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return IdentityErrors.problem((dev.parley.services.identity.IdentityRefusal) refusal);
  }

  /**
   * Asks for a token.
   *
   * @param userId of an existing user; a new one is made without it
   */
  record TokenRequest(
      List<@Nullable String> scopes, @Nullable String userId, @Nullable Integer expiresInMinutes) {
    TokenRequest {
      InvalidBody.required("scopes", scopes);
    }
  }

  record TokenBody(String userId, String token, Instant expiresOn) {}

  record UserBody(
      String id,
      @Nullable String customId,
      Instant createdAt,
      @Nullable Instant lastTokenIssuedAt) {}

  record UserList(List<UserBody> value, @Nullable String nextLink) {}

  private Answer users(Exchange exchange) {
    ResourceId resource = resourceOf.apply(exchange.parameter("name"));
    int top = exchange.query().number("top", 100, 1, 1000);
    String cursor = Paging.cursor(exchange.query().get("after"), "after");
    List<User> page = identity.list(resource, cursor == null ? BEFORE_ALL : uuid(cursor), top);
    String next =
        page.size() < top
            ? null
            : Paging.nextLink(
                exchange,
                Map.of(
                    "top",
                    Integer.toString(top),
                    "after",
                    Paging.token(page.getLast().id().user().toString())));
    return Answer.json(200, new UserList(page.stream().map(this::body).toList(), next));
  }

  private static UUID uuid(String cursor) {
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException foreign) {
      throw Problem.badRequest("Query parameter after is not a token of this list.", "after")
          .exception();
    }
  }

  private UserBody body(User user) {
    return new UserBody(
        user.id().toString(), user.customId(), user.createdAt(), user.lastTokenIssuedAt());
  }

  private Answer token(Exchange exchange) {
    ResourceId resource = resourceOf.apply(exchange.parameter("name"));
    TokenRequest request = exchange.json(TokenRequest.class);
    Set<TokenScope> scopes = IdentityBodies.scopes("scopes", request.scopes());
    Integer asked = request.expiresInMinutes();
    int minutes = asked == null ? IdentityLimits.TOKEN_MINUTES_MAX : asked;
    String known = request.userId();
    String userId =
        known != null
            ? known
            : identity.create(resource, null, Set.of(), minutes).user().id().toString();
    UserToken token = identity.takeToken(resource, userId, scopes, minutes, ACTOR);
    return Answer.json(200, new TokenBody(userId, token.token().reveal(), token.expiresOn()));
  }

  private Answer rotate(Exchange exchange) {
    signingKeys.rotate(ACTOR);
    return Answer.empty(204);
  }
}
