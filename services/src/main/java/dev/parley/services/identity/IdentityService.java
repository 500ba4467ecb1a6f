package dev.parley.services.identity;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import dev.parley.services.audit.AuditLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use cases of users and tokens: make, issue, revoke, delete. */
public final class IdentityService {
  /** Journal: a user was made; the subject is its raw id, as in all facts here. */
  public static final String USER_CREATED = "identity.userCreated";

  /** Journal: the user's tokens ended. */
  public static final String TOKENS_REVOKED = "identity.tokensRevoked";

  /** Journal: the user is gone; every feature erases what is theirs. */
  public static final String USER_DELETED = "identity.userDeleted";

  /** Audit: the operator took a token in a user's name. */
  public static final String TOKEN_TAKEN = "identity.tokenTaken";

  /** Bus: the tokens of the user whose raw id is the payload are no longer to be believed. */
  public static final String STANDING_CHANGED = "identity.standingChanged";

  private final Database database;
  private final UserStore store;
  private final Journal journal;
  private final AuditLog audit;
  private final Bus bus;
  private final Clock clock;
  private final Ids ids;
  private final UserTokens tokens;
  private final Standings standings = new Standings(IdentityLimits.STANDINGS_MAX);
  private final ConcurrentMap<UserId, Instant> issued = new ConcurrentHashMap<>();
  private final List<Consumer<UserId>> standingListeners = new CopyOnWriteArrayList<>();

  public IdentityService(
      Database database,
      UserStore store,
      Journal journal,
      AuditLog audit,
      Bus bus,
      Clock clock,
      Ids ids,
      UserTokens tokens) {
    this.database = database;
    this.store = store;
    this.journal = journal;
    this.audit = audit;
    this.bus = bus;
    this.clock = clock;
    this.ids = ids;
    this.tokens = tokens;
    bus.subscribe(STANDING_CHANGED, message -> forget(message.payload()));
  }

  private void forget(byte[] rawId) {
    UserId.parse(new String(rawId, StandardCharsets.UTF_8)).ifPresent(standings::forget);
  }

  /** A user, with its first token when scopes were asked for. */
  public record Created(User user, @Nullable UserToken token) {}

  /**
   * Makes a user. With a custom id that the resource already knows, that user is given instead, so
   * an application can call this at every sign-in.
   *
   * @param scopes of the first token, empty for none
   * @param minutes its life
   */
  public Created create(
      ResourceId resource, @Nullable String customId, Set<TokenScope> scopes, int minutes) {
    Duration life = life(minutes);
    requireCustomId(customId);
    UserId id = new UserId(resource, ids.uuid());
    Instant now = clock.now();
    User user = database.write("identity.create", tx -> findOrAdd(tx, id, customId, now));
    UserToken token = scopes.isEmpty() ? null : issue(user.id(), user.tokenEpoch(), scopes, life);
    return new Created(token == null ? user : withIssue(user), token);
  }

  private User findOrAdd(Tx tx, UserId id, @Nullable String customId, Instant now) {
    if (customId != null) {
      Optional<User> known = store.findByCustomId(tx, id.resource(), customId);
      if (known.isPresent()) {
        return known.get();
      }
    }
    User user = new User(id, customId, now, 0, null);
    store.add(tx, user);
    record(tx, id, USER_CREATED, now);
    return user;
  }

  private static void requireCustomId(@Nullable String customId) {
    if (customId != null
        && (customId.isBlank() || customId.length() > IdentityLimits.CUSTOM_ID_CHARACTERS_MAX)) {
      throw new Refused(new IdentityRefusal.CustomIdInvalid());
    }
  }

  /** Finds a user of the resource; refuses foreign, malformed and unknown ids. */
  public User get(ResourceId resource, String rawId) {
    UserId id = requireOwn(resource, rawId);
    return withIssue(database.read("identity.get", reading -> require(reading, id)));
  }

  /** Users of the resource after {@code after}, for the management API. */
  public List<User> list(ResourceId resource, java.util.UUID after, int limit) {
    return database.read("identity.list", reading -> store.list(reading, resource, after, limit));
  }

  /** Issues a token; refuses unknown users, no scopes, and a life out of range. */
  public UserToken issueToken(
      ResourceId resource, String rawId, Set<TokenScope> scopes, int minutes) {
    UserId id = requireOwn(resource, rawId);
    if (scopes.isEmpty()) {
      throw new Refused(new IdentityRefusal.NoScopes());
    }
    Duration life = life(minutes);
    long epoch = epoch(id).orElseThrow(() -> new Refused(new IdentityRefusal.UnknownUser()));
    return issue(id, epoch, scopes, life);
  }

  /**
   * As {@link #issueToken}, for the operator, who then acts in the user's name: it leaves a line in
   * the audit log. What applications ask for with their key does not, since that is their every
   * sign-in; a user shows the time of the last one.
   */
  public UserToken takeToken(
      ResourceId resource, String rawId, Set<TokenScope> scopes, int minutes, String actor) {
    UserToken token = issueToken(resource, rawId, scopes, minutes);
    String words = scopes.stream().map(TokenScope::word).sorted().collect(Collectors.joining(","));
    database.write(
        "identity.takeToken",
        tx -> {
          audit.append(
              tx,
              new AuditLog.Line(resource, clock.now(), actor, TOKEN_TAKEN, rawId + " " + words));
          return rawId;
        });
    return token;
  }

  private UserToken issue(UserId id, long epoch, Set<TokenScope> scopes, Duration life) {
    Instant now = clock.now();
    UserToken token = tokens.mint(id, epoch, scopes, now, life);
    issued.put(id, now);
    return token;
  }

  /** Ends all tokens of the user that were issued until now; they are refused from then on. */
  public void revokeTokens(ResourceId resource, String rawId, String actor) {
    UserId id = requireOwn(resource, rawId);
    database.write(
        "identity.revoke",
        tx -> {
          User user = require(tx, id);
          store.setTokenEpoch(tx, id, user.tokenEpoch() + 1);
          recordChange(tx, id, TOKENS_REVOKED, actor);
          return user;
        });
  }

  /** Deletes the user: its tokens end, and facts that name it lose their content. */
  public void delete(ResourceId resource, String rawId, String actor) {
    UserId id = requireOwn(resource, rawId);
    database.write(
        "identity.delete",
        tx -> {
          User user = require(tx, id);
          store.delete(tx, id);
          journal.eraseSubject(tx, resource, id.toString());
          recordChange(tx, id, USER_DELETED, actor);
          return user;
        });
    issued.remove(id);
  }

  private void recordChange(Tx tx, UserId id, String type, String actor) {
    Instant now = clock.now();
    record(tx, id, type, now);
    audit.append(tx, new AuditLog.Line(id.resource(), now, actor, type, id.toString()));
    tx.afterCommit(() -> {
      standings.forget(id);
      standingListeners.forEach(listener -> listener.accept(id));
      bus.publish(STANDING_CHANGED, id.toString().getBytes(StandardCharsets.UTF_8));
    });
  }

  private void record(Tx tx, UserId id, String type, Instant at) {
    journal.append(tx, new Fact(id.resource(), type, id.toString(), at, "{}"));
  }

  /** The token epoch of a user, or empty when there is none: what a token is checked against. */
  public Optional<Long> epoch(UserId user) {
    return standings.epoch(
        user,
        id ->
            database
                .read("identity.epoch", reading -> store.find(reading, id))
                .map(User::tokenEpoch));
  }

  /**
   * Calls {@code listener} with each user whose tokens ended in this process, before the revocation
   * or deletion returns to its caller, so that what holds a connection open has let it go by then.
   * It runs on the writer's thread: it must be short and must not touch the store.
   */
  public void onStandingChanged(Consumer<UserId> listener) {
    standingListeners.add(listener);
  }

  /** Those of {@code rawIds} that are users of the resource now. */
  public Set<String> known(ResourceId resource, Collection<String> rawIds) {
    List<UserId> own =
        rawIds.stream()
            .flatMap(raw -> UserId.parse(raw).stream())
            .filter(id -> id.resource().equals(resource))
            .toList();
    if (own.isEmpty()) {
      return Set.of();
    }
    return database.read(
        "identity.known",
        reading ->
            own.stream()
                .filter(id -> store.find(reading, id).isPresent())
                .map(UserId::toString)
                .collect(Collectors.toSet()));
  }

  /** Deletes the users of a resource that is gone; the journal's reader calls it. */
  public void resourceDeleted(ResourceId resource) {
    database.write(
        "identity.resourceDeleted",
        tx -> {
          store.deleteAll(tx, resource);
          return resource;
        });
    standings.forget(resource);
  }

  /** Saves when tokens were last issued; a timer and the shutdown call it. */
  public void saveIssueTimes() {
    Map<UserId, Instant> noted = Map.copyOf(issued);
    if (noted.isEmpty()) {
      return;
    }
    database.write(
        "identity.saveIssueTimes",
        tx -> {
          noted.forEach((id, at) -> store.setLastTokenIssued(tx, id, at));
          return noted.size();
        });
    noted.forEach(issued::remove);
  }

  private User withIssue(User user) {
    Instant at = issued.get(user.id());
    return at == null
        ? user
        : new User(user.id(), user.customId(), user.createdAt(), user.tokenEpoch(), at);
  }

  private User require(Reading reading, UserId id) {
    return store
        .find(reading, id)
        .orElseThrow(() -> new Refused(new IdentityRefusal.UnknownUser()));
  }

  private static UserId requireOwn(ResourceId resource, String rawId) {
    UserId id =
        UserId.parse(rawId).orElseThrow(() -> new Refused(new IdentityRefusal.MalformedUserId()));
    if (!id.resource().equals(resource)) {
      throw new Refused(new IdentityRefusal.ForeignUser());
    }
    return id;
  }

  private static Duration life(int minutes) {
    if (minutes < IdentityLimits.TOKEN_MINUTES_MIN || minutes > IdentityLimits.TOKEN_MINUTES_MAX) {
      throw new Refused(new IdentityRefusal.LifeOutOfRange(minutes));
    }
    return Duration.ofMinutes(minutes);
  }
}
