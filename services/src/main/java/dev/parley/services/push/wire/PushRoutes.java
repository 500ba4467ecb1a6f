package dev.parley.services.push.wire;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Access.user;
import static dev.parley.kit.http.Operation.acs;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Denials;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.identity.UserTokens;
import dev.parley.services.push.Device;
import dev.parley.services.push.PushRefusal;
import dev.parley.services.push.PushService;
import dev.parley.services.push.wire.PushBodies.Configuration;
import dev.parley.services.push.wire.PushBodies.Registration;
import dev.parley.services.push.wire.PushBodies.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of push (compat §4). */
public final class PushRoutes implements OperationTable {
  private static final long REGISTRATION_SECONDS_DEFAULT = 7200;
  private static final int HANDSHAKE_SECONDS = 100;

  private final PushService service;
  private final UserTokens tokens;

  public PushRoutes(PushService service, UserTokens tokens) {
    this.service = service;
    this.tokens = tokens;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        acs(
            "push.configuration",
            "GET",
            "/chat/config/realTimeNotifications",
            user(),
            this::configuration),
        plain("push.allocate", "POST", "/v4/a", user(), this::allocate).withBodyBytesMax(4096),
        plain("push.handshake", "GET", "/socket.io/1", user(), this::handshake),
        plain("push.handshakeSlash", "GET", "/socket.io/1/", user(), this::handshake),
        plain("push.socket", "GET", "/socket.io/1/websocket/{sid}", anyone(), this::socket)
            .withBodyBytesMax(0),
        plain("push.register", "POST", "/v3/registrations", user(), this::register)
            .withBodyBytesMax(64 << 10),
        plain(
            "push.unregister",
            "DELETE",
            "/v3/registrations/{registrationId}",
            user(),
            this::unregister),
        plain("push.root", "GET", "/", anyone(), this::root));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return PushErrors.of((PushRefusal) refusal);
  }

  private Answer configuration(Exchange exchange) {
    String base = exchange.baseUrl();
    return Answer.json(200, new Configuration(base, base, "Public"));
  }

  /** The content type must be {@code application/json}, with or without parameters. */
  private Answer allocate(Exchange exchange) {
    PushService.Allocation allocation =
        service.allocate(
            exchange.user().userId(),
            registration(exchange),
            exchange.query().get(PushFrames.RESUME));
    PushFrames frames = new PushFrames(exchange.baseUrl(), allocation.session());
    return Answer.json(200, frames.allocated(allocation.resume()));
  }

  private static String registration(Exchange exchange) {
    String epid = exchange.query().get("epid");
    return epid == null ? "" : epid;
  }

  private Answer handshake(Exchange exchange) {
    Caller.User user = exchange.user();
    UserTokens.Claims claims =
        Optional.ofNullable(token(exchange))
            .flatMap(tokens::read)
            .orElseThrow(Denials.BAD_TOKEN::exception);
    Device device =
        new Device(
            new UUID(0, 0),
            user.resource(),
            user.userId(),
            registration(exchange),
            claims.epoch(),
            claims.expiresOn());
    String sid = service.handshake(device, exchange.query().get(PushFrames.RESUME));
    String seconds = HANDSHAKE_SECONDS + ":" + HANDSHAKE_SECONDS;
    return Answer.text(200, sid + ":" + seconds + ":websocket").with("Cache-Control", "no-store");
  }

  private static @Nullable String token(Exchange exchange) {
    String bearer = exchange.header("Authorization");
    return bearer == null
        ? exchange.header("X-Skypetoken")
        : bearer.substring(bearer.indexOf(' ') + 1).trim();
  }

  private Answer socket(Exchange exchange) {
    PushService.Claim claim = service.claim(exchange.parameter("sid"));
    return Answer.upgrade(
        new PushSocket(claim, new PushFrames(exchange.baseUrl(), claim.session())));
  }

  /** Ways other than a socket are accepted and lead nowhere: mobile platforms have their own. */
  private Answer register(Exchange exchange) {
    Registration registration = exchange.json(Registration.class);
    for (Transport transport : registration.sockets()) {
      long seconds = transport.ttl() == null ? REGISTRATION_SECONDS_DEFAULT : transport.ttl();
      if (seconds < 1) {
        throw Problem.badRequest("The ttl must be at least 1 second.", "transports.TROUTER.ttl")
            .exception();
      }
      Duration life = Duration.ofSeconds(Math.min(seconds, 7 * 86_400));
      service.register(exchange.user().userId(), sessionOf(transport), life);
    }
    return Answer.json(202, Map.of());
  }

  /** The session that a push address names; refuses what is no address of ours. */
  static UUID sessionOf(Transport transport) {
    String[] parts = transport.path().split("/", -1);
    try {
      return UUID.fromString(parts.length < 2 ? "" : parts[parts.length - 2]);
    } catch (IllegalArgumentException malformed) {
      throw Problem.badRequest(
              "The path must be the surl of the connection.", "transports.TROUTER.path")
          .exception();
    }
  }

  private Answer unregister(Exchange exchange) {
    service.unregister(exchange.user().userId(), exchange.parameter("registrationId"));
    return Answer.empty(202);
  }

  /** Clients that cannot connect probe the root; people are told that they found the server. */
  private Answer root(Exchange exchange) {
    if (exchange.query().get("check") != null) {
      return Answer.text(200, "Trouter");
    }
    String accept = exchange.header("Accept");
    if (accept != null && accept.contains("text/html")) {
      return Answer.text(200, "Parley runs here. Programs use it with a connection string.");
    }
    throw new Problem(404, "NotFound", "There is nothing at this path.").exception();
  }
}
