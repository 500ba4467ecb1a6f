package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an operator sees of a running server. */
class ObservationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @TempDir Path folder;

  private static HttpResponse<String> ask(
      TestServer server, String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + server.adminToken())
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int at = 0; at < headers.length; at += 2) {
      request.header(headers[at], headers[at + 1]);
    }
    return server.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void metricsTellOfRequestsStoreBusJournalAndMachine() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of())) {
      ask(server, "PUT", "/manage/v1/resources/seen", "");
      ask(server, "GET", "/manage/v1/resources/nowhere", "");
      String page = ask(server, "GET", "/metrics", "").body();
      assertThat(page)
          .contains(
              "parley_request_seconds_count{operation=\"manage.createResource\",status=\"201\"} 1",
              "parley_request_seconds_count{operation=\"manage.getResource\",status=\"404\"} 1",
              "parley_requests_under_way 1",
              "parley_http_connections 1",
              "parley_store_batch_works_count",
              "parley_store_commit_seconds_sum",
              "work=\"resource.create\"",
              "parley_store_queue_depth{lane=\"writer\"}",
              "parley_store_writable 1",
              "parley_bus_depth",
              "parley_bus_dropped_total 0",
              "parley_journal_lag{reader=\"identity\"}",
              "jvm_memory_used_bytes",
              "process_cpu_usage");
    }
  }

  @Test
  void requestIsOneLineWithItsIdAndWithoutItsPath() throws Exception {
    try (TestServer server =
        new TestServer(folder, Map.of("log.level", "debug", "log.format", "json"))) {
      HttpResponse<String> good = ask(server, "GET", "/manage/v1/resources/default", "");
      HttpResponse<String> bad = ask(server, "GET", "/manage/v1/resources/+15551234567", "");
      assertThat(line(server, good))
          .containsEntry("level", "DEBUG")
          .containsEntry("message", "operation=manage.getResource status=200");
      assertThat(line(server, bad))
          .containsEntry("level", "INFO")
          .containsEntry("message", "operation=manage.getResource status=404");
      assertThat(server.log()).doesNotContain("15551234567", server.adminToken());
    }
  }

  /** Level and beginning of the one line of the request. */
  private static Map<String, String> line(TestServer server, HttpResponse<String> answer) {
    String id = answer.headers().firstValue("x-ms-request-id").orElseThrow();
    List<JsonNode> lines =
        server
            .log()
            .lines()
            .map(line -> Json.readObject(line.getBytes(StandardCharsets.UTF_8)))
            .filter(line -> line.get("loggerName").stringValue().equals("request"))
            .filter(line -> line.get("mdc").get("request").stringValue().equals(id))
            .toList();
    assertThat(lines).hasSize(1);
    String message = lines.getFirst().get("formattedMessage").stringValue();
    assertThat(message).contains(" ms=").contains(" resource=");
    return Map.of(
        "level", lines.getFirst().get("level").stringValue(),
        "message", message.substring(0, message.indexOf(" ms=")));
  }

  @Test
  void tracesOfRequestAndStoreGoToTheCollectorBelowTheCallersSpan() throws Exception {
    try (Collector collector = new Collector()) {
      try (TestServer server = new TestServer(folder, Map.of("otlp.endpoint", collector.url()))) {
        String parent = "00-" + TRACE + "-" + PARENT + "-01";
        ask(server, "PUT", "/manage/v1/resources/traced", "", "traceparent", parent);
      }
      String sent = collector.hex();
      assertThat(sent).contains(hex("manage.createResource"), hex("store.write resource.create"));
      // One trace id for the request and each of its two works at least, the caller's as parent.
      assertThat(sent.split(TRACE, -1).length).isGreaterThan(3);
      assertThat(sent).contains(PARENT);
      assertThat(sent).doesNotContain(hex("Bearer"), hex("traced"));
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes what an OTLP exporter posts; spans are found by their bytes. */
  private static final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    Collector() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/traces",
          exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String hex() {
      return bodies.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void fullDiskTurnsReadinessRedKeepsWhatWasAcknowledgedAndHeals() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(ask(server, "PUT", "/manage/v1/resources/before", "").statusCode()).isEqualTo(201);
      pagesMax(server, 1);
      int acknowledged = 0;
      @Nullable HttpResponse<String> refused = null;
      int ready = 200;
      // The journal's reader may still save its place, which needs no room and turns the store
      // green
      // again; once nothing is acknowledged any more it has nothing left to save.
      for (int made = 0; made < 5000 && ready == 200; made++) {
        HttpResponse<String> answer = ask(server, "PUT", "/manage/v1/resources/full" + made, "");
        if (answer.statusCode() == 201) {
          acknowledged++;
        } else {
          refused = answer;
          ready = ask(server, "GET", "/health/ready", "").statusCode();
        }
      }
      refused = Objects.requireNonNull(refused);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.body()).contains("\"code\":\"ServiceUnavailable\"");
      assertThat(ready).isEqualTo(503);
      assertThat(ask(server, "GET", "/health/live", "").statusCode()).isEqualTo(200);
      assertThat(ask(server, "GET", "/manage/v1/resources/before", "").statusCode()).isEqualTo(200);
      pagesMax(server, 1_000_000);
      assertThat(ask(server, "PUT", "/manage/v1/resources/after", "").statusCode()).isEqualTo(201);
      assertThat(ask(server, "GET", "/health/ready", "").statusCode()).isEqualTo(200);
      String all = ask(server, "GET", "/manage/v1/resources", "").body();
      assertThat(all).contains("\"before\"", "\"after\"");
      assertThat(all.split("\"name\":\"full", -1).length - 1).isEqualTo(acknowledged);
    }
  }

  /** The store cannot grow over so many pages (or its size, if larger): a disk that is full. */
  private static void pagesMax(TestServer server, int pages) {
    long limit =
        server
            .database()
            .write(
                "test.pagesMax",
                tx ->
                    tx.first("pragma max_page_count = " + pages, row -> row.number(1))
                        .orElseThrow());
    assertThat(limit).isPositive();
  }

  @Test
  void limitsComeFromTheConfiguration() throws Exception {
    Map<String, String> small = Map.of("limits.body", "1KiB", "limits.headers", "4KiB");
    try (TestServer server = new TestServer(folder, small)) {
      String big = "x".repeat(1025);
      assertThat(ask(server, "POST", "/manage/v1/backup", big).statusCode()).isEqualTo(413);
      assertThat(ask(server, "GET", "/health/live", "", "X-Long", "y".repeat(3000)).statusCode())
          .isEqualTo(200);
    }
  }
}
