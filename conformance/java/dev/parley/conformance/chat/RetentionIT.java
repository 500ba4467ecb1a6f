package dev.parley.conformance.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.server.ParleyProcess;
import dev.parley.conformance.server.RawClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A thread with a retention policy is deleted when its days are over; time is moved by a test. */
class RetentionIT {

  private static final String THREADS = "/chat/threads";
  private static final String VERSION = "?api-version=2025-03-15";
  private static final Duration SWEPT_WITHIN = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_FOUND = 404;
  private static final Pattern USER = Pattern.compile("8:acs:\\S+");
  private static final Pattern TOKEN = Pattern.compile("ey[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void threadIsDeletedAfterItsDays() throws Exception {
    Path folder = Path.of(System.getProperty("conformance.folder", "")).toAbsolutePath();
    try (ParleyProcess parley = ParleyProcess.start(folder, List.of("--test-clock"));
        RawClient client = new RawClient(parley.connection())) {
      String printed = parley.command("token", "--scopes", "chat");
      String user = found(USER, printed);
      String token = found(TOKEN, printed);
      String kept = create(client, token, "{\"topic\":\"kept\"}");
      String ended =
          create(
              client,
              token,
              """
              {"topic":"ended","retentionPolicy":{"kind":"threadCreationDate","deleteThreadAfterDays":30}}\
              """);

      String later = moved(parley, client, user, "P29D");
      assertThat(read(client, later, ended)).as("after 29 days").isEqualTo(OK);

      String tooLate = moved(parley, client, user, "P2D");
      awaitGone(client, tooLate, ended);
      assertThat(read(client, tooLate, kept)).isEqualTo(OK);
      assertThat(client.sendWithToken("GET", THREADS + VERSION, "", tooLate).body())
          .contains("kept")
          .doesNotContain("ended");
    }
  }

  /** Moves the server's time and gives a token that is good then: the old one has expired. */
  private static String moved(ParleyProcess parley, RawClient client, String user, String by)
      throws Exception {
    String body = "{\"by\":\"" + by + "\"}";
    assertThat(client.send("POST", "/test/clock:advance", body).statusCode()).isEqualTo(OK);
    return found(TOKEN, parley.command("token", "--scopes", "chat", "--user", user));
  }

  /** The sweep is a timer of the server's clock that the jump made due; it runs beside us. */
  private static void awaitGone(RawClient client, String token, String thread) throws Exception {
    Instant end = Instant.now().plus(SWEPT_WITHIN);
    int status = read(client, token, thread);
    while (status == OK && Instant.now().isBefore(end)) {
      status = read(client, token, thread);
    }
    assertThat(status).as("after 31 days").isEqualTo(NOT_FOUND);
  }

  private static String create(RawClient client, String token, String body) throws Exception {
    HttpResponse<String> answer = client.sendWithToken("POST", THREADS + VERSION, body, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(CREATED);
    return JSON.readTree(answer.body()).required("chatThread").required("id").asString();
  }

  private static int read(RawClient client, String token, String thread) throws Exception {
    return client.sendWithToken("GET", THREADS + "/" + thread + VERSION, "", token).statusCode();
  }

  private static String found(Pattern pattern, String printed) {
    Matcher matcher = pattern.matcher(printed);
    assertThat(matcher.find()).as("%s in: %s", pattern, printed).isTrue();
    return matcher.group();
  }
}
