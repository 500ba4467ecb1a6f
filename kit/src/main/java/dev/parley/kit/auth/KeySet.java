package dev.parley.kit.auth;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one issuer: the current one signs, earlier ones still verify until they retire. A
 * value; {@link #rotate} gives the next one.
 */
public record KeySet(EcKeyPair current, List<Retiring> previous) {
  /** More than these would mean a rotation that never ends; the oldest go first. */
  public static final int PREVIOUS_MAX = 16;

  public KeySet {
    previous = List.copyOf(previous);
  }

  /**
   * A key that no longer signs.
   *
   * @param retireAt from this instant on it verifies nothing
   */
  public record Retiring(String id, ECPublicKey publicKey, Instant retireAt) {
    /** A stored key, with its id taken from itself. */
    public static Retiring of(ECPublicKey publicKey, Instant retireAt) {
      return new Retiring(EcKeyPair.thumbprint(publicKey), publicKey, retireAt);
    }
  }

  public static KeySet of(EcKeyPair current) {
    return new KeySet(current, List.of());
  }

  /**
   * Lets {@code next} sign. The key before verifies until {@code retireAt}: give it the longest
   * life of a token it signed. Keys already retired at {@code now} are dropped.
   */
  public KeySet rotate(EcKeyPair next, Instant retireAt, Instant now) {
    List<Retiring> kept = new ArrayList<>();
    kept.add(new Retiring(current.id(), current.publicKey(), retireAt));
    previous.stream()
        .filter(key -> now.isBefore(key.retireAt))
        .limit(PREVIOUS_MAX - 1L)
        .forEach(kept::add);
    return new KeySet(next, kept);
  }

  /** The public key of this id, when it verifies at {@code now}. */
  public Optional<ECPublicKey> verifying(String id, Instant now) {
    if (current.id().equals(id)) {
      return Optional.of(current.publicKey());
    }
    for (Retiring key : previous) {
      if (key.id.equals(id)) {
        return now.isBefore(key.retireAt) ? Optional.of(key.publicKey) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The JSON Web Key Set (RFC 7517 §5) of all keys that verify at {@code now}. */
  public String jwks(Instant now) {
    StringBuilder json = new StringBuilder("{\"keys\":[");
    appendKey(json, current.id(), current.publicKey());
    for (Retiring key : previous) {
      if (now.isBefore(key.retireAt)) {
        json.append(',');
        appendKey(json, key.id, key.publicKey);
      }
    }
    return json.append("]}").toString();
  }

  /** All values are base64url or fixed words: nothing in them needs escaping. */
  private static void appendKey(StringBuilder json, String id, ECPublicKey key) {
    json.append("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"").append(EcKeyPair.x(key));
    json.append("\",\"y\":\"").append(EcKeyPair.y(key)).append("\",\"kid\":\"").append(id);
    json.append("\",\"use\":\"sig\",\"alg\":\"ES256\"}");
  }
}
