package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pipeline answers, seen through a socket; the limits are in {@link LimitsTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {
  private static final String VERSION = "api-version=2023-10-01";
  private static final String MAKE = "/things?" + VERSION;
  private static final String ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

  @TempDir static Path folder;
  private Served served;

  @BeforeAll
  void serve() {
    served = new Served(folder, Served.Limits.USUAL);
  }

  @AfterAll
  void close() {
    served.close();
  }

  /** Paths as bytes on the wire; a client library would tidy some of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /things/a            | thing.get {id=a}",
        "GET  | //things/a           | thing.get {id=a}",
        "GET  | ///things/a          | thing.get {id=a}",
        "GET  | /things/8:acs:1_2    | thing.get {id=8:acs:1_2}",
        "GET  | /things/8%3Aacs%3a1  | thing.get {id=8:acs:1}",
        "GET  | /things/+1555        | thing.get {id=+1555}",
        "GET  | /things/%2B1555      | thing.get {id=+1555}",
        "GET  | /things/a%2Fb        | thing.get {id=a/b}",
        "GET  | /things/19:x@thread  | thing.get {id=19:x@thread}",
        "GET  | /things/%C3%BC       | thing.get {id=ü}",
        "GET  | /things/..           | thing.get {id=..}",
        "GET  | /things/%2e%2E       | thing.get {id=..}",
        "GET  | /things/a;b=c        | thing.get {id=a;b=c}",
        "GET  | /thing%73/a          | thing.get {id=a}",
        "GET  | /things/special      | thing.get {id=special}",
        "POST | /things/a/:touch     | thing.touch {id=a}",
        "POST | /things/a/%3Atouch   | thing.touch {id=a}",
        "POST | /things/a:turn       | thing.turn {id=a}",
        "POST | /things/8:x:turn     | thing.turn {id=8:x}",
        "GET  | /things/../parts/b   | thing.part {id=.., part=b}",
      })
  void rawPathIsRouted(String method, String path, String answer) throws Exception {
    String response = rawRequest(method, path, "");
    assertThat(response).startsWith("HTTP/1.1 200");
    assertThat(sorted(response.substring(response.indexOf("\r\n\r\n") + 4)))
        .isEqualTo(sorted(answer));
  }

  private static String sorted(String answer) {
    return answer.chars().sorted().mapToObj(Character::toString).toList().toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /                    | 404 | NotFound",
        "GET  | /nothing             | 404 | NotFound",
        "GET  | /things/a/           | 404 | NotFound",
        "GET  | /things//parts/b     | 404 | NotFound",
        "GET  | /things/a//parts/b   | 404 | NotFound",
        "GET  | /x/../things/a       | 404 | NotFound",
        "GET  | /./things/a          | 404 | NotFound",
        "GET  | /things/%00          | 400 | BadRequest",
        "GET  | /things/%zz          | 400 | BadRequest",
        "GET  | /things/%            | 400 | BadRequest",
        "GET  | /things/%ff          | 404 | NotFound",
        "GET  | /Things/a            | 404 | NotFound",
        "POST | /things/a%3Aturn     | 405 | MethodNotAllowed",
        "PUT  | /things/a            | 405 | MethodNotAllowed",
        "TRACE| /things/a            | 405 | MethodNotAllowed",
        "BREW | /things/a            | 405 | MethodNotAllowed",
        "GET  | /future/things       | 501 | NotImplemented",
        "GET  | /things?api-version  | 400 | MissingApiVersionParameter",
        "GET  | /things              | 400 | MissingApiVersionParameter",
        "GET  | /things?api-version=new       | 400 | InvalidApiVersionParameter",
        "GET  | /things?api-version=%zz       | 400 | BadRequest",
        "GET  | /things?api-version=2023-10-01&top=x | 400 | BadRequest",
        "GET  | /things?api-version=2023-10-01&top=0 | 400 | BadRequest",
        "GET  | /things?api-version=2023-10-01&after=%2B | 400 | BadRequest",
        "GET  | /refused             | 409 | Gone",
        "GET  | /mine                | 401 | Unauthorized",
        "GET  | /all                 | 401 | Unauthorized",
      })
  void refusalIsTheJsonEnvelope(String method, String path, int status, String code)
      throws Exception {
    assertEnvelope(rawRequest(method, path, "Authorization: Test key\r\n"), status, code);
  }

  @Test
  void wrongMethodNamesTheRightOnes() throws Exception {
    HttpResponse<String> answer =
        served.send(served.request("/things/special").method("DELETE", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS, PUT");
    answer = served.send(served.request("/things/a").method("PATCH", BodyPublishers.noBody()));
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\r\n\r\n",
        "GET /things/a HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /things/a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /things/a HTTP/1.1\r\n\r\n",
        "GET /things/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /things/a HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "GET /things/a HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n",
        "GET /things/a HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        "GET /things/a HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n",
        "GET /things/a HTTP/1.1\r\nHost: a:port\r\n\r\n",
        "GET http://[::1/things HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /things HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /things HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: strange\r\n\r\n",
        "\u0001\u0002\u0003\r\n\r\n",
      })
  void malformedHttpGetsTheEnvelope(String request) throws Exception {
    String response = served.raw(request);
    assertThat(response).matches("(?s)HTTP/1\\.[01] (400|404|501|505|426) .*");
    assertThat(response).contains("{\"error\":{\"code\":\"").doesNotContainIgnoringCase("<html");
    assertThat(response).containsIgnoringCase("content-type: application/json");
    assertThat(response).containsIgnoringCase("x-ms-request-id: ");
  }

  @Test
  void malformedChunksGetTheEnvelope() throws Exception {
    String response =
        served.raw(
            "POST /things?"
                + VERSION
                + " HTTP/1.1\r\nHost: a\r\nAuthorization: Test key\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n");
    assertEnvelope(response, 400, "BadRequest");
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    String line = "X: " + "y".repeat(9000) + "\r\n";
    assertEnvelope(
        served.raw("GET /things/a HTTP/1.1\r\nHost: a\r\n" + line + "\r\n"),
        431,
        "RequestHeaderTooLarge");
    assertEnvelope(
        served.raw("GET /things/" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        414,
        "RequestHeaderTooLarge");
    HttpResponse<String> http2 =
        served.send(served.request("/things/a").header("X", "y".repeat(7000)));
    assertThat(http2.statusCode()).isEqualTo(200);
  }

  @Test
  void bodyThatIsTooLargeIsRefused() throws Exception {
    String big = "{\"name\":\"" + "x".repeat(ThingTable.BODY_BYTES_MAX) + "\"}";
    assertEnvelope(served.post(MAKE, big), 413, "RequestEntityTooLarge");
    byte[] bytes = big.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder unknownLength =
        make().POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(bytes))));
    assertEnvelope(served.send(unknownLength), 413, "RequestEntityTooLarge");
    assertEnvelope(
        served.send(unknownLength.version(HttpClient.Version.HTTP_1_1)),
        413,
        "RequestEntityTooLarge");
  }

  @Test
  void compressedBodyIsReadAndBounded() throws Exception {
    assertThat(compressed(gzip("{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8))).statusCode())
        .isEqualTo(201);
    byte[] bomb = gzip(new byte[64 << 20]);
    assertEnvelope(compressed(bomb), 413, "RequestEntityTooLarge");
    byte[] smallBomb = gzip(new byte[900_000]);
    assertThat(smallBomb.length).isLessThan(ThingTable.BODY_BYTES_MAX);
    assertEnvelope(compressed(smallBomb), 413, "RequestEntityTooLarge");
    byte[] cut = gzip("{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8));
    assertEnvelope(compressed(java.util.Arrays.copyOf(cut, 15)), 400, "BadRequest");
    assertEnvelope(compressed("{}".getBytes(StandardCharsets.UTF_8)), 400, "BadRequest");
    HttpRequest.Builder brotli =
        make().header("Content-Encoding", "br").POST(BodyPublishers.ofString("{}"));
    assertEnvelope(served.send(brotli), 415, "UnsupportedMediaType");
  }

  private HttpResponse<String> compressed(byte[] body) throws Exception {
    return served.send(
        make().header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] gzip(byte[] plain) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private HttpRequest.Builder make() {
    return served.request(MAKE).header("Authorization", Served.KEY);
  }

  @Test
  void preflightNeedsNoCredential() throws Exception {
    HttpResponse<String> answer =
        served.send(
            served
                .request(MAKE)
                .header("Origin", "https://app.test")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.test");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PATCH");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("authorization");
  }

  @Test
  void refusalsAreReadableAcrossOrigins() throws Exception {
    HttpResponse<String> answer =
        served.send(served.request(MAKE).header("Origin", "https://app.test"));
    assertEnvelope(answer, 401, "Unauthorized");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.test");
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("x-ms-error-code");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("HMAC-SHA256, Bearer");
  }

  @Test
  void requestIdsComeBack() throws Exception {
    HttpResponse<String> answer =
        served.send(served.request("/things/a").header("x-ms-client-request-id", "mine"));
    assertThat(answer.headers().firstValue("x-ms-client-request-id")).contains("mine");
    assertThat(answer.headers().firstValue("x-ms-request-id").orElse("")).hasSize(36);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void headIsGetWithoutItsBody() throws Exception {
    String get = rawRequest("GET", "/things/a", "");
    String head = rawRequest("HEAD", "/things/a", "");
    assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    assertThat(length(head)).isEqualTo(length(get)).isPositive();
    HttpResponse<String> http2 =
        served.send(served.request("/things/a").method("HEAD", BodyPublishers.noBody()));
    assertThat(http2.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(http2.statusCode()).isEqualTo(200);
    assertThat(http2.body()).isEmpty();
  }

  private static int length(String response) {
    String lower = response.toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length: ") + "content-length: ".length();
    return Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void bothVersionsOfHttpWork(String version) throws Exception {
    HttpClient.Version asked = HttpClient.Version.valueOf(version);
    HttpResponse<String> answer =
        served.send(make().version(asked).POST(BodyPublishers.ofString("{\"name\":\"n\"}")));
    assertThat(answer.version()).isEqualTo(asked);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).contains("\"name\":\"n\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":1}                          | name",
        "{\"name\":true}                       | name",
        "{\"name\":[]}                         | name",
        "{\"name\":{}}                         | name",
        "{\"name\":null}                       | name",
        "{}                                    | name",
        "{\"name\":\"a\",\"size\":\"1\"}       | size",
        "{\"name\":\"a\",\"size\":1.5}         | size",
        "{\"name\":\"a\",\"size\":99999999999} | size",
        "{\"name\":\"a\",\"size\":true}        | size",
        "{\"name\":\"a\",\"parts\":{}}         | parts",
        "{\"name\":\"a\",\"parts\":[{\"name\":\"b\"},{\"name\":1}]} | parts[1].name",
      })
  void wrongFieldIsNamed(String body, String field) throws Exception {
    HttpResponse<String> answer = served.post(MAKE, body);
    assertEnvelope(answer, 400, "BadRequest");
    assertThat(answer.body()).contains("\"target\":\"" + field + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[",
        "nul",
        "[]",
        "null",
        "1",
        "\"a\"",
        "{\"name\":\"a\"} {}",
        "{\"name\":\"a\",}",
        "{'name':'a'}",
        "{\"name\":\"\u0001\"}",
        "{\"name\":\"a\"}x",
        "<xml/>",
        "NaN",
        "{\"name\":\"a\\u0000b\"}",
        "{\"parts\":[{\"\\\\\\u0000\":1}]}"
      })
  void malformedJsonIsRefused(String body) throws Exception {
    assertEnvelope(served.post(MAKE, body), 400, "BadRequest");
  }

  @Test
  void jsonThatIsNestedTooDeepIsRefused() throws Exception {
    int deep = 100;
    String body = "{\"parts\":" + "[".repeat(deep) + "]".repeat(deep) + "}";
    assertEnvelope(served.post(MAKE, body), 400, "BadRequest");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() throws Exception {
    byte[] bytes = "{\"name\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    bytes[9] = (byte) 0xff;
    assertEnvelope(served.send(make().POST(BodyPublishers.ofByteArray(bytes))), 400, "BadRequest");
  }

  @Test
  void handlersBugTellsNothing() throws Exception {
    HttpResponse<String> answer = served.get("/broken");
    assertEnvelope(answer, 500, "InternalServerError");
    assertThat(answer.body()).doesNotContain("inner detail", "Exception", "at dev.");
    assertEnvelope(served.get("/foreign"), 500, "InternalServerError");
  }

  @Test
  void storeThatIsAwayIsTemporary() throws Exception {
    HttpResponse<String> answer = served.get("/away");
    assertEnvelope(answer, 503, "ServiceUnavailable");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(answer.body()).doesNotContain("somewhere");
  }

  @Test
  void credentialIsAskedFor() throws Exception {
    assertEnvelope(served.send(served.request(MAKE)), 401, "Unauthorized");
    assertEnvelope(
        served.send(served.request(MAKE).header("Authorization", "wrong")), 401, "Denied");
    assertEnvelope(
        served.send(served.request("/mine").header("Authorization", Served.USER)),
        403,
        "Forbidden");
    assertEnvelope(
        served.send(served.request(MAKE).header("Authorization", Served.OPERATOR)),
        401,
        "Unauthorized");
    assertThat(
            served
                .send(served.request("/all").header("Authorization", Served.OPERATOR))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void repeatedRequestHasOneEffectAndOneAnswer() throws Exception {
    HttpResponse<String> first = repeatable("{\"name\":\"r\"}", "aa" + ID.substring(2));
    int made = served.things.made.get();
    HttpResponse<String> again = repeatable("{\"name\":\"r\"}", "aa" + ID.substring(2));
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("repeatability-result")).contains("accepted");
    assertThat(served.things.made.get()).isEqualTo(made);
    assertEnvelope(
        repeatable("{\"name\":\"other\"}", "aa" + ID.substring(2)), 409, "RepeatabilityConflict");
  }

  @Test
  void repeatedRequestThatWritesNothingHasOneAnswerToo() throws Exception {
    HttpRequest.Builder look =
        served
            .request("/things/:look?" + VERSION)
            .header("Authorization", Served.KEY)
            .header("Repeatability-Request-ID", "bb" + ID.substring(2))
            .POST(BodyPublishers.noBody());
    String first = served.send(look).body();
    assertThat(served.send(look).body()).isEqualTo(first);
  }

  @Test
  void duplicatesAtTheSameTimeHaveOneEffect() throws Exception {
    int before = served.things.made.get();
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < 12; caller++) {
        answers.add(callers.submit(() -> repeatable("{\"name\":\"d\"}", "cc" + ID.substring(2))));
      }
    }
    for (Future<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(201);
      assertThat(answer.get().body()).isEqualTo(answers.getFirst().get().body());
    }
    assertThat(served.things.made.get()).isEqualTo(before + 1);
  }

  @Test
  void refusedRequestMayBeRepeatedWithItsMistakeMended() throws Exception {
    assertEnvelope(repeatable("{}", "dd" + ID.substring(2)), 400, "BadRequest");
    assertThat(repeatable("{\"name\":\"m\"}", "dd" + ID.substring(2)).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TOO LONG"})
  void malformedRepeatabilityIdIsRefused(String id) throws Exception {
    HttpResponse<String> answer =
        repeatable("{\"name\":\"r\"}", id.replace("TOO LONG", "x".repeat(129)));
    assertEnvelope(answer, 400, "BadRequest");
    assertThat(answer.body()).contains("\"target\":\"Repeatability-Request-ID\"");
  }

  @Test
  void readingIgnoresRepeatability() throws Exception {
    HttpRequest.Builder list =
        served
            .request(MAKE)
            .header("Authorization", Served.KEY)
            .header("Repeatability-Request-ID", "x".repeat(500));
    assertThat(served.send(list).statusCode()).isEqualTo(200);
    assertThat(served.send(list.method("HEAD", BodyPublishers.noBody())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void keptAnswerIsSealedInTheStoreAndForgottenInTime() throws Exception {
    String id = "ee" + ID.substring(2);
    repeatable("{\"name\":\"secretname\"}", id);
    String stored =
        served.database.read(
            "test",
            reading ->
                reading
                    .first(
                        "select answer from repeatability where request_id = ?",
                        row -> row.text(1),
                        id)
                    .orElseThrow());
    byte[] bytes = java.util.Base64.getDecoder().decode(stored);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("secretname");
    int made = served.things.made.get();
    served.clock.advance(Repeatability.REMEMBERED);
    assertThat(repeatable("{\"name\":\"another\"}", id).statusCode()).isEqualTo(201);
    assertThat(served.things.made.get()).isEqualTo(made + 1);
  }

  private HttpResponse<String> repeatable(String body, String id) throws Exception {
    return served.send(
        make().header("Repeatability-Request-ID", id).POST(BodyPublishers.ofString(body)));
  }

  @Test
  void nextLinkIsAbsoluteAndLeadsOn() throws Exception {
    String first = served.get("//things?" + VERSION).body();
    assertThat(first).contains("\"nextLink\":\"https://parley.test/things?");
    String link = first.substring(first.indexOf("https://"), first.lastIndexOf('"'));
    assertThat(link).contains(VERSION).doesNotContain("%");
    String second = served.get(link.substring("https://parley.test".length())).body();
    assertThat(second).contains("[\"b / ü\",\"last\"]").doesNotContain("nextLink");
  }

  @Test
  void longRunningOperationIsStartedAskedForAndForgotten() throws Exception {
    HttpResponse<String> accepted = served.post("/jobs/w1", "");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Operation-Location"))
        .contains("https://parley.test/jobs/w1");
    assertThat(accepted.headers().firstValue("Retry-After")).contains("2");
    assertThat(served.get("/jobs/w1").body()).contains("\"status\":\"RUNNING\"");
    assertEnvelope(served.post("/jobs/w1", ""), 409, "Gone");
    boolean ended =
        served.database.write(
            "test", tx -> served.longRunning.succeed(tx, ThingTable.RESOURCE, "w1", "/r"));
    assertThat(ended).isTrue();
    boolean twice =
        served.database.write(
            "test", tx -> served.longRunning.fail(tx, ThingTable.RESOURCE, "w1", Denials.DENIED));
    assertThat(twice).isFalse();
    assertThat(served.get("/jobs/w1").body()).contains("SUCCEEDED", "/r");
    served.clock.advance(LongRunningOperations.KEPT.plus(Duration.ofSeconds(1)));
    assertThat(served.database.<Integer>write("test", served.longRunning::forgetEnded))
        .isEqualTo(1);
    assertEnvelope(served.get("/jobs/w1"), 409, "Gone");
  }

  private String rawRequest(String method, String path, String headers) throws Exception {
    return served.raw(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headers
            + "\r\n");
  }

  private static void assertEnvelope(String response, int status, String code) {
    assertThat(response).startsWith("HTTP/1.1 " + status);
    assertThat(response).contains("{\"error\":{\"code\":\"" + code + "\"");
    assertThat(response).containsIgnoringCase("content-type: application/json");
    assertThat(response).doesNotContainIgnoringCase("<html");
  }

  private static void assertEnvelope(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.body()).contains("{\"error\":{\"code\":\"" + code + "\"");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(Answer.JSON);
  }
}
