package dev.parley.conformance.identity;

import static com.azure.communication.identity.models.CommunicationTokenScope.CHAT;
import static com.azure.communication.identity.models.CommunicationTokenScope.VOIP;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.common.CommunicationTokenCredential;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityAsyncClient;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.core.credential.AccessToken;
import com.azure.core.util.Context;
import dev.parley.conformance.ledger.Exchange;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.Proves;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and tokens through Microsoft's identity client for Java, unmodified. */
@OnRunningParley
class JavaIdentityIT {

  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  @Test
  @Proves("identity.create")
  void createsUser(Connection connection, SeenBySdk seen) {
    var answer =
        IdentityClients.byConnectionString(connection, seen).createUserWithResponse(Context.NONE);

    assertThat(answer.getStatusCode()).isEqualTo(CREATED);
    assertThat(answer.getValue().getId())
        .matches("8:acs:" + connection.resourceId() + "_[0-9a-f-]{36}");
    assertThat(answer.getValue().getRawId()).isEqualTo(answer.getValue().getId());
  }

  @Test
  void twoUsersHaveTwoIds(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);

    assertThat(client.createUser().getId()).isNotEqualTo(client.createUser().getId());
  }

  @Test
  @Proves("identity.create")
  void createsUserWithToken(Connection connection, SeenBySdk seen) {
    var userAndToken =
        IdentityClients.byConnectionString(connection, seen)
            .createUserAndToken(List.of(CHAT, VOIP), Duration.ofMinutes(90));

    assertThat(TokenClaims.of(userAndToken.getUserToken()).scopes())
        .containsExactly("chat", "voip");
    assertThat(TokenClaims.of(userAndToken.getUserToken()).userId())
        .isEqualTo(userAndToken.getUser().getId());
    assertLifetime(userAndToken.getUserToken(), Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "voip", "chat.join", "chat.join.limited", "voip.join"})
  @Proves("identity.issueAccessToken")
  void issuesTokenOfEveryScope(String scope, Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();

    AccessToken token = client.getToken(user, List.of(CommunicationTokenScope.fromString(scope)));

    assertThat(TokenClaims.of(token).scopes()).containsExactly(scope);
    assertThat(TokenClaims.of(token).userId()).isEqualTo(user.getId());
    assertLifetime(token, Duration.ofMinutes(1440));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 61, 720, 1440})
  @Proves("identity.issueAccessToken")
  void issuesTokenOfChosenLife(int minutes, Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    Duration life = Duration.ofMinutes(minutes);

    AccessToken token = client.getToken(client.createUser(), List.of(CHAT), life);

    assertLifetime(token, life);
    assertThat(token.getExpiresAt().toEpochSecond()).isEqualTo(TokenClaims.of(token).expiry());
  }

  @Test
  @Proves("identity.revokeAccessTokens")
  void revokesTokens(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();
    client.getToken(user, List.of(CHAT));

    var answer = client.revokeTokensWithResponse(user, Context.NONE);

    assertThat(answer.getStatusCode()).isEqualTo(NO_CONTENT);
    assertThat(client.getToken(user, List.of(CHAT)).getToken()).isNotEmpty();
  }

  @Test
  @Proves("identity.delete")
  void deletesUser(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);

    var answer = client.deleteUserWithResponse(client.createUser(), Context.NONE);

    assertThat(answer.getStatusCode()).isEqualTo(NO_CONTENT);
  }

  @Test
  @Proves({
    "identity.create",
    "identity.issueAccessToken",
    "identity.revokeAccessTokens",
    "identity.delete"
  })
  void wholeLifeWithAsynchronousClient(Connection connection, SeenBySdk seen) {
    CommunicationIdentityAsyncClient client =
        new CommunicationIdentityClientBuilder()
            .connectionString(connection.connectionString())
            .addPolicy(seen)
            .buildAsyncClient();

    Long life =
        client
            .createUser()
            .flatMap(user ->
                client
                    .getToken(user, List.of(CHAT))
                    .flatMap(token ->
                        client
                            .revokeTokens(user)
                            .then(client.deleteUser(user))
                            .thenReturn(TokenClaims.of(token).lifeSeconds())))
            .block(Duration.ofSeconds(30));

    assertThat(life).isEqualTo(Duration.ofMinutes(1440).toSeconds());
  }

  @Test
  void sdkCredentialReadsToken(Connection connection, SeenBySdk seen) throws Exception {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    AccessToken token = client.getToken(client.createUser(), List.of(CHAT));

    try (var credential = new CommunicationTokenCredential(token.getToken())) {
      Long expiry = credential.getToken().map(read -> read.getExpiresAt().toEpochSecond()).block();
      assertThat(expiry).isEqualTo(TokenClaims.of(token).expiry());
    }
  }

  /**
   * The Java credential decodes with the plain base64 alphabet and fails on a dash or underscore.
   */
  @Test
  void noTokenHasUrlSafeLettersInItsPayload(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();

    for (int count = 0; count < 100; count++) {
      String token = client.getToken(user, List.of(CHAT, VOIP)).getToken();
      assertThat(token.split("\\.")[1]).matches("[A-Za-z0-9+/]+");
      assertThat(new CommunicationTokenCredential(token).getToken().block()).isNotNull();
    }
  }

  @Test
  @Proves({"identity.create", "identity.issueAccessToken"})
  void endpointAndKeyWork(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client =
        IdentityClients.byKey(connection.endpointWithoutSlash(), connection.accessKey(), seen);

    assertThat(client.getToken(client.createUser(), List.of(CHAT)).getToken()).isNotEmpty();
  }

  @Test
  void idStaysRawInThePath(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();

    client.deleteUser(user);

    assertThat(seen.exchanges().stream().map(Exchange::path))
        .contains("/identities/" + user.getId());
  }

  private static void assertLifetime(AccessToken token, Duration life) {
    assertThat(TokenClaims.of(token).lifeSeconds()).isEqualTo(life.toSeconds());
    assertThat(token.getExpiresAt()).isAfter(OffsetDateTime.now().plus(life).minusMinutes(2));
  }
}
