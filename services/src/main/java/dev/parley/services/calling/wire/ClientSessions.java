package dev.parley.services.calling.wire;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.ResourceId;
import dev.parley.services.calling.CallClient;
import dev.parley.services.calling.CallClients;
import dev.parley.services.calling.CallNotice;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.Calls;
import dev.parley.services.calling.ClientId;
import dev.parley.services.calling.wire.ClientMessage.Hello;
import dev.parley.services.calling.wire.ClientMessage.SessionKey;
import dev.parley.services.calling.wire.ClientSession.Holder;
import dev.parley.services.connections.Bearer;
import dev.parley.services.connections.Connections;
import dev.parley.services.identity.TokenScope;
import dev.parley.services.identity.UserTokens;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All sessions of clients of this process; the way of {@link Calls} to them. */
public final class ClientSessions implements CallClients, AutoCloseable {
  private final CallRequests requests;
  private final Function<String, Optional<UserTokens.Claims>> tokens;
  private final Connections connections;
  private final IceServers iceServers;
  private final Clock clock;
  private final Ids ids;
  private final ConcurrentMap<ClientId, ClientSession> byId = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param calls what clients ask; it is asked only after {@link #start}
   * @param tokens reads a token; empty for one that is forged, expired or not ours
   * @param connections in which the sessions stand
   */
  public ClientSessions(
      Calls calls,
      Function<String, Optional<UserTokens.Claims>> tokens,
      Connections connections,
      IceServers iceServers,
      Clock clock,
      Ids ids) {
    this.requests = new CallRequests(calls);
    this.tokens = tokens;
    this.connections = connections;
    this.iceServers = iceServers;
    this.clock = clock;
    this.ids = ids;
  }

  /** Starts looking for silent sockets. */
  public void start() {
    if (!closed) {
      clock.after(
          SignallingLimits.SWEEP,
          () -> {
            byId.values().forEach(ClientSession::cutWhenSilent);
            start();
          });
    }
  }

  SignallingSocket newSocket() {
    return new SignallingSocket(this, clock);
  }

  /** A socket's first message. */
  void hello(SignallingSocket socket, long id, Hello hello) {
    if (closed) {
      socket.close(SignallingSocket.STOPPING, "the server stops");
      return;
    }
    Optional<UserTokens.Claims> claims = tokens.apply(hello.token());
    if (claims.isEmpty()) {
      socket.close(SignallingSocket.UNAUTHORIZED, "the token is refused");
    } else if (!mayCall(claims.get())) {
      socket.send(Frames.error(id, CallingErrors.WRONG_SCOPE));
      socket.close(SignallingSocket.UNAUTHORIZED, "the token is for something else");
    } else {
      attach(socket, id, hello, claims.get());
    }
  }

  private static boolean mayCall(UserTokens.Claims claims) {
    return claims.scopes().contains(TokenScope.VOIP)
        || claims.scopes().contains(TokenScope.VOIP_JOIN);
  }

  private void attach(SignallingSocket socket, long id, Hello hello, UserTokens.Claims claims) {
    ClientSession known = hello.session().map(key -> find(key, claims)).orElse(null);
    if (known != null) {
      known.enter(connections, holder(known.identity().id(), hello.displayName(), claims));
      if (known.attach(socket, id, hello.incoming(), true)) {
        return;
      }
    }
    if (!hasRoom(claims.user().toString())) {
      socket.send(Frames.error(id, CallingErrors.TOO_MANY_SESSIONS));
      socket.close(SignallingSocket.TOO_MANY, "too many sessions");
      return;
    }
    ClientSession fresh = open(hello.displayName(), claims);
    if (!fresh.attach(socket, id, hello.incoming(), false)) {
      socket.close(SignallingSocket.UNAUTHORIZED, "the token is refused");
    }
  }

  /** The session that a client proves to be its own. */
  private @Nullable ClientSession find(SessionKey key, UserTokens.Claims claims) {
    ClientSession session = byId.get(new ClientId(key.id()));
    return session != null
            && session.identity().isProvenBy(key)
            && session.bearer().resource().equals(claims.user().resource())
            && session.bearer().user().equals(claims.user().toString())
        ? session
        : null;
  }

  /** At the limit a session without a socket gives way: its page was most likely closed. */
  private boolean hasRoom(String user) {
    List<ClientSession> own = connections.of(user, ClientSession.class);
    if (own.size() < SignallingLimits.SESSIONS_PER_USER_MAX) {
      return true;
    }
    Optional<ClientSession> away = own.stream().filter(ClientSession::isAway).findFirst();
    away.ifPresent(ClientSession::giveUp);
    return away.isPresent();
  }

  private ClientSession open(String displayName, UserTokens.Claims claims) {
    byte[] secret = ids.bytes(SignallingLimits.SECRET_BYTES);
    SessionIdentity identity =
        new SessionIdentity(
            new ClientId(ids.uuid()),
            Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    Holder holder = holder(identity.id(), displayName, claims);
    ClientSession session = new ClientSession(identity, holder, this, requests, clock);
    byId.put(identity.id(), session);
    session.enter(connections, holder);
    if (closed) {
      session.stopping();
    }
    return session;
  }

  private static Holder holder(ClientId id, String displayName, UserTokens.Claims claims) {
    ResourceId resource = claims.user().resource();
    String user = claims.user().toString();
    return new Holder(
        new CallClient(id, resource, user, displayName, claims.scopes().contains(TokenScope.VOIP)),
        new Bearer(resource, user, claims.epoch(), claims.expiresOn()));
  }

  /** Gives a session a newer token; false when it is not one of the same user that may call. */
  boolean renew(ClientSession session, String token) {
    Bearer before = session.bearer();
    Optional<UserTokens.Claims> claims =
        tokens
            .apply(token)
            .filter(ClientSessions::mayCall)
            .filter(fresh -> fresh.user().toString().equals(before.user()));
    claims.ifPresent(fresh ->
        session.enter(connections, holder(session.identity().id(), session.displayName(), fresh)));
    return claims.isPresent();
  }

  /** What a hello is answered. */
  Object welcome(SessionIdentity identity, boolean resumed, List<CallView> calls, String user) {
    return Frames.object(
        "session",
        Map.of("id", identity.id().toString(), "secret", identity.secret()),
        "resumed",
        resumed,
        "user",
        user,
        "heartbeatSeconds",
        SignallingLimits.HEARTBEAT_SECONDS,
        "iceServers",
        iceServers.of(user),
        "calls",
        calls.stream().map(Frames::call).toList());
  }

  void ended(ClientSession session) {
    byId.remove(session.identity().id(), session);
  }

  @Override
  public Set<ClientId> ringing(ResourceId resource, String user) {
    return connections.of(user, ClientSession.class).stream()
        .filter(session -> session.bearer().resource().equals(resource))
        .filter(ClientSession::rings)
        .map(session -> session.identity().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void tell(ClientId client, CallNotice notice) {
    ClientSession session = byId.get(client);
    if (session != null) {
      session.tell(notice);
    }
  }

  /** Sessions of clients, with and without a socket, for metrics. */
  public int size() {
    return byId.size();
  }

  /** Closes all sockets; clients come back, to this server or the next. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(byId.values()).forEach(ClientSession::stopping);
  }
}
