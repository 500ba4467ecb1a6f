package dev.parley.services.identity.wire;

import dev.parley.kit.base.Refused;
import dev.parley.kit.http.InvalidBody;
import dev.parley.services.identity.IdentityLimits;
import dev.parley.services.identity.IdentityRefusal;
import dev.parley.services.identity.TokenScope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of the identity operations, in the wire's names (operations.md, "identity"). */
final class IdentityBodies {
  private IdentityBodies() {}

  /** CommunicationIdentityCreateRequest. */
  record CreateRequest(
      @Nullable String customId,
      @Nullable List<@Nullable String> createTokenWithScopes,
      @Nullable Integer expiresInMinutes) {

    Set<TokenScope> scopes() {
      return createTokenWithScopes == null
          ? EnumSet.noneOf(TokenScope.class)
          : IdentityBodies.scopes("createTokenWithScopes", createTokenWithScopes);
    }

    int minutes() {
      return expiresInMinutes == null ? IdentityLimits.TOKEN_MINUTES_MAX : expiresInMinutes;
    }
  }

  /** CommunicationIdentityAccessTokenRequest. */
  record TokenRequest(List<@Nullable String> scopes, @Nullable Integer expiresInMinutes) {
    TokenRequest {
      InvalidBody.required("scopes", scopes);
    }

    int minutes() {
      return expiresInMinutes == null ? IdentityLimits.TOKEN_MINUTES_MAX : expiresInMinutes;
    }
  }

  /** TeamsUserExchangeTokenRequest. */
  record TeamsExchangeRequest(String token, String appId, String userId) {
    TeamsExchangeRequest {
      InvalidBody.required("token", token);
      InvalidBody.required("appId", appId);
      InvalidBody.required("userId", userId);
    }
  }

  /** CommunicationIdentity, with the fields that newer versions added. */
  record Identity(String id, @Nullable String customId, @Nullable Instant lastTokenIssuedAt) {}

  /** CommunicationIdentityAccessToken. */
  record AccessToken(String token, Instant expiresOn) {}

  /** CommunicationIdentityAccessTokenResult. */
  record CreateResult(Identity identity, @Nullable AccessToken accessToken) {}

  static Set<TokenScope> scopes(String field, List<@Nullable String> words) {
    Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    for (String word : words) {
      if (word == null) {
        throw new InvalidBody(field, "A scope must be a string.");
      }
      scopes.add(
          TokenScope.ofWord(word)
              .orElseThrow(() -> new Refused(new IdentityRefusal.UnknownScope(word))));
    }
    return scopes;
  }
}
