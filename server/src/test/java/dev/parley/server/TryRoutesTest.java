package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Json;
import dev.parley.server.refusals.Ask;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page on which a call is tried. */
class TryRoutesTest {
  @TempDir Path folder;

  @Test
  void printedAddressLeadsToAPageAndItsKeyToATokenForCalls() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of())) {
      String[] page = server.tryPage().split("#", 2);
      assertThat(page[0]).endsWith("/try/call");
      HttpResponse<String> html = new Ask(server, "GET", "/try/call").send();
      assertThat(html.statusCode()).isEqualTo(200);
      assertThat(html.headers().firstValue("Content-Security-Policy")).isPresent();
      for (String part : new String[] {"/try/call.js", "/try/call.css"}) {
        assertThat(html.body()).contains(part);
        assertThat(new Ask(server, "GET", part).send().statusCode()).isEqualTo(200);
      }
      HttpResponse<String> answer =
          new Ask(server, "POST", "/try/token").body("{\"key\":\"" + page[1] + "\"}").send();
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode pass = Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
      try (SignallingClient client = new SignallingClient(server)) {
        JsonNode ok = client.hello(pass.get("token").stringValue());
        assertThat(ok.get("user")).isEqualTo(pass.get("userId"));
        assertThat(client.join("'groupId':" + pass.get("groupId")).has("ok")).isTrue();
      }
    }
  }

  @Test
  void otherKeyGivesNothingAndNoKeyIsLogged() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of("log.level", "debug"))) {
      HttpResponse<String> answer =
          new Ask(server, "POST", "/try/token").body("{\"key\":\"guessed\"}").send();
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("token\"");
      assertThat(server.log()).doesNotContain(server.tryPage().split("#", 2)[1]);
    }
  }

  @Test
  void sdkIsServedOrItsAbsenceSaid() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of())) {
      boolean built =
          TryRoutesTest.class.getResource("/dev/parley/server/sdk/parley-calling.js") != null;
      for (String name : new String[] {"parley-calling.js", "parley-calling.tgz"}) {
        HttpResponse<String> answer = new Ask(server, "GET", "/sdk/" + name).send();
        assertThat(answer.statusCode()).isEqualTo(built ? 200 : 404);
        assertThat(built || answer.body().contains("SdkNotBuilt")).isTrue();
      }
    }
  }
}
