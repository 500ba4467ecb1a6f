package dev.parley.conformance.push;

import dev.parley.conformance.server.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user with a token for chat.
 *
 * @param id the raw id
 * @param token a token of a day's life
 */
public record ChatUser(String id, String token) {

  /** The api-version that a request for chat names. */
  public static final String VERSION = "api-version=2025-03-15";

  private static final int CREATED = 201;
  private static final JsonMapper JSON = new JsonMapper();

  /** Makes a user by the identity API. */
  public static ChatUser create(RawClient client) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            "POST",
            "/identities?api-version=2023-10-01",
            "{\"createTokenWithScopes\":[\"chat\"],\"expiresInMinutes\":1440}");
    JsonNode made = json(answer, CREATED);
    return new ChatUser(
        made.required("identity").required("id").asString(),
        made.required("accessToken").required("token").asString());
  }

  /** Makes a thread with others and gives its id. */
  public String createThread(RawClient client, List<ChatUser> members)
      throws IOException, InterruptedException {
    String participants =
        members.stream().map(ChatUser::asParticipant).collect(Collectors.joining(","));
    String body = "{\"topic\":\"durability\",\"participants\":[" + participants + "]}";
    JsonNode made =
        json(client.sendWithToken("POST", "/chat/threads?" + VERSION, body, token), CREATED);
    return made.required("chatThread").required("id").asString();
  }

  /** Sends a text message to a thread of the user's and gives its id. */
  public String send(RawClient client, String thread, String content)
      throws IOException, InterruptedException {
    String target = "/chat/threads/" + thread + "/messages?" + VERSION;
    String body = "{\"content\":\"" + content + "\"}";
    JsonNode made = json(client.sendWithToken("POST", target, body, token), CREATED);
    return made.required("id").asString();
  }

  /** CommunicationIdentifierModel. */
  public String asIdentifier() {
    return "{\"communicationUser\":{\"id\":\"" + id + "\"}}";
  }

  /** ChatParticipant. */
  public String asParticipant() {
    return "{\"communicationIdentifier\":" + asIdentifier() + "}";
  }

  /** The body of an answer that has to have a status. */
  public static JsonNode json(HttpResponse<String> answer, int status) {
    if (answer.statusCode() != status) {
      throw new AssertionError(
          answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
