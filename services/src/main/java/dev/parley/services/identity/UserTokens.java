package dev.parley.services.identity;

import dev.parley.kit.auth.Es256;
import dev.parley.kit.auth.TokenClaims;
import dev.parley.kit.auth.TokenSigner;
import dev.parley.kit.auth.TokenVerifier;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mints user tokens and reads them back. A token says who, what for, until when, and in which epoch
 * of the user's revocations; whether that epoch still holds is asked of {@link IdentityService}.
 */
public final class UserTokens {
  private static final String SKYPE_ID = "skypeid";
  private static final String SCOPE = "acsScope";
  private static final String EPOCH = "epoch";

  /** Of no meaning here; clients of ACS expect the claim (compat §2.3). */
  private static final int SCP = 1792;

  private final SigningKeys keys;
  private final TokenSigner signer;
  private final TokenVerifier verifier;
  private final Clock clock;
  private final String issuer;

  /**
   * @param issuer the public base URL, from which calling clients find the service
   */
  public UserTokens(SigningKeys keys, Es256 es256, Clock clock, String issuer) {
    this.keys = keys;
    this.signer = new TokenSigner(keys::keys, es256);
    this.verifier = new TokenVerifier(keys::keys, es256);
    this.clock = clock;
    this.issuer = issuer;
  }

  /** What a valid token says. */
  public record Claims(UserId user, Set<TokenScope> scopes, long epoch, Instant expiresOn) {}

  /** Signs a token for the user. */
  UserToken mint(UserId user, long epoch, Set<TokenScope> scopes, Instant now, Duration life) {
    long issuedAt = now.getEpochSecond();
    long expires = issuedAt + life.toSeconds();
    SequencedMap<String, Object> claims = new LinkedHashMap<>();
    claims.put(SKYPE_ID, user.toString().substring("8:".length()));
    claims.put("scp", SCP);
    claims.put("csi", Long.toString(issuedAt));
    claims.put("exp", expires);
    claims.put("iat", issuedAt);
    claims.put("rgn", "parley");
    claims.put(SCOPE, scopes.stream().map(TokenScope::word).collect(Collectors.joining(",")));
    claims.put("resourceId", user.resource().toString());
    claims.put("resourceLocation", "parley");
    claims.put("iss", issuer);
    claims.put(EPOCH, epoch);
    return new UserToken(Secret.of(signer.sign(claims)), Instant.ofEpochSecond(expires));
  }

  /** Reads a token whose signature and times are right; empty for every other. */
  public Optional<Claims> read(String token) {
    return verifier.verify(token, clock.now()) instanceof TokenVerifier.Result.Accepted accepted
        ? claims(accepted.claims())
        : Optional.empty();
  }

  private static Optional<Claims> claims(TokenClaims claims) {
    Optional<UserId> user = claims.text(SKYPE_ID).flatMap(id -> UserId.parse("8:" + id));
    Optional<Long> epoch = claims.number(EPOCH);
    Optional<String> words = claims.text(SCOPE);
    if (user.isEmpty() || epoch.isEmpty() || words.isEmpty()) {
      return Optional.empty();
    }
    Set<TokenScope> scopes =
        Arrays.stream(words.get().split(",", -1))
            .flatMap(word -> TokenScope.ofWord(word).stream())
            .collect(Collectors.toUnmodifiableSet());
    return Optional.of(new Claims(user.get(), scopes, epoch.get(), claims.expiry()));
  }

  /** The public keys, for those who check tokens themselves (RFC 7517). */
  public String jwks() {
    return keys.keys().jwks(clock.now());
  }
}
