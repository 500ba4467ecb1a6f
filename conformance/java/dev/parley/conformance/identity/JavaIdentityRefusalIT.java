package dev.parley.conformance.identity;

import static com.azure.communication.identity.models.CommunicationTokenScope.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import com.azure.communication.identity.models.GetTokenForTeamsUserOptions;
import com.azure.communication.identity.models.IdentityErrorResponseException;
import com.azure.core.exception.HttpResponseException;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Microsoft's identity client for Java throws when Parley says no. */
@OnRunningParley
class JavaIdentityRefusalIT {

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String UNKNOWN_USER = "00000000-0000-4000-8000-000000000000";

  @ParameterizedTest
  @ValueSource(ints = {1, 59, 1441, 100_000})
  void lifeOutOfRange(int minutes, Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();

    assertRefused(
        () -> client.getToken(user, List.of(CHAT), Duration.ofMinutes(minutes)),
        BAD_REQUEST,
        "BadRequest");
  }

  @Test
  void userWithTokenOfLifeOutOfRange(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);

    assertRefused(
        () -> client.createUserAndToken(List.of(CHAT), Duration.ofMinutes(59)),
        BAD_REQUEST,
        "BadRequest");
  }

  @Test
  void unknownScope(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();

    assertRefused(
        () -> client.getToken(user, List.of(CommunicationTokenScope.fromString("everything"))),
        BAD_REQUEST,
        "BadRequest");
  }

  @Test
  void noScope(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();

    assertRefused(() -> client.getToken(user, List.of()), BAD_REQUEST, "BadRequest");
  }

  @Test
  void tokenOfUnknownUser(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    String id = "8:acs:" + connection.resourceId() + "_" + UNKNOWN_USER;

    assertRefused(
        () -> client.getToken(new CommunicationUserIdentifier(id), List.of(CHAT)),
        NOT_FOUND,
        "IdentityNotFound");
  }

  @Test
  void tokenOfDeletedUser(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    CommunicationUserIdentifier user = client.createUser();
    client.deleteUser(user);

    assertRefused(() -> client.getToken(user, List.of(CHAT)), NOT_FOUND, "IdentityNotFound");
  }

  @Test
  void wrongKey(Connection connection, SeenBySdk seen) {
    String wrongKey = "A".repeat(connection.accessKey().length() / 4 * 4);
    CommunicationIdentityClient client =
        IdentityClients.byKey(connection.endpointWithoutSlash(), wrongKey, seen);

    assertRefused(client::createUser, UNAUTHORIZED, "Denied");
  }

  /** No identity provider is configured: the answer says so instead of handing out a token. */
  @Test
  void teamsExchangeWithoutIdentityProvider(Connection connection, SeenBySdk seen) {
    CommunicationIdentityClient client = IdentityClients.byConnectionString(connection, seen);
    var options = new GetTokenForTeamsUserOptions("a.b.c", UNKNOWN_USER, UNKNOWN_USER);

    assertRefused(
        () -> client.getTokenForTeamsUser(options), FORBIDDEN, "IdentityProviderNotConfigured");
  }

  /** The asynchronous client alone turns a refusal into the error type of its public package. */
  @Test
  void asynchronousClientThrowsItsTypedError(Connection connection, SeenBySdk seen) {
    var client =
        new CommunicationIdentityClientBuilder()
            .connectionString(connection.connectionString())
            .addPolicy(seen)
            .buildAsyncClient();

    IdentityErrorResponseException refusal =
        catchThrowableOfType(
            IdentityErrorResponseException.class,
            () -> client.createUserAndToken(List.of(CHAT), Duration.ofMinutes(59)).block());

    assertThat(refusal.getResponse().getStatusCode()).isEqualTo(BAD_REQUEST);
    assertThat(refusal.getValue().getCode()).isEqualTo("BadRequest");
    assertThat(refusal.getValue().getMessage()).isNotBlank();
  }

  private static void assertRefused(ThrowingCallable call, int status, String code) {
    HttpResponseException refusal = catchThrowableOfType(HttpResponseException.class, call);
    assertThat(refusal).as("a refusal that the SDK understood").isNotNull();
    assertThat(refusal.getResponse().getStatusCode()).isEqualTo(status);
    assertThat(refusal.getValue()).as("the error envelope").isNotNull();
    String body = refusal.getResponse().getBodyAsString().block();
    JsonNode error = JSON.readTree(body == null ? "" : body).path("error");
    assertThat(error.path("code").asString("")).isEqualTo(code);
    assertThat(error.path("message").asString("")).isNotBlank();
  }
}
