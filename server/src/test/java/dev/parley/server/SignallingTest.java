package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Json;
import dev.parley.server.refusals.Ask;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls over the wire, and what those are told who have no business in them: nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SignallingTest {
  @TempDir static Path folder;
  private TestServer server;
  private int users;

  @BeforeAll
  void start() throws Exception {
    server = new TestServer(folder, Map.of());
    manage("PUT", "/manage/v1/resources/other", null);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private record User(String id, String token) {}

  private JsonNode manage(String method, String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + server.adminToken())
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> answer =
        server.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    String text = answer.body().isEmpty() ? "{}" : answer.body();
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private User user(String resource, String scope) throws Exception {
    users++;
    JsonNode issued =
        manage(
            "POST",
            "/manage/v1/resources/" + resource + "/tokens",
            "{\"scopes\":[\"" + scope + "\"],\"expiresInMinutes\":60}");
    return new User(issued.get("userId").stringValue(), issued.get("token").stringValue());
  }

  private SignallingClient client(User user) throws Exception {
    SignallingClient client = new SignallingClient(server);
    assertThat(client.hello(user.token).get("user").stringValue()).isEqualTo(user.id);
    return client;
  }

  private static String group() {
    return "'groupId':'" + UUID.nameUUIDFromBytes(new byte[] {(byte) groups++}) + "'";
  }

  private static int groups;

  /** A call of two, as the first of them sees it. */
  private record Meeting(SignallingClient ann, SignallingClient ben, JsonNode call, String locator)
      implements AutoCloseable {
    String id() {
      return call.get("id").stringValue();
    }

    @Override
    public void close() {
      ann.close();
      ben.close();
    }
  }

  private Meeting meeting() throws Exception {
    SignallingClient ann = client(user("default", "voip"));
    SignallingClient ben = client(user("default", "voip.join"));
    String locator = group();
    JsonNode call = ann.join(locator).get("ok").get("call");
    ben.join(locator);
    ann.notice("participant");
    return new Meeting(ann, ben, call, locator);
  }

  @Test
  void twoMeetInAGroupAndSeeEachOtherComeAndGo() throws Exception {
    User annUser = user("default", "voip");
    User benUser = user("default", "voip");
    String locator = group();
    try (SignallingClient ann = client(annUser);
        SignallingClient ben = client(benUser)) {
      JsonNode mine = ann.join(locator).get("ok").get("call");
      assertThat(mine.get("participants").isEmpty()).isTrue();
      JsonNode his = ben.join(locator).get("ok").get("call");
      assertThat(his.get("id")).isEqualTo(mine.get("id"));
      assertThat(his.get("participants").get(0).get("id").stringValue()).isEqualTo(annUser.id);
      assertThat(ann.notice("participant").get("participant").get("id").stringValue())
          .isEqualTo(benUser.id);
      ben.ask("'type':'call.hangUp','forEveryone':false,'callId':" + his.get("id"));
      assertThat(ann.notice("participantLeft").get("id").stringValue()).isEqualTo(benUser.id);
    }
  }

  @Test
  void onePicksUpWhatAnotherStarted() throws Exception {
    User benUser = user("default", "voip");
    try (SignallingClient ann = client(user("default", "voip"));
        SignallingClient ben = client(benUser)) {
      ann.ask(
          "'type':'call.start','muted':false,'video':false,'participants':['" + benUser.id + "']");
      JsonNode ringing = ben.notice("incoming");
      JsonNode accepted =
          ben.ask(
              "'type':'call.accept','muted':false,'video':false,'callId':" + ringing.get("callId"));
      assertThat(accepted.get("ok").get("call").get("direction").stringValue())
          .isEqualTo("Incoming");
      ann.ask("'type':'call.hangUp','forEveryone':false,'callId':" + ringing.get("callId"));
      assertThat(ben.notice("ended").get("reason").get("code").intValue()).isZero();
    }
  }

  @Test
  void whoeverBringsNoTokenIsToldNothing() throws Exception {
    try (SignallingClient stranger = new SignallingClient(server)) {
      stranger.send("{'id':1,'type':'call.join','muted':true,'locator':{" + group() + "}}");
      assertThat(stranger.closeCode()).isEqualTo(4400);
      assertThat(stranger.rest()).isEmpty();
    }
  }

  private record BadToken(String name, String token) {}

  private List<BadToken> badTokens() throws Exception {
    User good = user("default", "voip");
    User revoked = user("default", "voip");
    User deleted = user("default", "voip");
    signedOff(revoked, "/:revokeAccessTokens", "POST");
    signedOff(deleted, "", "DELETE");
    String[] parts = good.token.split("\\.", -1);
    return List.of(
        new BadToken("no token at all", "x"),
        new BadToken("one with another signature", parts[0] + "." + parts[1] + "." + "AAAA"),
        new BadToken("the operator's", server.adminToken()),
        new BadToken("a revoked one", revoked.token),
        new BadToken("one of a deleted user", deleted.token));
  }

  private HttpResponse<String> signed(String method, String path, @Nullable String body)
      throws Exception {
    String connection = server.connectionString();
    String key = connection.substring(connection.indexOf("accesskey=") + 10);
    return new Ask(server, method, path).body(body).signed(key, server.clock()).send();
  }

  private void signedOff(User user, String action, String method) throws Exception {
    HttpResponse<String> answer =
        signed(method, "/identities/" + user.id + action + "?api-version=2025-03-15", null);
    assertThat(answer.statusCode()).isEqualTo(204);
  }

  @TestFactory
  Stream<DynamicTest> whoeverBringsABadTokenIsToldNothing() throws Exception {
    return badTokens().stream()
        .map(bad ->
            DynamicTest.dynamicTest(
                bad.name,
                () -> {
                  try (Meeting meeting = meeting();
                      SignallingClient stranger = new SignallingClient(server)) {
                    stranger.send(
                        "{'id':1,'type':'hello','version':1,'token':'" + bad.token + "'}");
                    stranger.send(
                        "{'id':2,'type':'call.join','muted':true,'locator':{"
                            + meeting.locator
                            + "}}");
                    assertThat(stranger.closeCode()).isEqualTo(4401);
                    assertThat(stranger.rest()).isEmpty();
                  }
                }));
  }

  @Test
  void tokenForChatIsRefusedAndToldNothingElse() throws Exception {
    try (SignallingClient stranger = new SignallingClient(server)) {
      assertThat(
              stranger.refusal(
                  "'type':'hello','version':1,'token':'" + user("default", "chat").token + "'"))
          .isEqualTo("Forbidden");
      assertThat(stranger.closeCode()).isEqualTo(4401);
      assertThat(stranger.rest()).isEmpty();
    }
  }

  /** All that could be asked about a call by its id. */
  private static List<String> requests(JsonNode call) {
    String id = "'callId':" + call.get("id");
    return List.of(
        "'type':'call.rejoin','legId':" + call.get("legId") + "," + id,
        "'type':'call.accept','muted':true,'video':false," + id,
        "'type':'call.reject'," + id,
        "'type':'call.hangUp','forEveryone':true," + id,
        "'type':'call.state','muted':true," + id,
        "'type':'call.hold'," + id,
        "'type':'call.mute','others':true," + id,
        "'type':'call.lobby','admitAll':true," + id,
        "'type':'call.statistics'," + id,
        "'type':'call.survey','survey':{}," + id,
        "'type':'media.publish','tracks':[{'mid':'0','kind':'Audio'}],'sdp':'"
            + Offers.AUDIO
            + "',"
            + id,
        "'type':'media.answer','number':1,'sdp':'v=0'," + id,
        "'type':'media.restart'," + id,
        "'type':'media.view','streamId':1,'height':100," + id);
  }

  @Test
  void userOfAnotherResourceIsToldNothingOfTheCall() throws Exception {
    try (Meeting meeting = meeting();
        SignallingClient stranger = client(user("other", "voip"))) {
      for (String request : requests(meeting.call)) {
        assertThat(stranger.refusal(request)).as(request).isEqualTo("CallNotFound");
      }
      JsonNode own = stranger.join(meeting.locator).get("ok").get("call");
      assertThat(own.get("id")).isNotEqualTo(meeting.call.get("id"));
      assertThat(own.get("participants").isEmpty()).isTrue();
      meeting.ben.ask("'type':'call.state','muted':true,'callId':" + meeting.call.get("id"));
      meeting.ann.notice("participant");
      assertThat(stranger.rest()).isEmpty();
      assertThat(meeting.ann.rest().toString()).doesNotContain("participant\"");
    }
  }

  @Test
  void userWhoIsNotInTheCallIsToldNothingOfIt() throws Exception {
    try (Meeting meeting = meeting();
        SignallingClient stranger = client(user("default", "voip"))) {
      for (String request : requests(meeting.call)) {
        assertThat(stranger.refusal(request)).as(request).isEqualTo("CallNotFound");
      }
      assertThat(stranger.rest()).isEmpty();
    }
  }

  @Test
  void userWhoIsNotInvitedToTheRoomIsToldNothing() throws Exception {
    User annUser = user("default", "voip");
    HttpResponse<String> created =
        signed(
            "POST",
            "/rooms?api-version=2025-03-13",
            "{\"participants\":{\"" + annUser.id + "\":{\"role\":\"Presenter\"}}}");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String room =
        Json.readObject(created.body().getBytes(StandardCharsets.UTF_8)).get("id").stringValue();
    try (SignallingClient ann = client(annUser);
        SignallingClient stranger = client(user("default", "voip"))) {
      JsonNode call = ann.join("'roomId':'" + room + "'").get("ok").get("call");
      assertThat(call.get("kind").stringValue()).isEqualTo("Room");
      JsonNode error = stranger.join("'roomId':'" + room + "'").get("error");
      assertThat(error.get("code").stringValue()).isEqualTo("NotInvited");
      assertThat(error.get("subCode").intValue()).isEqualTo(5828);
      for (String request : requests(call)) {
        assertThat(stranger.refusal(request)).as(request).isEqualTo("CallNotFound");
      }
      assertThat(
              stranger.refusal(
                  "'type':'call.join','muted':true,'locator':{'roomId':'99000000000000001'}"))
          .isEqualTo("RoomNotFound");
      assertThat(stranger.rest()).isEmpty();
    }
  }

  @Test
  void revocationEndsTheCallOfWhoIsInIt() throws Exception {
    User benUser = user("default", "voip");
    String locator = group();
    try (SignallingClient ann = client(user("default", "voip"));
        SignallingClient ben = client(benUser)) {
      ann.join(locator);
      JsonNode call = ben.join(locator).get("ok").get("call");
      ann.notice("participant");
      signedOff(benUser, "/:revokeAccessTokens", "POST");
      assertThat(ben.closeCode()).isEqualTo(4401);
      assertThat(ann.notice("participantLeft").get("id").stringValue()).isEqualTo(benUser.id);
      int before = ben.rest().size();
      ann.ask("'type':'call.state','muted':true,'callId':" + call.get("id"));
      assertThat(before).isLessThanOrEqualTo(1);
      assertThat(ben.rest().toString()).doesNotContain("muted");
    }
  }

  @Test
  void candidatesAreToldToParticipantsOnlyAndStrangersPacketsStayUnanswered() throws Exception {
    try (Meeting meeting = meeting()) {
      JsonNode answer =
          meeting.ann.ask(
              "'type':'media.publish','tracks':[{'mid':'0','kind':'Audio'}],'sdp':'"
                  + Offers.AUDIO
                  + "','callId':"
                  + meeting.call.get("id"));
      String sdp = answer.get("ok").get("sdp").stringValue();
      Matcher candidate =
          Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host").matcher(sdp);
      assertThat(candidate.find()).as(sdp).isTrue();
      try (DatagramSocket stranger = new DatagramSocket()) {
        stranger.setSoTimeout(500);
        InetAddress address = InetAddress.getByName(candidate.group(1));
        int port = Integer.parseInt(candidate.group(2));
        for (String packet : Offers.STRANGERS) {
          byte[] bytes = HexFormat.of().parseHex(packet);
          stranger.send(new DatagramPacket(bytes, bytes.length, address, port));
        }
        DatagramPacket any = new DatagramPacket(new byte[1500], 1500);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> stranger.receive(any)))
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void sessionIsTakenUpAfterItsSocketWasLostAndNotAfterAMinute() throws Exception {
    User annUser = user("default", "voip");
    String locator = group();
    JsonNode session;
    JsonNode call;
    try (SignallingClient ann = new SignallingClient(server)) {
      session = ann.hello(annUser.token).get("session");
      call = ann.join(locator).get("ok").get("call");
    }
    String resume =
        "'type':'hello','version':1,'token':'"
            + annUser.token
            + "','session':"
            + session.toString().replace('"', '\'');
    try (SignallingClient back = new SignallingClient(server)) {
      JsonNode ok = back.ask(resume).get("ok");
      assertThat(ok.get("resumed").booleanValue()).isTrue();
      assertThat(ok.get("calls").get(0).get("legId")).isEqualTo(call.get("legId"));
    }
    try (SignallingClient ben = client(user("default", "voip"))) {
      ben.join(locator);
      // The minute counts from when the server notices that the socket is gone.
      JsonNode left = null;
      for (int minutes = 0; left == null && minutes < 30; minutes++) {
        server.clock().advance(Duration.ofSeconds(61));
        left = ben.noticeSoon("participantLeft");
      }
      assertThat(String.valueOf(left)).contains("10057");
    }
  }
}
