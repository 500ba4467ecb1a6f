package dev.parley.server.refusals;

import dev.parley.kit.http.Json;
import dev.parley.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server with resources, users and credentials of every kind, good and bad. */
final class World {
  static final String RELAY_SECRET = "the secret of the relay";
  private static final String VERSION = "?api-version=2025-03-15";

  final TestServer server;

  /** All that must never be found in a log. */
  final List<String> secrets = new ArrayList<>();

  final String operator;
  final String key;
  final String foreignKey;
  final String rotatedKey;
  final String goneKey;
  final String resource;
  final String user;
  final String foreignUser;
  final String token;
  final String foreignToken;
  final String tokenWithoutScope;
  final String expiredToken;
  final String revokedToken;
  final String deletedUsersToken;
  final String goneToken;
  private String thread = "";
  private int names;

  private record Issued(String user, String token) {}

  World(TestServer server) throws Exception {
    this.server = server;
    secrets.add(RELAY_SECRET);
    operator = secret(server.adminToken());
    String connection = server.connectionString();
    key = secret(connection.substring(connection.indexOf("accesskey=") + 10));
    Issued expiring = issue("default", "chat");
    expiredToken = expiring.token;
    server.clock().advance(Duration.ofMinutes(61));
    foreignKey = key(manage("PUT", "other", null), 0);
    JsonNode gone = manage("PUT", "gone", null);
    goneKey = key(gone, 0);
    goneToken = issue("gone", "chat").token;
    manage("DELETE", "gone", null);
    rotatedKey = key(manage("PUT", "rotated", null), 1);
    ask("POST", "/manage/v1/resources/rotated/keys/secondary/:rotate", null);
    Issued right = issue("default", "chat");
    user = right.user;
    token = right.token;
    resource = user.substring("8:acs:".length(), "8:acs:".length() + 36);
    Issued foreign = issue("other", "chat");
    foreignUser = foreign.user;
    foreignToken = foreign.token;
    tokenWithoutScope = issue("default", "voip").token;
    Issued revoked = issue("default", "chat");
    revokedToken = revoked.token;
    signed("POST", "/identities/" + revoked.user + "/:revokeAccessTokens" + VERSION, null);
    Issued deleted = issue("default", "chat");
    deletedUsersToken = deleted.token;
    signed("DELETE", "/identities/" + deleted.user + VERSION, null);
  }

  private String secret(String text) {
    secrets.add(text);
    return text;
  }

  private String key(JsonNode body, int slot) {
    return secret(body.get("keys").get(slot).get("key").stringValue());
  }

  private Issued issue(String name, String scope) {
    JsonNode body =
        ask(
            "POST",
            "/manage/v1/resources/" + name + "/tokens",
            "{\"scopes\":[\"" + scope + "\"],\"expiresInMinutes\":60}");
    return new Issued(body.get("userId").stringValue(), secret(body.get("token").stringValue()));
  }

  private JsonNode manage(String method, String name, @Nullable String body) {
    return ask(method, "/manage/v1/resources/" + name, body);
  }

  private JsonNode ask(String method, String path, @Nullable String body) {
    return read(new Ask(server, method, path).body(body).bearer(operator));
  }

  private JsonNode signed(String method, String path, @Nullable String body) {
    return read(new Ask(server, method, path).body(body).signed(key, server.clock()));
  }

  private JsonNode bearing(String bearer, String method, String path, String body) {
    return read(new Ask(server, method, path).body(body).bearer(bearer));
  }

  private static JsonNode read(Ask ask) {
    try {
      HttpResponse<String> answer = ask.send();
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer + ": " + answer.body());
      }
      String body = answer.body().isEmpty() ? "{}" : answer.body();
      return Json.readObject(body.getBytes(StandardCharsets.UTF_8));
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  String newUser() {
    JsonNode body = signed("POST", "/identities" + VERSION, "{}");
    return body.get("identity").get("id").stringValue();
  }

  String newResourceName() {
    return "made" + names++;
  }

  String newResource() {
    String name = newResourceName();
    manage("PUT", name, null);
    return name;
  }

  String newBackup() {
    return "{\"file\":\"" + server.data().resolve("backup" + names++ + ".db") + "\"}";
  }

  /** A thread of {@link #user}; {@link #newMessage} writes into the last one. */
  String newThread() {
    thread = thread(token, user);
    return thread;
  }

  String foreignThread() {
    return thread(foreignToken, foreignUser);
  }

  private String thread(String bearer, String member) {
    String body =
        "{\"topic\":\"t\",\"participants\":[{\"communicationIdentifier\":{\"communicationUser\":"
            + "{\"id\":\""
            + member
            + "\"}}}]}";
    JsonNode made = bearing(bearer, "POST", "/chat/threads" + VERSION, body);
    return made.get("chatThread").get("id").stringValue();
  }

  String newRoom() {
    return room(key);
  }

  String foreignRoom() {
    return room(foreignKey);
  }

  private String room(String by) {
    Ask ask = new Ask(server, "POST", "/rooms" + VERSION).body("{}");
    return read(ask.signed(by, server.clock())).get("id").stringValue();
  }

  String newMessage() {
    if (thread.isEmpty()) {
      newThread();
    }
    return message(token, thread);
  }

  String foreignMessage() {
    return message(foreignToken, foreignThread());
  }

  private String message(String bearer, String where) {
    String path = "/chat/threads/" + where + "/messages" + VERSION;
    return bearing(bearer, "POST", path, "{\"content\":\"hello\"}").get("id").stringValue();
  }
}
