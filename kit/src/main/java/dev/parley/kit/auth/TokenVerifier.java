package dev.parley.kit.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Verifies compact ES256 tokens (RFC 7515, RFC 7519), strictly: one algorithm, known keys,
 * canonical base64url, no doubled member. A token seen before is not verified again, but its times
 * and its key's retirement are judged every time. Thread-safe.
 */
public final class TokenVerifier {
  /** No token of ours is near it; a longer one is refused unread. */
  public static final int LENGTH_MAX_CHARS = 8 * 1024;

  /** About 2 KB each at most. */
  public static final int CACHE_ENTRIES_MAX = 4096;

  private final Supplier<KeySet> keys;
  private final Es256 es256;
  private final SeenTokens seenTokens;

  public TokenVerifier(Supplier<KeySet> keys, Es256 es256) {
    this(keys, es256, CACHE_ENTRIES_MAX);
  }

  TokenVerifier(Supplier<KeySet> keys, Es256 es256, int cacheEntriesMax) {
    this.keys = keys;
    this.es256 = es256;
    this.seenTokens = new SeenTokens(cacheEntriesMax);
  }

  /** What came of it. */
  public sealed interface Result {
    /** Signed by one of our keys and valid now. */
    record Accepted(TokenClaims claims) implements Result {}
  }

  /** Why a token is refused. */
  public sealed interface Refused extends Result {
    /** Longer than {@link #LENGTH_MAX_CHARS}. */
    record TooLong() implements Refused {}

    /** Not a compact token, or its JSON is not what it must be; quotes nothing of it. */
    record Malformed(String problem) implements Refused {}

    /** Signed by a key that is not ours or has retired. */
    record UnknownKey() implements Refused {}

    /** The signature is not that of the text. */
    record BadSignature() implements Refused {}

    /** {@code exp} has been reached. */
    record Expired(Instant expiry) implements Refused {}

    /** {@code nbf} is still to come. */
    record NotYetValid(Instant notBefore) implements Refused {}
  }

  /** Judges a token as it stood in the header, without the word {@code Bearer}. */
  public Result verify(String token, Instant now) {
    if (token.length() > LENGTH_MAX_CHARS) {
      return new Refused.TooLong();
    }
    ByteBuffer hash = hash(token);
    SeenTokens.Seen seen = seenTokens.get(hash);
    if (seen != null) {
      Result result = judgeAgain(seen, now);
      if (!(result instanceof Result.Accepted)) {
        seenTokens.remove(hash);
      }
      return result;
    }
    try {
      return verifyNew(token, hash, now);
    } catch (TokenParsing.Malformed e) {
      return new Refused.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private Result judgeAgain(SeenTokens.Seen seen, Instant now) {
    return keys.get().verifying(seen.keyId(), now).isPresent()
        ? judgeTimes(seen.claims(), now)
        : new Refused.UnknownKey();
  }

  private Result verifyNew(String token, ByteBuffer hash, Instant now)
      throws TokenParsing.Malformed {
    TokenParsing.Segments segments = TokenParsing.split(token);
    String keyId = TokenParsing.keyId(segments.header());
    Optional<ECPublicKey> key = keys.get().verifying(keyId, now);
    if (key.isEmpty()) {
      return new Refused.UnknownKey();
    }
    byte[] signature = TokenParsing.decode(segments.signature());
    if (signature.length != Es256.SIGNATURE_BYTES) {
      return new Refused.BadSignature();
    }
    byte[] signed = segments.signed().getBytes(StandardCharsets.US_ASCII);
    if (!es256.verifies(key.get(), signed, signature)) {
      return new Refused.BadSignature();
    }
    TokenClaims claims = claims(TokenParsing.object(segments.payload()));
    Result result = judgeTimes(claims, now);
    if (result instanceof Result.Accepted) {
      seenTokens.put(hash, new SeenTokens.Seen(keyId, claims));
    }
    return result;
  }

  private static TokenClaims claims(Map<String, Object> values) throws TokenParsing.Malformed {
    Instant expiry = TokenParsing.instant(values, "exp");
    if (expiry == null) {
      throw new TokenParsing.Malformed("exp is missing");
    }
    TokenParsing.instant(values, "nbf"); // refuses one that is not whole seconds
    return new TokenClaims(expiry, values);
  }

  /** RFC 7519 §4.1.4: at the second of {@code exp} the token is no longer good. */
  private static Result judgeTimes(TokenClaims claims, Instant now) {
    if (!now.isBefore(claims.expiry())) {
      return new Refused.Expired(claims.expiry());
    }
    Instant notBefore = claims.number("nbf").map(Instant::ofEpochSecond).orElse(Instant.MIN);
    if (now.isBefore(notBefore)) {
      return new Refused.NotYetValid(notBefore);
    }
    return new Result.Accepted(claims);
  }

  int cachedCount() {
    return seenTokens.size();
  }

  private static ByteBuffer hash(String token) {
    try {
      byte[] text = token.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
