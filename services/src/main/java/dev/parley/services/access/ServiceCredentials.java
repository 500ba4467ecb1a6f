package dev.parley.services.access;

import dev.parley.kit.auth.HmacSignature;
import dev.parley.kit.base.Secret;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Credentials;
import dev.parley.kit.http.Denials;
import dev.parley.kit.http.Incoming;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.TokenScope;
import dev.parley.services.identity.UserTokens;
import dev.parley.services.resources.ResourceDirectory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The three credentials: an access key's signature, a user token, the operator's token. */
public final class ServiceCredentials implements Credentials {
  private static final String BEARER = "bearer ";

  private final SignedRequests signatures;
  private final ResourceDirectory directory;
  private final IdentityService identity;
  private final UserTokens tokens;
  private final Secret<String> operatorToken;

  public ServiceCredentials(
      SignedRequests signatures,
      ResourceDirectory directory,
      IdentityService identity,
      UserTokens tokens,
      Secret<String> operatorToken) {
    this.signatures = signatures;
    this.directory = directory;
    this.identity = identity;
    this.tokens = tokens;
    this.operatorToken = operatorToken;
  }

  @Override
  public Caller check(Incoming incoming, byte[] body) {
    String authorization = incoming.header().apply("Authorization");
    if (authorization != null && HmacSignature.isOfScheme(authorization)) {
      return signatures.check(incoming, body);
    }
    String token = token(incoming, authorization);
    if (token == null) {
      throw Denials.DENIED.exception();
    }
    if (isOperator(token)) {
      return new Caller.Operator();
    }
    return user(token).orElseThrow(Denials.BAD_TOKEN::exception);
  }

  private static @Nullable String token(Incoming incoming, @Nullable String authorization) {
    if (authorization == null) {
      return incoming.header().apply("X-Skypetoken");
    }
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).trim()
        : null;
  }

  private boolean isOperator(String token) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        operatorToken.reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** The user whose token it is; empty when it is not ours, expired, revoked, or all is gone. */
  public Optional<Caller.User> user(String token) {
    return tokens
        .read(token)
        .filter(claims -> directory.byId(claims.user().resource()).isPresent())
        .filter(claims -> identity.epoch(claims.user()).equals(Optional.of(claims.epoch())))
        .map(claims ->
            new Caller.User(
                claims.user().resource(),
                claims.user().toString(),
                claims.scopes().stream()
                    .map(TokenScope::word)
                    .collect(Collectors.toUnmodifiableSet()),
                claims.expiresOn()));
  }
}
