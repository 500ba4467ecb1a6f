package dev.parley.server.cli;

import dev.parley.server.folder.RunningServer;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the running server through {@code /manage/v1}, with the token that only readers of its data
 * folder have.
 */
final class RunningAdministration implements Administration {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final JsonMapper json = JsonMapper.builder().build();
  private final RunningServer.Access access;
  private final HttpClient http;

  RunningAdministration(RunningServer.Access access) {
    this.access = access;
    this.http =
        HttpClient.newBuilder()
            .sslContext(LocalTrust.context(access.server().trusted()))
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  @Override
  public IssuedToken issueToken(TokenRequest request) {
    ObjectNode body = json.createObjectNode();
    request.user().ifPresent(user -> body.put("userId", user));
    request.scopes().forEach(body.withArray("scopes")::add);
    body.put("expiresInMinutes", request.minutes());
    JsonNode answer = call("POST", one(request.resource()) + "/tokens", body);
    return new IssuedToken(
        text(answer, "userId"), text(answer, "token"), text(answer, "expiresOn"));
  }

  @Override
  public List<ResourceView> resources() {
    return list().map(RunningAdministration::resource).toList();
  }

  @Override
  public ResourceView createResource(String name) {
    return resource(call("PUT", one(name), json.createObjectNode()));
  }

  @Override
  public void deleteResource(String name) {
    call("DELETE", one(name), null);
  }

  @Override
  public List<KeyView> keys(String resource) {
    return keys(call("GET", one(resource), null));
  }

  @Override
  public KeyView rotateKey(String resource, String key) {
    JsonNode answer = call("POST", one(resource) + "/keys/" + key + "/:rotate", null);
    return keys(answer).stream().filter(one -> one.name().equals(key)).findFirst().orElseThrow();
  }

  @Override
  public void backup(Path file) {
    call("POST", "backup", json.createObjectNode().put("file", file.toString()));
  }

  @Override
  public void close() {
    http.close();
  }

  private JsonNode call(
      String method, String path, @org.jspecify.annotations.Nullable ObjectNode body) {
    URI uri = access.server().local().resolve("/manage/v1/" + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + access.adminToken().reveal())
            .header("Content-Type", "application/json");
    try {
      var publisher =
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(body.toString());
      HttpResponse<String> response =
          http.send(
              request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
      return read(response);
    } catch (IOException unreachable) {
      throw noAnswer(unreachable.toString());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted");
    }
  }

  private JsonNode read(HttpResponse<String> response) {
    JsonNode answer;
    try {
      answer = response.body().isBlank() ? json.createObjectNode() : json.readTree(response.body());
    } catch (JacksonException notJson) {
      throw noAnswer("status " + response.statusCode() + " without JSON");
    }
    if (response.statusCode() < 300) {
      return answer;
    }
    JsonNode error = answer.path("error");
    throw new Stopped(
        new Problem.Refused(response.statusCode(), text(error, "code"), text(error, "message")));
  }

  private Stopped noAnswer(String reason) {
    return new Stopped(new Problem.NoAnswer(access.server().local().toString(), reason));
  }

  private Stream<JsonNode> list() {
    return call("GET", "resources", null).path("value").valueStream();
  }

  /** The path of a resource; the default resource when {@code name} is empty. */
  private String one(String name) {
    String real =
        name.isEmpty()
            ? list()
                .filter(one -> one.path("isDefault").asBoolean(false))
                .map(one -> text(one, "name"))
                .findFirst()
                .orElseThrow(() -> noAnswer("it has no default resource"))
            : name;
    return "resources/" + URLEncoder.encode(real, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ResourceView resource(JsonNode node) {
    return new ResourceView(
        text(node, "name"),
        text(node, "id"),
        text(node, "endpoint"),
        node.path("isDefault").asBoolean(false));
  }

  private static List<KeyView> keys(JsonNode resource) {
    return resource.path("keys").valueStream().map(RunningAdministration::key).toList();
  }

  private static KeyView key(JsonNode node) {
    return new KeyView(
        text(node, "slot"),
        text(node, "connectionString"),
        text(node, "createdAt"),
        Optional.of(text(node, "lastUsedAt")).filter(time -> !time.isEmpty()));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
