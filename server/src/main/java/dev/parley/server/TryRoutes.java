package dev.parley.server;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.InvalidBody;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.TokenScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The page on which a developer tries a call; development only. Its address, printed at the start,
 * has a key behind the {@code #}, which gives the page a token (docs/decisions/0045-try-a-call.md).
 */
final class TryRoutes implements OperationTable {
  private static final String FOLDER = "/dev/parley/server/try/";
  private static final int KEY_BYTES = 32;
  private static final int TOKEN_MINUTES = 60;

  /** Scripts, styles and connections of this server only, and nobody frames it. */
  private static final Map<String, String> GUARDS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-cache");

  private final IdentityService users;
  private final ResourceId resource;
  private final Secret<String> key;
  private final String group;

  /**
   * @param resource whose users the page's visitors become
   */
  TryRoutes(IdentityService users, ResourceId resource, Ids ids) {
    this.users = users;
    this.resource = resource;
    this.key =
        Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(KEY_BYTES)));
    this.group = ids.uuid().toString();
  }

  /** The page with its key, below the server's base. */
  Secret<String> path() {
    return Secret.of("/try/call#" + key.reveal());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        file("try.page", "/try/call", "call.html", "text/html; charset=utf-8"),
        file("try.script", "/try/call.js", "call.js", "text/javascript; charset=utf-8"),
        file("try.style", "/try/call.css", "call.css", "text/css; charset=utf-8"),
        plain("try.token", "POST", "/try/token", anyone(), this::token).withBodyBytesMax(1024));
  }

  private static Operation file(String operation, String path, String name, String type) {
    return plain(
            operation,
            "GET",
            path,
            anyone(),
            exchange -> new Answer(200, GUARDS, type, Resources.find(FOLDER + name).orElseThrow()))
        .withBodyBytesMax(0);
  }

  record TokenRequest(String key) {
    TokenRequest {
      InvalidBody.required("key", key);
    }

    @Override
    public String toString() {
      return "TokenRequest[redacted]";
    }
  }

  /**
   * What a page needs to call.
   *
   * @param groupId of the call in which all pages of this server meet
   */
  record Pass(String userId, String token, Instant expiresOn, String groupId) {}

  private Answer token(Exchange exchange) {
    byte[] given = exchange.json(TokenRequest.class).key().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, key.reveal().getBytes(StandardCharsets.UTF_8))) {
      throw new Problem(
              401,
              "Unauthorized",
              "The key is not that of this run: open the address that the server printed.")
          .exception();
    }
    IdentityService.Created created =
        users.create(resource, null, Set.of(TokenScope.VOIP), TOKEN_MINUTES);
    var token = Objects.requireNonNull(created.token());
    return Answer.json(
            200,
            new Pass(
                created.user().id().toString(), token.token().reveal(), token.expiresOn(), group))
        .with("Cache-Control", "no-store");
  }

  @Override
  public Problem problem(Refusal refusal) {
    throw new IllegalStateException("nothing is refused here: " + refusal);
  }
}
