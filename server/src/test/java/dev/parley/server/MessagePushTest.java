package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Json;
import dev.parley.server.refusals.Ask;
import dev.parley.services.chat.ChatLimits;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a device is told of a message, through the whole server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MessagePushTest {
  private static final int OWN_MESSAGES = 300;
  private static final String VERSION = "?api-version=2025-03-15";

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

  private static JsonNode read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private String token() throws Exception {
    String path = "/manage/v1/resources/default/tokens";
    String body = "{\"scopes\":[\"chat\"],\"expiresInMinutes\":60}";
    Ask ask = new Ask(server, "POST", path).bearer(server.adminToken()).body(body);
    return read(ask.send()).get("token").stringValue();
  }

  /**
   * What JSON escapes grows sixfold in the request, and once more in a frame, where the body is a
   * string in a string.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "\u0001", "ä", "€", "😀", "\ufffd"})
  void largestMessageIsToldWhole(String character) throws Exception {
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    String content = character.repeat(ChatLimits.MESSAGE_BYTES_MAX / bytes);
    String token = token();
    try (PushClient device = new PushClient(server, token)) {
      device.register();
      String path = newThread(token);
      assertThat(device.nextEvent().get("eventId").intValue()).isEqualTo(257);

      String id = read(message(token, path, content).send()).get("id").stringValue();

      JsonNode event = device.nextEvent();
      assertThat(event.get("messageId").stringValue()).isEqualTo(id);
      assertThat(event.get("messageBody").stringValue()).isEqualTo(content);
      device.ping();
    }
  }

  /** Makes a thread and gives the path of its messages. */
  private String newThread(String token) throws Exception {
    Ask create = new Ask(server, "POST", "/chat/threads" + VERSION).bearer(token);
    JsonNode made = read(create.body("{\"topic\":\"t\",\"participants\":[]}").send());
    String id = made.get("chatThread").get("id").stringValue();
    return "/chat/threads/" + id + "/messages" + VERSION;
  }

  private Ask message(String token, String path, String content) {
    String body = Json.text(Map.of("content", content));
    return new Ask(server, "POST", path).bearer(token).body(body);
  }

  /**
   * The figure of decision 0008. Which of the two comes first is nobody's promise, so it is printed
   * and decides nothing; both come.
   */
  @Test
  void senderIsToldOfItsOwnMessageAndAnswered() throws Exception {
    String token = token();
    try (PushClient device = new PushClient(server, token)) {
      device.register();
      String path = newThread(token);
      device.nextEvent();
      List<Long> lead = new ArrayList<>();
      for (int count = 0; count < OWN_MESSAGES; count++) {
        CompletableFuture<Long> answered =
            message(token, path, "own " + count)
                .sendAsync()
                .thenApply(answer -> {
                  assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                  return System.nanoTime();
                });
        assertThat(device.nextEvent().get("messageBody").stringValue()).isEqualTo("own " + count);
        long told = System.nanoTime();
        lead.add((answered.get(20, TimeUnit.SECONDS) - told) / 1000);
      }
      Collections.sort(lead);
      long before = lead.stream().filter(one -> one > 0).count();
      System.out.printf(
          "own event before the answer: %d of %d; lead in µs: median %d, longest %d%n",
          before, OWN_MESSAGES, lead.get(OWN_MESSAGES / 2), lead.getLast());
    }
  }
}
