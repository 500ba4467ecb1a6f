package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.http.Json;
import dev.parley.server.refusals.Ask;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What ends with a resource, with a user and with its tokens, as those see it who are outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EndingsTest {
  private static final String VERSION = "?api-version=2025-03-15";
  private static final String LOCATOR = "'groupId':'7b0a6c80-0000-4000-8000-000000000001'";

  @TempDir static Path folder;
  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer(folder, Map.of());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private record Owned(String name, String key) {}

  private record User(String id, String token) {
    /** The id is {@code 8:acs:<resource>_<guid>}. */
    ResourceId resource() {
      return new ResourceId(UUID.fromString(id.substring("8:acs:".length(), id.indexOf('_'))));
    }
  }

  private static JsonNode read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    String text = answer.body().isEmpty() ? "{}" : answer.body();
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private Ask manage(String method, String path) {
    return new Ask(server, method, "/manage/v1/resources/" + path).bearer(server.adminToken());
  }

  private Owned resource(String name) throws Exception {
    JsonNode made = read(manage("PUT", name).send());
    return new Owned(name, made.get("keys").get(0).get("key").stringValue());
  }

  private User user(String resource) throws Exception {
    String body = "{\"scopes\":[\"chat\",\"voip\"],\"expiresInMinutes\":60}";
    JsonNode issued = read(manage("POST", resource + "/tokens").body(body).send());
    return new User(issued.get("userId").stringValue(), issued.get("token").stringValue());
  }

  /** What an operator or an application can do to end a user's access. */
  private enum End {
    RESOURCE_DELETED,
    USER_DELETED,
    TOKENS_REVOKED
  }

  private void end(End end, Owned resource, User user) throws Exception {
    String identity = "/identities/" + user.id;
    Ask ask =
        switch (end) {
          case RESOURCE_DELETED -> manage("DELETE", resource.name);
          case USER_DELETED ->
              new Ask(server, "DELETE", identity + VERSION).signed(resource.key, server.clock());
          case TOKENS_REVOKED ->
              new Ask(server, "POST", identity + "/:revokeAccessTokens" + VERSION)
                  .signed(resource.key, server.clock());
        };
    assertThat(ask.send().statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @EnumSource
  void openSocketsAreClosedAtOnceAndTheTokenIsRefused(End end) throws Exception {
    Owned resource = resource("open-" + end.ordinal());
    User user = user(resource.name);
    User bystander = user("default");
    try (SignallingClient call = new SignallingClient(server);
        PushClient push = new PushClient(server, user.token);
        SignallingClient otherCall = new SignallingClient(server);
        PushClient otherPush = new PushClient(server, bystander.token)) {
      call.hello(user.token);
      call.join(LOCATOR);
      otherCall.hello(bystander.token);
      end(end, resource, user);
      // The test's clock stands still, so nothing but the end itself closes them.
      assertThat(call.closeCode()).isEqualTo(4401);
      assertThat(push.closeCode()).isIn(1008, 1006);
      assertRefused(user);
      assertThat(otherCall.join(LOCATOR).has("ok")).isTrue();
      otherPush.ping();
    }
  }

  private void assertRefused(User user) throws Exception {
    assertThat(PushClient.place(server, user.token).statusCode()).isEqualTo(401);
    HttpResponse<String> threads =
        new Ask(server, "GET", "/chat/threads" + VERSION).bearer(user.token).send();
    assertThat(threads.statusCode()).isEqualTo(401);
    try (SignallingClient again = new SignallingClient(server)) {
      again.send("{'id':1,'type':'hello','version':1,'token':'" + user.token + "'}");
      assertThat(again.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void keptAnswersOfADeletedUserAreErased() throws Exception {
    Owned resource = resource("kept-user");
    User deleted = user(resource.name);
    User stays = user(resource.name);
    makeThread(deleted, "of who is deleted");
    makeThread(stays, "of who stays");
    end(End.USER_DELETED, resource, deleted);
    await("the answer is erased", () -> kept("of who is deleted").isEmpty());
    assertThat(kept("of who stays")).isPresent();
  }

  @Test
  void keptAnswersAndTheRateOfADeletedResourceAreErased() throws Exception {
    Owned resource = resource("kept-resource");
    User user = user(resource.name);
    User other = user("default");
    makeThread(user, "of a user of it");
    makeThread(other, "of another resource");
    Ask create = new Ask(server, "POST", "/identities" + VERSION).body("{}");
    read(
        create
            .header("Repeatability-Request-ID", "of its key")
            .signed(resource.key, server.clock())
            .send());
    ResourceId id = user.resource();
    assertThat(server.rates().remembers(id)).isTrue();
    end(End.RESOURCE_DELETED, resource, user);
    await("its rate is forgotten", () -> !server.rates().remembers(id));
    assertThat(server.rates().remembers(other.resource())).isTrue();
    for (String request : List.of("of a user of it", "of its key")) {
      await("the answer is erased: " + request, () -> kept(request).isEmpty());
    }
    assertThat(kept("of another resource")).isPresent();
  }

  /** A thread's topic is in the answer that is kept; docs/running.md says for how long. */
  @Test
  void keptAnswersAreErasedWithin25Hours() throws Exception {
    User user = user("default");
    makeThread(user, "of yesterday");
    server.clock().advance(Duration.ofHours(25));
    await("the answer is erased", () -> kept("of yesterday").isEmpty());
  }

  /** An answer that is kept: it names the user, and the thread's topic. */
  private void makeThread(User user, String id) throws Exception {
    read(
        new Ask(server, "POST", "/chat/threads" + VERSION)
            .body("{\"topic\":\"t\",\"participants\":[]}")
            .bearer(user.token)
            .header("Repeatability-Request-ID", id)
            .send());
    assertThat(kept(id)).isPresent();
  }

  private Optional<String> kept(String id) {
    return server
        .database()
        .read(
            "test",
            reading ->
                reading.first(
                    "select answer from repeatability where request_id = ?",
                    row -> row.text(1),
                    id));
  }

  /** Readers of the journal erase soon after the answer; how soon never decides the test. */
  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
