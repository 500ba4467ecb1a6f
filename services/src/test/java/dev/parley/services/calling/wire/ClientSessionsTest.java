package dev.parley.services.calling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.calling.CallAction;
import dev.parley.services.calling.CallKind;
import dev.parley.services.calling.CallNotice;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.ClientId;
import dev.parley.services.calling.EndReason;
import dev.parley.services.connections.Connections;
import dev.parley.services.identity.TokenScope;
import dev.parley.services.identity.UserId;
import dev.parley.services.identity.UserTokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sessions as a client sees them. Tokens read {@code user:scope}. */
class ClientSessionsTest {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(7, 7));
  private static final String ANN = user("ann").toString();
  private static final String HOLD = "'type':'call.hold','callId':'" + FakeCalls.CALL + "'";

  private final FakeClock clock = new FakeClock();
  private final FakeCalls calls = new FakeCalls();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final Connections connections =
      new Connections(bearer -> !revoked.contains(bearer.user()), clock);
  private final ClientSessions sessions =
      new ClientSessions(calls, this::claims, connections, this::relays, clock, new SeededIds(1));

  private static UserId user(String name) {
    return new UserId(RESOURCE, new UUID(1, name.hashCode()));
  }

  private Optional<UserTokens.Claims> claims(String token) {
    String[] parts = token.split(":", -1);
    return parts.length != 2
        ? Optional.empty()
        : Optional.of(
            new UserTokens.Claims(
                user(parts[0]),
                TokenScope.ofWord(parts[1]).map(Set::of).orElse(Set.of()),
                0,
                clock.now().plus(Duration.ofHours(1))));
  }

  private List<IceServers.Server> relays(ResourceId resource, String user) {
    return user.equals(ANN)
        ? List.of()
        : List.of(new IceServers.Server(List.of("turn:t.example"), "7:" + user, "p"));
  }

  @AfterEach
  void stop() {
    sessions.close();
  }

  private FakeSocket open() {
    return new FakeSocket(sessions);
  }

  private record Greeted(FakeSocket socket, JsonNode ok) {
    ClientId id() {
      return new ClientId(UUID.fromString(session("id")));
    }

    String session(String member) {
      return ok.get("session").get(member).stringValue();
    }

    String key() {
      return ",'session':{'id':'" + session("id") + "','secret':'" + session("secret") + "'}";
    }
  }

  private Greeted greeted(String token, String more) throws InterruptedException {
    FakeSocket socket = open();
    socket.hello(token, more);
    return new Greeted(socket, socket.next().get("ok"));
  }

  private CallNotice.ParticipantChanged ben(boolean muted) {
    return new CallNotice.ParticipantChanged(FakeCalls.CALL, FakeCalls.participant("ben", muted));
  }

  @Test
  void helloIsAnsweredWithWhatTheClientNeeds() throws Exception {
    calls.calls = List.of(FakeCalls.view());
    JsonNode ok = greeted("ann:voip", ",'displayName':'Ann'").ok();
    assertThat(ok.get("resumed").booleanValue()).isFalse();
    assertThat(ok.get("user").stringValue()).isEqualTo(ANN);
    assertThat(ok.get("heartbeatSeconds").intValue()).isEqualTo(20);
    assertThat(ok.get("iceServers").isEmpty()).isTrue();
    JsonNode call = ok.get("calls").get(0);
    assertThat(call.toString())
        .isEqualTo(
            "{'id':'00000000-0000-0001-0000-000000000002','legId':'00000000-0000-0003-0000-000000000004',"
                    .replace('\'', '"')
                + "'kind':'OneToOne','direction':'Outgoing','state':'LocalHold','groupId':'g',"
                    .replace('\'', '"')
                + "'roomId':null,'startedAt':'2027-01-01T00:00:00Z',".replace('\'', '"')
                + "'caller':{'id':'ann','displayName':'Ann'},'lobby':false,".replace('\'', '"')
                + "'meetingAccess':{'audio':true,'video':false},'self':".replace('\'', '"')
                + participantJson("ann", true)
                + ",'capabilities':{'turnVideoOn':{'isPresent':true,'reason':'Capable'}},"
                    .replace('\'', '"')
                + "'participants':[".replace('\'', '"')
                + participantJson("ben", false)
                + "]}");
  }

  private static String participantJson(String user, boolean muted) {
    return ("{'id':'%s','displayName':'%s','state':'Connected','role':'Presenter','muted':%s,"
            + "'streams':[{'id':3,'kind':'ScreenSharing'}],'hand':null,'spotlight':1,"
            + "'access':{'audio':true,'video':true}}")
        .formatted(user, user, muted)
        .replace('\'', '"');
  }

  @Test
  void helloNamesTheRelaysOfTheUser() throws Exception {
    assertThat(greeted("ben:voip", "").ok().get("iceServers").get(0).toString())
        .isEqualTo(
            ("{'urls':['turn:t.example'],'username':'7:" + user("ben") + "','credential':'p'}")
                .replace('\'', '"'));
  }

  @Test
  void firstMessageMustBeAHello() {
    for (String text :
        List.of("{'type':'ping'}", "{'id':1," + HOLD + "}", "{'no':1}", "{'id':1,'type':'x'}")) {
      FakeSocket socket = open();
      socket.send(text);
      assertThat(socket.end).as(text).isEqualTo("4400");
    }
    assertThat(calls.asked).isEmpty();
  }

  @Test
  void socketWithoutAHelloIsClosedInTime() {
    FakeSocket socket = open();
    clock.advance(Duration.ofSeconds(9));
    assertThat(socket.end).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(socket.end).isEqualTo("4400");
  }

  @Test
  void tokenThatIsNoneIsToldNothing() {
    FakeSocket socket = open();
    socket.hello("forged", "");
    assertThat(socket.end).isEqualTo("4401");
    assertThat(socket.sent).isEmpty();
  }

  @Test
  void tokenForChatIsRefused() throws Exception {
    FakeSocket socket = open();
    socket.hello("ann:chat", "");
    assertThat(socket.next().get("error").get("code").stringValue()).isEqualTo("Forbidden");
    assertThat(socket.end).isEqualTo("4401");
  }

  @Test
  void revokedTokenIsToldNothing() {
    revoked.add(ANN);
    FakeSocket socket = open();
    socket.hello("ann:voip", ",'incoming':true");
    assertThat(socket.end).isEqualTo("4401");
    assertThat(socket.sent).isEmpty();
    assertThat(sessions.ringing(RESOURCE, ANN)).isEmpty();
  }

  @Test
  void revocationEndsTheSessionAtOnceAndItsCalls() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    revoked.add(ANN);
    connections.standingChanged(ANN);
    assertThat(ann.socket().end).isEqualTo("4401");
    assertThat(calls.next()).isEqualTo("left " + ANN + " ACCESS_DENIED");
    sessions.tell(ann.id(), ben(true));
    ann.socket().ask(HOLD);
    assertThat(ann.socket().sent).isEmpty();
    assertThat(sessions.size()).isZero();
  }

  @Test
  void revokedClientThatReadsSlowlyIsCut() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    ann.socket().queued = 1;
    connections.end(RESOURCE, ANN);
    assertThat(ann.socket().end).isEqualTo("cut");
  }

  @Test
  void tokenEndsTheSessionUnlessItIsRenewed() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    clock.advance(Duration.ofMinutes(50));
    ann.socket().ask("'type':'token','token':'ben:voip'");
    assertThat(ann.socket().next().get("error").get("code").stringValue()).isEqualTo("Forbidden");
    ann.socket().ask("'type':'token','token':'ann:voip.join'");
    assertThat(ann.socket().next().get("ok").isEmpty()).isTrue();
    clock.advance(Duration.ofMinutes(50));
    assertThat(ann.socket().end).isEmpty();
    ann.socket().ask("'type':'call.start','participants':['x'],'muted':true");
    assertThat(calls.next()).isEqualTo("start " + ANN + " [x] false");
    clock.advance(Duration.ofMinutes(10));
    assertThat(ann.socket().end).isEqualTo("4401");
  }

  @Test
  void requestsAreAskedInOrderAndAnswered() throws Exception {
    Greeted ann = greeted("ann:voip", ",'displayName':'Ann'");
    FakeSocket socket = ann.socket();
    socket.ask("'type':'call.join','muted':true,'locator':{'groupId':'" + FakeCalls.CALL + "'}");
    socket.ask(HOLD);
    socket.ask("'type':'call.reject','callId':'" + FakeCalls.CALL + "'");
    socket.ask("'type':'call.statistics','callId':'" + FakeCalls.CALL + "'");
    JsonNode joined = socket.next();
    assertThat(joined.get("re").longValue()).isEqualTo(2);
    assertThat(joined.get("ok").get("call").get("kind").stringValue()).isEqualTo("OneToOne");
    assertThat(socket.next().toString()).isEqualTo("{\"re\":3,\"ok\":{}}");
    JsonNode refused = socket.next().get("error");
    assertThat(refused.get("code").stringValue()).isEqualTo("CallNotFound");
    assertThat(refused.get("resultCode").intValue()).isEqualTo(404);
    assertThat(socket.next().get("ok").get("sent").intValue()).isEqualTo(1);
    assertThat(calls.next()).isEqualTo("join " + ANN + " as Ann");
  }

  @Test
  void bugOfOursIsAnAnswerTooAndTheSessionGoesOn() throws Exception {
    FakeSocket socket = greeted("ann:voip", "").socket();
    socket.ask("'type':'call.survey','survey':{},'callId':'" + FakeCalls.CALL + "'");
    assertThat(socket.next().get("error").get("code").stringValue()).isEqualTo("ServerFailed");
    socket.ask(HOLD);
    assertThat(socket.next().has("ok")).isTrue();
  }

  @Test
  void roomThatIsClosedSaysWhyInTheCodesOfAcs() throws Exception {
    FakeSocket socket = greeted("ann:voip", "").socket();
    socket.ask(
        "'type':'call.rejoin','callId':'%s','legId':'%s'".formatted(FakeCalls.CALL, FakeCalls.LEG));
    JsonNode error = socket.next().get("error");
    assertThat(error.get("code").stringValue()).isEqualTo("NotInvited");
    assertThat(error.get("subCode").intValue()).isEqualTo(5828);
  }

  @Test
  void requestThatIsSentAgainHasNoSecondEffect() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    ann.socket().send(2, HOLD);
    JsonNode first = ann.socket().next();
    ann.socket().drop();
    Greeted back = greeted("ann:voip", ann.key());
    assertThat(back.ok().get("resumed").booleanValue()).isTrue();
    back.socket().send(2, HOLD);
    assertThat(back.socket().next()).isEqualTo(first);
    assertThat(calls.asked.stream().filter(what -> what.startsWith("act"))).hasSize(1);
  }

  @Test
  void answerOfALongForgottenRequestIsRefused() throws Exception {
    FakeSocket socket = greeted("ann:voip", "").socket();
    for (long id = 2; id < 260; id++) {
      socket.send(id, HOLD);
      socket.next();
      clock.advance(Duration.ofMillis(20));
    }
    socket.send(2, HOLD);
    assertThat(socket.next().get("error").get("message").stringValue()).contains("id");
    socket.send(5, HOLD);
    assertThat(socket.next().has("ok")).isTrue();
    assertThat(calls.asked).hasSize(258);
  }

  @Test
  void noticesFollowTheAnswerThatIsUnderWay() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    calls.meanwhile = () -> sessions.tell(ann.id(), ben(true));
    ann.socket()
        .ask("'type':'call.join','muted':true,'locator':{'groupId':'" + FakeCalls.CALL + "'}");
    assertThat(ann.socket().next().has("re")).isTrue();
    JsonNode notice = ann.socket().next();
    assertThat(notice.get("type").stringValue()).isEqualTo("participant");
    assertThat(notice.get("participant").get("muted").booleanValue()).isTrue();
  }

  @Test
  void clientThatWasAwayGetsItsCallsThenWhatItMissed() throws Exception {
    Greeted ann = greeted("ann:voip", ",'incoming':true");
    assertThat(calls.next()).isEqualTo("arrived " + ANN);
    ann.socket().drop();
    assertThat(calls.next()).isEqualTo("disconnected " + ANN);
    assertThat(sessions.ringing(RESOURCE, ANN)).isEmpty();
    sessions.tell(ann.id(), ben(true));
    sessions.tell(ann.id(), new CallNotice.Ended(FakeCalls.CALL, EndReason.REMOVED));
    calls.calls = List.of(FakeCalls.view());
    Greeted back = greeted("ann:voip", ann.key() + ",'incoming':true");
    assertThat(back.ok().get("calls").size()).isEqualTo(1);
    JsonNode ended = back.socket().next();
    assertThat(ended.get("type").stringValue()).isEqualTo("ended");
    assertThat(ended.get("reason").get("subCode").intValue()).isEqualTo(5300);
    assertThat(calls.next()).isEqualTo("reconnected " + ANN);
    assertThat(sessions.ringing(RESOURCE, ANN)).containsExactly(ann.id());
  }

  @Test
  void endThatWentToADeadSocketIsToldAgain() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    sessions.tell(ann.id(), new CallNotice.Ended(FakeCalls.CALL, EndReason.REMOVED));
    Greeted back = greeted("ann:voip", ann.key());
    assertThat(ann.socket().end).isEqualTo("4409");
    assertThat(back.socket().next().get("type").stringValue()).isEqualTo("ended");
  }

  @Test
  void sessionEndsWhenItsClientDoesNotComeBack() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    ann.socket().drop();
    assertThat(calls.next()).isEqualTo("disconnected " + ANN);
    clock.advance(Duration.ofSeconds(59));
    assertThat(sessions.size()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(calls.next()).isEqualTo("left " + ANN + " CONNECTION_LOST");
    assertThat(greeted("ann:voip", ann.key()).ok().get("resumed").booleanValue()).isFalse();
  }

  @Test
  void nobodyResumesTheSessionOfAnother() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    assertThat(greeted("ben:voip", ann.key()).ok().get("resumed").booleanValue()).isFalse();
    String wrong = ann.key().replace(ann.session("secret"), "x");
    assertThat(greeted("ann:voip", wrong).ok().get("resumed").booleanValue()).isFalse();
    assertThat(ann.socket().end).isEmpty();
  }

  @Test
  void goodbyeEndsTheSessionAndItsCalls() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    ann.socket().ask("'type':'goodbye'");
    assertThat(ann.socket().next().has("ok")).isTrue();
    assertThat(ann.socket().end).isEqualTo("1000");
    assertThat(calls.next()).isEqualTo("left " + ANN + " HUNG_UP");
    ann.socket().drop();
    assertThat(sessions.size()).isZero();
  }

  @Test
  void moreRequestsThanAllowedAreRefusedAndAFloodEndsTheSocket() throws Exception {
    FakeSocket socket = greeted("ann:voip", "").socket();
    for (int i = 0; i < 400; i++) {
      socket.ask(HOLD);
    }
    assertThat(socket.end).isEqualTo("4429");
    assertThat(socket.sent.stream().filter(text -> text.contains("TooManyRequests")))
        .hasSizeGreaterThan(100);
  }

  @Test
  void sessionsOfAUserAreLimitedAndOneThatIsAwayGivesWay() throws Exception {
    Greeted first = greeted("ann:voip", "");
    for (int i = 1; i < 20; i++) {
      greeted("ann:voip", "");
    }
    FakeSocket refused = open();
    refused.hello("ann:voip", "");
    assertThat(refused.end).isEqualTo("4429");
    first.socket().drop();
    assertThat(greeted("ann:voip", "").ok().has("session")).isTrue();
    assertThat(sessions.size()).isEqualTo(20);
  }

  @Test
  void slowReaderIsCutAndTakesUpItsSession() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    ann.socket().queued = SignallingLimits.QUEUE_BYTES_MAX + 1;
    sessions.tell(ann.id(), ben(true));
    // The notice may have waited for the end of the greeting: what follows from the cut tells.
    assertThat(calls.next()).isEqualTo("disconnected " + ANN);
    assertThat(ann.socket().end).isEqualTo("cut");
    assertThat(greeted("ann:voip", ann.key()).ok().get("resumed").booleanValue()).isTrue();
  }

  @Test
  void silentSocketIsCut() throws Exception {
    sessions.start();
    Greeted ann = greeted("ann:voip", "");
    clock.advance(Duration.ofSeconds(40));
    ann.socket().send("{'type':'ping'}");
    assertThat(ann.socket().next().get("type").stringValue()).isEqualTo("pong");
    clock.advance(Duration.ofSeconds(45));
    assertThat(ann.socket().end).isEmpty();
    clock.advance(Duration.ofSeconds(15));
    assertThat(ann.socket().end).isEqualTo("cut");
  }

  @Test
  void stoppedServerSendsClientsAwayToComeBackAndTellsCallsNothing() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    sessions.close();
    assertThat(ann.socket().end).isEqualTo("1001");
    assertThat(calls.asked).isEmpty();
    FakeSocket late = open();
    late.hello("ann:voip", "");
    assertThat(late.end).isEqualTo("1001");
  }

  @Test
  void noticesAreWhatTheProtocolSays() throws Exception {
    Greeted ann = greeted("ann:voip", "");
    List<CallNotice> notices =
        List.of(
            new CallNotice.Incoming(
                FakeCalls.CALL, new CallView.Person("b", "Ben"), CallKind.ONE_TO_ONE, true, ""),
            new CallNotice.Speakers(FakeCalls.CALL, List.of("b")),
            new CallNotice.TransferRequested(FakeCalls.CALL, "b", "", "c"),
            new CallNotice.TransferState(
                FakeCalls.CALL, "b", "Failed", Optional.of(new CallAction.Reason(487, 1, "why"))),
            new CallNotice.RealTimeText(FakeCalls.CALL, "b", 4, "hi", true));
    notices.forEach(notice -> sessions.tell(ann.id(), notice));
    String call = "'callId':'" + FakeCalls.CALL + "'";
    for (String expected :
        List.of(
            "{'type':'incoming',"
                + call
                + ",'caller':{'id':'b','displayName':'Ben'},'kind':'OneToOne','video':true,'threadId':null}",
            "{'type':'speakers'," + call + ",'speaking':['b']}",
            "{'type':'transferRequested'," + call + ",'by':'b','target':{'callId':'c'}}",
            "{'type':'transferState',"
                + call
                + ",'user':'b','state':'Failed','reason':{'code':487,'subCode':1,'message':'why'}}",
            "{'type':'realTimeText',"
                + call
                + ",'from':'b','sequence':4,'text':'hi','final':true}")) {
      assertThat(ann.socket().next().toString()).isEqualTo(expected.replace('\'', '"'));
    }
  }
}
