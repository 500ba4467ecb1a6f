package dev.parley.server;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Access.user;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.InvalidBody;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.kit.http.TokenBucket;
import dev.parley.services.identity.IdentityLimits;
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

  /** Scripts, styles and connections of this server only, and nobody frames it. */
  private static final Map<String, String> GUARDS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'",
          "Referrer-Policy",
          "no-referrer");

  /** One person opens a few tabs; more in a minute is a program that went wrong. */
  static final int USERS_PER_MINUTE = 60;

  /** Custom ids of the page's users begin so; only those may delete themselves here. */
  private static final String CUSTOM_ID = "try-call:";

  private final IdentityService users;
  private final ResourceId resource;
  private final Clock clock;
  private final Ids ids;
  private final TokenBucket rate;
  private final Secret<String> key;
  private final String group;

  /**
   * @param resource whose users the page's visitors become
   */
  TryRoutes(IdentityService users, ResourceId resource, Clock clock, Ids ids) {
    this.users = users;
    this.resource = resource;
    this.clock = clock;
    this.ids = ids;
    this.rate = new TokenBucket(USERS_PER_MINUTE / 60.0, USERS_PER_MINUTE, clock.nanoTime());
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
        plain("try.token", "POST", "/try/token", anyone(), this::token).withBodyBytesMax(1024),
        plain("try.deleteUser", "DELETE", "/try/user", user(), this::deleteUser)
            .withBodyBytesMax(0));
  }

  private static Operation file(String operation, String path, String name, String type) {
    StaticFile file = new StaticFile(FOLDER + name, type);
    return plain(operation, "GET", path, anyone(), exchange -> guarded(file, exchange))
        .withBodyBytesMax(0);
  }

  private static Answer guarded(StaticFile file, Exchange exchange) {
    Answer answer = file.answer(exchange).orElseThrow();
    for (Map.Entry<String, String> guard : GUARDS.entrySet()) {
      answer = answer.with(guard.getKey(), guard.getValue());
    }
    return answer;
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
    takeOneOfThisMinute();
    IdentityService.Created created =
        users.create(
            resource,
            CUSTOM_ID + ids.uuid(),
            Set.of(TokenScope.VOIP),
            IdentityLimits.TOKEN_MINUTES_MAX);
    var token = Objects.requireNonNull(created.token());
    return Answer.json(
            200,
            new Pass(
                created.user().id().toString(), token.token().reveal(), token.expiresOn(), group))
        .with("Cache-Control", "no-store");
  }

  private void takeOneOfThisMinute() {
    long wait = rate.take(clock.nanoTime());
    if (wait > 0) {
      String message = "The page makes at most " + USERS_PER_MINUTE + " users a minute.";
      throw new Problem(429, "TooManyRequests", message).withRetryAfter(wait).exception();
    }
  }

  /** A tab that is closed takes its user with it, and nobody else. */
  private Answer deleteUser(Exchange exchange) {
    Caller.User caller = exchange.user();
    String customId = users.get(caller.resource(), caller.userId()).customId();
    if (customId == null || !customId.startsWith(CUSTOM_ID)) {
      throw new Problem(403, "Forbidden", "This user was not made by the page /try/call.")
          .exception();
    }
    users.delete(caller.resource(), caller.userId(), caller.userId());
    return Answer.empty(204);
  }

  @Override
  public Problem problem(Refusal refusal) {
    throw new IllegalStateException("nothing is refused here: " + refusal);
  }
}
