package dev.parley.services.identity;

import dev.parley.kit.auth.EcKeyPair;
import dev.parley.kit.auth.KeySet;
import dev.parley.kit.base.Clock;
import dev.parley.kit.sql.Database;
import dev.parley.services.audit.AuditLog;
import dev.parley.services.identity.SigningKeyStore.SealedKey;
import dev.parley.services.identity.SigningKeyStore.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of user tokens: one signs; when it is rotated it verifies on until no token that it
 * signed can live. The key set is an immutable value, replaced as a whole.
 */
public final class SigningKeys {
  /** Audit: another key signs; the subject is its id. */
  public static final String ROTATED = "identity.signingKeyRotated";

  /** The longest life of a token, and a margin for clocks. */
  private static final Duration OVERLAP =
      Duration.ofMinutes(IdentityLimits.TOKEN_MINUTES_MAX).plusMinutes(5);

  private final Database database;
  private final SigningKeyStore store;
  private final AuditLog audit;
  private final Clock clock;
  private volatile KeySet keys;

  private SigningKeys(
      Database database, SigningKeyStore store, AuditLog audit, Clock clock, KeySet keys) {
    this.database = database;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.keys = keys;
  }

  /** Loads the keys; makes the first one. */
  public static SigningKeys open(
      Database database, SigningKeyStore store, AuditLog audit, Clock clock) {
    List<StoredKey> stored = database.read("identity.signingKeys", store::all);
    if (stored.isEmpty()) {
      EcKeyPair first = EcKeyPair.generate();
      StoredKey key = new StoredKey(first, clock.now(), null);
      SealedKey sealed = store.seal(key);
      database.write(
          "identity.firstSigningKey",
          tx -> {
            store.add(tx, sealed);
            return key;
          });
      stored = List.of(key);
    }
    return new SigningKeys(database, store, audit, clock, keySet(stored));
  }

  private static KeySet keySet(List<StoredKey> stored) {
    StoredKey current =
        stored.stream()
            .filter(key -> key.retiresAt() == null)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no signing key is in use"));
    List<KeySet.Retiring> previous = new ArrayList<>();
    for (StoredKey key : stored) {
      if (key.retiresAt() != null) {
        previous.add(KeySet.Retiring.of(key.pair().publicKey(), key.retiresAt()));
      }
    }
    return new KeySet(current.pair(), previous);
  }

  /** The keys now. */
  public KeySet keys() {
    return keys;
  }

  /**
   * Lets a new key sign; tokens of the old one stay valid to their end.
   *
   * @param actor who wants it, for the audit log
   */
  public synchronized void rotate(String actor) {
    Instant now = clock.now();
    StoredKey next = new StoredKey(EcKeyPair.generate(), now, null);
    SealedKey sealed = store.seal(next);
    String old = keys.current().id();
    database.write(
        "identity.rotateSigningKey",
        tx -> {
          store.deleteRetired(tx, now);
          store.setRetires(tx, old, now.plus(OVERLAP));
          store.add(tx, sealed);
          audit.append(
              tx, new AuditLog.Line(AuditLog.INSTALLATION, now, actor, ROTATED, next.pair().id()));
          return next;
        });
    keys = keySet(database.read("identity.signingKeys", store::all));
  }

  /** Rotates when the current key has signed for as long as it should; a timer calls it. */
  public void rotateIfDue() {
    Instant now = clock.now();
    boolean due =
        database.read("identity.signingKeys", store::all).stream()
            .filter(key -> key.retiresAt() == null)
            .allMatch(key -> key.createdAt().plus(IdentityLimits.SIGNING_KEY_LIFE).isBefore(now));
    if (due) {
      rotate("timer");
    }
  }
}
