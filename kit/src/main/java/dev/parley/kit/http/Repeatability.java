package dev.parley.kit.http;

import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.HookedDatabase;
import dev.parley.kit.sql.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Repeatability-Request-ID} header (compat §3): the same id and request within 24 hours
 * gets the stored answer and has no second effect; the same id with another request is a conflict.
 *
 * <p>The id is claimed in the transaction that makes the effect; the answer is added right after. A
 * crash between the two leaves a claim without an answer, and a repeat is then told so.
 */
public final class Repeatability {
  /** How long an id is remembered [guess, compat §3.1]. */
  static final Duration REMEMBERED = Duration.ofHours(24);

  /** The SDKs send a UUID, but for chat an application may choose any text. */
  static final int ID_CHARACTERS_MAX = 128;

  private final Database database;
  private final Vault vault;
  private final Clock clock;
  private final ConcurrentMap<Key, CountDownLatch> running = new ConcurrentHashMap<>();

  /**
   * @param vault seals the kept answers, since they may hold tokens and keys
   */
  public Repeatability(Database database, Vault vault, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
  }

  private record Key(String scope, String id) {}

  private record Stored(String requestHash, @Nullable String answer) {}

  /** An answer as it is kept. */
  record KeptAnswer(
      int status, java.util.Map<String, String> headers, String contentType, byte[] body) {}

  /** Answers {@code exchange} by {@code operation}, or by what it answered before. */
  Answer once(Exchange exchange, Supplier<Answer> operation) {
    String id = requestId(exchange);
    if (id == null) {
      return operation.get();
    }
    Key key = new Key(scope(exchange.caller()), id);
    CountDownLatch mine = new CountDownLatch(1);
    awaitTurn(key, mine);
    try {
      return answer(key, hash(exchange), operation).with("Repeatability-Result", "accepted");
    } finally {
      running.remove(key, mine);
      mine.countDown();
    }
  }

  /** Of requests with one id that come at once, one runs and the others wait for its answer. */
  private void awaitTurn(Key key, CountDownLatch mine) {
    CountDownLatch other = running.putIfAbsent(key, mine);
    while (other != null) {
      try {
        other.await();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new Problem(503, "ServiceUnavailable", "The server is stopping.").exception();
      }
      other = running.putIfAbsent(key, mine);
    }
  }

  private Answer answer(Key key, String hash, Supplier<Answer> operation) {
    Optional<Stored> stored = find(key);
    if (stored.isPresent()) {
      return repeat(key, stored.get(), hash);
    }
    try {
      Answer answer = HookedDatabase.with(tx -> claim(tx, key, hash), operation::get);
      keep(key, hash, answer);
      return answer;
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Answer repeat(Key key, Stored stored, String hash) {
    if (!stored.requestHash.equals(hash)) {
      String message = "This Repeatability-Request-ID was used for another request.";
      throw new Problem(409, "RepeatabilityConflict", message).exception();
    }
    if (stored.answer == null) {
      String message = "The request took effect before, but its answer was not kept.";
      throw new Problem(409, "RepeatabilityAnswerLost", message).exception();
    }
    byte[] sealed = Base64.getDecoder().decode(stored.answer);
    String json = new String(vault.open(row(key), sealed).reveal(), StandardCharsets.UTF_8);
    KeptAnswer kept = Json.stored(json, KeptAnswer.class);
    byte[] body = kept.body.length == 0 ? null : kept.body;
    return new Answer(kept.status, kept.headers, kept.contentType, body);
  }

  private Optional<Stored> find(Key key) {
    return database.read(
        "repeatability.find",
        reading ->
            reading.first(
                "select request_hash, answer from repeatability"
                    + " where scope = ? and request_id = ? and expires_at > ?",
                row -> new Stored(row.text(1), row.textOrNull(2)),
                key.scope,
                key.id,
                clock.now()));
  }

  private void claim(Tx tx, Key key, String hash) {
    Instant now = clock.now();
    tx.update(
        "delete from repeatability where scope = ? and request_id = ? and expires_at <= ?",
        key.scope,
        key.id,
        now);
    int claimed =
        tx.update(
            "insert into repeatability (scope, request_id, request_hash, expires_at)"
                + " values (?, ?, ?, ?) on conflict do nothing",
            key.scope,
            key.id,
            hash,
            now.plus(REMEMBERED));
    if (claimed == 0) {
      String message = "A request with this Repeatability-Request-ID is under way.";
      throw new Problem(409, "RepeatabilityConflict", message).exception();
    }
  }

  /** An operation that wrote nothing has not claimed its id yet, so this may be the claim. */
  private void keep(Key key, String hash, Answer answer) {
    String sealed = sealed(key, answer);
    Instant expires = clock.now().plus(REMEMBERED);
    database.write(
        "repeatability.keep",
        tx ->
            tx.update(
                "insert into repeatability (scope, request_id, request_hash, answer, expires_at)"
                    + " values (?, ?, ?, ?, ?) on conflict (scope, request_id) do update set"
                    + " request_hash = excluded.request_hash, answer = excluded.answer,"
                    + " expires_at = excluded.expires_at",
                key.scope,
                key.id,
                hash,
                sealed,
                expires));
  }

  /** The answer as it is kept; null for one that is larger than the vault takes. */
  private @Nullable String sealed(Key key, Answer answer) {
    byte[] body = answer.body() == null ? new byte[0] : answer.body();
    byte[] kept =
        Json.bytes(new KeptAnswer(answer.status(), answer.headers(), answer.contentType(), body));
    return kept.length > Vault.SECRET_BYTES_MAX
        ? null
        : Base64.getEncoder().encodeToString(vault.seal(row(key), Secret.of(kept)));
  }

  private static Vault.Row row(Key key) {
    return new Vault.Row("repeatability", key.scope + " " + key.id);
  }

  /** Deletes what is older than it is remembered; the caller's timer runs it. */
  public int forgetExpired() {
    return database.write(
        "repeatability.forget",
        tx -> tx.update("delete from repeatability where expires_at <= ?", clock.now()));
  }

  /**
   * Erases what a user was answered; for when the user is deleted.
   *
   * @param userId as {@link Caller.User} has it
   */
  public void forget(ResourceId resource, String userId) {
    database.write(
        "repeatability.forgetUser",
        tx -> tx.update("delete from repeatability where scope = ?", scope(resource, userId)));
  }

  /** Erases what was answered to keys and users of a resource; for when it is deleted. */
  public void forget(ResourceId resource) {
    database.write(
        "repeatability.forgetResource",
        tx ->
            tx.update(
                "delete from repeatability where scope = ? or scope like ?",
                resource.toString(),
                scope(resource, "%")));
  }

  private static @Nullable String requestId(Exchange exchange) {
    String id = exchange.header("Repeatability-Request-ID");
    if (id == null || exchange.operation().method().equals("GET")) {
      return null;
    }
    // Strangers share no memory: one could learn another's answer by its id.
    if (exchange.caller() instanceof Caller.Anonymous) {
      return null;
    }
    if (id.isBlank() || id.length() > ID_CHARACTERS_MAX) {
      throw Problem.badRequest(
              "Repeatability-Request-ID must have 1 to " + ID_CHARACTERS_MAX + " characters.",
              "Repeatability-Request-ID")
          .exception();
    }
    return id;
  }

  private static String scope(Caller caller) {
    return switch (caller) {
      case Caller.KeyHolder holder -> holder.resource().toString();
      case Caller.User user -> scope(user.resource(), user.userId());
      case Caller.Operator operator -> "operator";
      case Caller.Anonymous anonymous -> "anonymous";
    };
  }

  private static String scope(ResourceId resource, String userId) {
    return resource + "/" + userId;
  }

  private static String hash(Exchange exchange) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String line = exchange.incoming().method() + " " + exchange.incoming().rawPathAndQuery();
      sha256.update(line.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) '\n');
      return HexFormat.of().formatHex(sha256.digest(exchange.body()));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
