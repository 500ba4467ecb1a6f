package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Json;
import dev.parley.server.TurnServer.Tried;
import dev.parley.server.refusals.Ask;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Parley gives out, shown to a real TURN server (coturn). */
@Timeout(180)
class RelayIT {
  private static final String PATH =
      "/networkTraversal/:issueRelayConfiguration?api-version=2022-03-01-preview";
  private static final String SECRET = "what both know";

  /** Coturn lets a credential through until its second is over; a try takes about four seconds. */
  private static final int TRIES_UNTIL_EXPIRED_MAX = 5;

  @TempDir Path folder;

  private TurnServer coturn() throws Exception {
    if (!TurnServer.isInstalled()) {
      String missing = "coturn (" + TurnServer.BINARY + ") is not installed";
      assertThat(System.getenv("PARLEY_TESTS_REQUIRED")).as(missing).isNotEqualTo("1");
      Assumptions.abort("skipped: " + missing);
    }
    return TurnServer.start(folder, SECRET);
  }

  private TestServer parley(String urls) {
    return new TestServer(folder, Map.of("relay.urls", urls, "relay.secret", SECRET));
  }

  private static HttpResponse<String> ask(TestServer server, String body) throws Exception {
    String connection = server.connectionString();
    String key = connection.substring(connection.indexOf("accesskey=") + "accesskey=".length());
    return new Ask(server, "POST", PATH).body(body).signed(key, server.clock()).send();
  }

  private static JsonNode issued(TestServer server, String body) throws Exception {
    HttpResponse<String> answer = ask(server, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode relay, String field) {
    return relay.get("iceServers").get(0).get(field).stringValue();
  }

  private static Tried tried(TurnServer coturn, JsonNode relay, String transport) throws Exception {
    return coturn.relay(text(relay, "username"), text(relay, "credential"), transport);
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void credentialOfParleyRelaysPackets(String transport) throws Exception {
    try (TurnServer coturn = coturn();
        TestServer server = parley(coturn.url())) {
      JsonNode relay = issued(server, "{\"ttl\":600}");
      assertThat(relay.get("iceServers").get(0).get("urls").get(0).stringValue())
          .isEqualTo(coturn.url());
      Tried tried = tried(coturn, relay, transport);
      assertThat(tried.allocated()).as(tried.output()).isTrue();
      assertThat(tried.output())
          .contains("tot_send_msgs=4, tot_recv_msgs=4", "Total lost packets 0 ");
    }
  }

  @Test
  void credentialThatWasTamperedWithIsRefused() throws Exception {
    try (TurnServer coturn = coturn();
        TestServer server = parley(coturn.url())) {
      JsonNode relay = issued(server, "{}");
      String username = text(relay, "username");
      long expiry = Long.parseLong(username.substring(0, username.indexOf(':')));
      String later = (expiry + 60) + username.substring(username.indexOf(':'));
      Tried longer = coturn.relay(later, text(relay, "credential"), "udp");
      assertThat(longer.allocated()).as(longer.output()).isFalse();
      Tried wrong = coturn.relay(username, "d3Jvbmc=", "udp");
      assertThat(wrong.allocated()).as(wrong.output()).isFalse();
      assertThat(wrong.output()).contains("Cannot complete Allocation");
    }
  }

  @Test
  void expiredCredentialIsRefused() throws Exception {
    try (TurnServer coturn = coturn();
        TestServer server = parley(coturn.url())) {
      JsonNode relay = issued(server, "{\"ttl\":1}");
      Tried tried = tried(coturn, relay, "udp");
      for (int more = 0; tried.allocated() && more < TRIES_UNTIL_EXPIRED_MAX; more++) {
        tried = tried(coturn, relay, "udp");
      }
      assertThat(tried.allocated()).as(tried.output()).isFalse();
      assertThat(tried.output()).contains("Cannot complete Allocation");
    }
  }

  @Test
  void lifeFollowsTheClockAndRouteTypesComeBack() throws Exception {
    try (TestServer server = parley("turn:a.example:3478")) {
      Instant now = server.clock().now();
      JsonNode usual = issued(server, "");
      assertThat(usual.get("iceServers").findValuesAsString("routeType"))
          .containsExactly("any", "nearest");
      assertThat(Instant.parse(usual.get("expiresOn").stringValue()))
          .isBetween(now.plusSeconds(172_799), now.plusSeconds(172_860));
      server.clock().advance(Duration.ofDays(3));
      JsonNode later = issued(server, "{\"routeType\":\"nearest\",\"ttl\":60}");
      assertThat(later.get("iceServers").findValuesAsString("routeType"))
          .containsExactly("nearest");
      assertThat(Instant.parse(later.get("expiresOn").stringValue()))
          .isAfter(now.plus(Duration.ofDays(3)));
    }
  }

  @Test
  void installationWithoutRelaySaysSo() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of())) {
      HttpResponse<String> answer = ask(server, "{}");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("x-ms-error-code")).contains("RelayNotConfigured");
    }
  }
}
