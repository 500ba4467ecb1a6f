package dev.parley.conformance.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import dev.parley.conformance.server.RawClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ids of an application's own. None of the packages pinned here can send them (the .NET package
 * can), so these tests speak bare HTTPS and prove nothing for a language.
 */
@ExtendWith(ParleyExtension.class)
class CustomIdIT {

  private static final String VERSION = "?api-version=2025-06-30";
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final JsonMapper JSON = new JsonMapper();

  private final RawClient client;

  CustomIdIT(Connection connection) {
    this.client = new RawClient(connection);
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void sameCustomIdIsTheSameUser() throws Exception {
    JsonNode first = created("{\"customId\":\"alice@example.com\"}");
    JsonNode again = created("{\"customId\":\"alice@example.com\"}");
    JsonNode other = created("{\"customId\":\"bob@example.com\"}");

    assertThat(first.path("identity").path("customId").asString()).isEqualTo("alice@example.com");
    assertThat(id(again)).isEqualTo(id(first));
    assertThat(id(other)).isNotEqualTo(id(first));
  }

  @Test
  void userIsReadBackWithItsCustomIdUnderItsRawAndItsEncodedId() throws Exception {
    JsonNode made = created("{\"customId\":\"carol\",\"createTokenWithScopes\":[\"chat\"]}");

    for (String path : new String[] {id(made), id(made).replace(":", "%3A")}) {
      HttpResponse<String> answer = client.send("GET", "/identities/" + path + VERSION, "");
      assertThat(answer.statusCode()).isEqualTo(OK);
      JsonNode user = JSON.readTree(answer.body());
      assertThat(user.path("id").asString()).isEqualTo(id(made));
      assertThat(user.path("customId").asString()).isEqualTo("carol");
      assertThat(user.path("lastTokenIssuedAt").asString("")).isNotBlank();
    }
  }

  @Test
  void emptyCustomIdIsRefused() throws Exception {
    HttpResponse<String> answer =
        client.send("POST", "/identities" + VERSION, "{\"customId\":\"\"}");

    assertThat(answer.statusCode()).isEqualTo(BAD_REQUEST);
    assertThat(JSON.readTree(answer.body()).path("error").path("code").asString(""))
        .isEqualTo("BadRequest");
  }

  private JsonNode created(String body) throws Exception {
    HttpResponse<String> answer = client.send("POST", "/identities" + VERSION, body);
    assertThat(answer.statusCode()).isEqualTo(CREATED);
    return JSON.readTree(answer.body());
  }

  private static String id(JsonNode made) {
    return made.path("identity").path("id").asString();
  }
}
