package dev.parley.services.calling.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.services.calling.CallAction;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallLocator;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import dev.parley.services.calling.wire.ClientMessage.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
  private static final String ID = "00000000-0000-0001-0000-000000000002";
  private static final CallId CALL = new CallId(new UUID(1, 2));

  private static Request request(String members) throws RequestParser.Malformed {
    ClientMessage message = RequestParser.parse(("{\"id\":7," + members + "}").replace('\'', '"'));
    if (message instanceof ClientMessage.Numbered numbered) {
      assertThat(numbered.id()).isEqualTo(7);
      return numbered.request();
    }
    throw new AssertionError(String.valueOf(message));
  }

  private static Request act(String type, String members) throws RequestParser.Malformed {
    String rest = members.isEmpty() ? "" : "," + members;
    return request("'type':'" + type + "','callId':'" + ID + "'" + rest);
  }

  private static CallAction action(String type, String members) throws RequestParser.Malformed {
    return ((ClientMessage.Act) act(type, members)).action();
  }

  private static String refusal(String members) throws RequestParser.Malformed {
    ClientMessage message = RequestParser.parse(("{\"id\":7," + members + "}").replace('\'', '"'));
    return message instanceof ClientMessage.Unusable unusable
        ? unusable.error().code() + ": " + unusable.error().message()
        : String.valueOf(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "nothing",
        "{\"id\":1}",
        "{\"type\":7,\"id\":1}",
        "{\"type\":\"call.hold\"}",
        "{\"type\":\"call.hold\",\"id\":0}",
        "{\"type\":\"call.hold\",\"id\":1.5}",
        "{\"type\":\"call.hold\",\"id\":\"1\"}",
        "{\"type\":\"call.hold\",\"id\":99999999999999999999}",
        "{\"type\":\"ping\"} {}"
      })
  void whatIsNoMessageIsMalformed(String text) {
    assertThatThrownBy(() -> RequestParser.parse(text))
        .isInstanceOf(RequestParser.Malformed.class)
        .hasMessageMatching(".{5,}");
  }

  @Test
  void pingNeedsNoId() throws Exception {
    assertThat(RequestParser.parse("{\"type\":\"ping\"}")).isInstanceOf(ClientMessage.Ping.class);
  }

  @Test
  void membersThatNobodyKnowsAreIgnored() throws Exception {
    assertThat(act("call.hold", "'future':{'a':[1]}"))
        .isEqualTo(new ClientMessage.Act(CALL, new CallAction.Hold()));
  }

  @Test
  void helloIsRead() throws Exception {
    assertThat(
            request(
                "'type':'hello','version':1,'token':'t','displayName':'Ann','incoming':true,"
                    + "'session':{'id':'"
                    + ID
                    + "','secret':'s'}"))
        .isEqualTo(
            new ClientMessage.Hello(
                "t", "Ann", true, Optional.of(new ClientMessage.SessionKey(new UUID(1, 2), "s"))));
    assertThat(request("'type':'hello','version':1,'token':'t','session':null"))
        .isEqualTo(new ClientMessage.Hello("t", "", false, Optional.empty()));
  }

  @Test
  void beginningsAreRead() throws Exception {
    assertThat(request("'type':'call.start','participants':['a','b','a'],'muted':true"))
        .isEqualTo(new ClientMessage.Start(List.of("a", "b"), true, false, ""));
    assertThat(request("'type':'call.join','muted':false,'locator':{'groupId':'" + ID + "'}"))
        .isEqualTo(new ClientMessage.Join(new CallLocator.Group(ID), false, false));
    assertThat(request("'type':'call.join','muted':false,'lobby':true,'locator':{'roomId':'99'}"))
        .isEqualTo(new ClientMessage.Join(new CallLocator.Room("99"), false, true));
    assertThat(request("'type':'call.join','muted':true,'locator':{'callId':'" + ID + "'}"))
        .isEqualTo(new ClientMessage.Come(CALL, true));
    assertThat(act("call.accept", "'muted':false,'video':true"))
        .isEqualTo(new ClientMessage.Accept(CALL, false, true));
    assertThat(act("call.reject", "")).isEqualTo(new ClientMessage.Reject(CALL));
    assertThat(act("call.rejoin", "'legId':'" + ID + "'"))
        .isEqualTo(new ClientMessage.Rejoin(CALL, new LegId(new UUID(1, 2))));
  }

  @Test
  void actionsAreRead() throws Exception {
    assertThat(action("call.hangUp", "")).isEqualTo(new CallAction.HangUp(false));
    assertThat(action("call.hangUp", "'forEveryone':true")).isEqualTo(new CallAction.HangUp(true));
    assertThat(action("call.state", "'video':false"))
        .isEqualTo(new CallAction.Report(Optional.empty(), Optional.of(false), Optional.empty()));
    assertThat(action("call.resume", "")).isEqualTo(new CallAction.Resume());
    assertThat(action("call.add", "'participants':['a']"))
        .isEqualTo(new CallAction.Add(List.of("a")));
    assertThat(action("call.remove", "'participant':'a'")).isEqualTo(new CallAction.Remove("a"));
    assertThat(action("call.mute", "'others':true"))
        .isEqualTo(new CallAction.Mute(Optional.empty()));
    assertThat(action("call.mute", "'participants':['a']"))
        .isEqualTo(new CallAction.Mute(Optional.of(List.of("a"))));
    assertThat(action("call.dtmf", "'tones':'0*#D'")).isEqualTo(new CallAction.Dtmf("0*#D"));
    assertThat(action("call.hand", "'raised':true"))
        .isEqualTo(new CallAction.Hand(true, List.of()));
    assertThat(action("call.reaction", "'reaction':'heart'"))
        .isEqualTo(new CallAction.React("heart"));
    assertThat(action("call.spotlight", "'all':false"))
        .isEqualTo(new CallAction.Spotlight(false, List.of()));
    assertThat(action("call.spotlight", "'on':true,'participants':['a']"))
        .isEqualTo(new CallAction.Spotlight(true, List.of("a")));
    assertThat(action("call.access", "'others':true,'audio':false"))
        .isEqualTo(new CallAction.Permit(Optional.empty(), Optional.of(false), Optional.empty()));
    assertThat(action("call.lobby", "'admitAll':true")).isEqualTo(new CallAction.AdmitAll());
    assertThat(action("call.lobby", "'admit':['a']")).isEqualTo(new CallAction.Admit(List.of("a")));
    assertThat(action("call.lobby", "'reject':['a']")).isEqualTo(new CallAction.Deny(List.of("a")));
    assertThat(action("call.transfer", "'participant':'a','target':{'participant':'b'}"))
        .isEqualTo(new CallAction.Transfer("a", Optional.of("b"), Optional.empty()));
    assertThat(action("call.transfer", "'participant':'a','target':{'callId':'" + ID + "'}"))
        .isEqualTo(new CallAction.Transfer("a", Optional.empty(), Optional.of(CALL)));
    assertThat(action("call.transferState", "'by':'a','state':'Accepted'"))
        .isEqualTo(new CallAction.TransferProgress("a", "Accepted", Optional.empty()));
    assertThat(
            action(
                "call.transferState",
                "'by':'a','state':'Failed','reason':{'code':487,'subCode':10004}"))
        .isEqualTo(
            new CallAction.TransferProgress(
                "a", "Failed", Optional.of(new CallAction.Reason(487, 10004, ""))));
    assertThat(action("call.realTimeText", "'text':'','final':true"))
        .isEqualTo(new CallAction.RealTimeText("", true));
    assertThat(act("call.survey", "'survey':{'stars':5}"))
        .isEqualTo(new ClientMessage.Survey(CALL, "{\"stars\":5}"));
    assertThat(act("call.statistics", "")).isEqualTo(new ClientMessage.Statistics(CALL));
  }

  @Test
  void mediaRequestsAreRead() throws Exception {
    assertThat(
            act(
                "media.publish",
                "'sdp':'v=0','tracks':[{'mid':'0','kind':'Audio'},{'mid':'1','kind':'ScreenSharing'}]"))
        .isEqualTo(
            new ClientMessage.Publish(
                CALL, "v=0", Map.of("0", StreamKind.AUDIO, "1", StreamKind.SCREEN_SHARING)));
    assertThat(act("media.answer", "'number':3,'sdp':'v=0'"))
        .isEqualTo(new ClientMessage.Answer(CALL, 3, "v=0"));
    assertThat(act("media.restart", "")).isEqualTo(new ClientMessage.Restart(CALL));
    assertThat(act("media.view", "'streamId':2,'height':360"))
        .isEqualTo(new ClientMessage.View(CALL, 2, 360, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'type':'call.dance'|UnknownType",
        "'type':'hello','version':2,'token':'t'|UnsupportedVersion",
        "'type':'hello','version':1|token is required",
        "'type':'hello','version':1,'token':7|token must be a text",
        "'type':'hello','version':1,'token':'t','session':{'id':'x','secret':'s'}|session.id must be a UUID",
        "'type':'call.hold'|callId is required",
        "'type':'call.hold','callId':'1-1-1-1-1'|callId must be a UUID",
        "'type':'call.start','participants':[],'muted':true|participants must be a list of 1 to 100",
        "'type':'call.start','participants':['a',1],'muted':true|participants[1] must be a text",
        "'type':'call.start','participants':['a']|muted is required",
        "'type':'call.start','participants':['a'],'muted':'yes'|muted must be true or false",
        "'type':'call.join','muted':true,'locator':{}|locator must have one",
        "'type':'call.join','muted':true,'locator':{'groupId':'g'}|locator.groupId must be a UUID"
      })
  void refusalNamesTheMember(String members, String expected) throws Exception {
    assertThat(refusal(members)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "call.dtmf|'tones':'12x'|tones",
        "call.dtmf|'tones':''|tones",
        "call.reaction|'reaction':'boo'|reaction",
        "call.mute|'others':false|others",
        "call.mute|'others':true,'participants':['a']|others",
        "call.mute|'x':1|participants",
        "call.spotlight|'all':true|all",
        "call.access|'others':true|audio",
        "call.lobby|'admit':['a'],'reject':['b']|admit",
        "call.lobby|'x':1|admit",
        "call.transfer|'participant':'a','target':{}|target",
        "call.transferState|'by':'a','state':'Failed','reason':{'code':-1,'subCode':0}|reason.code",
        "call.survey|'survey':[1]|survey",
        "media.view|'streamId':0,'height':1|streamId",
        "media.view|'streamId':1,'height':-1|height",
        "media.view|'streamId':1,'height':1.5|height",
        "media.answer|'number':4294967296,'sdp':'v=0'|number",
        "media.publish|'sdp':'v=0','tracks':[{'mid':'0','kind':'Smell'}]|tracks[0].kind",
        "media.publish|'sdp':'v=0','tracks':[{'mid':'0','kind':'Audio'},{'mid':'0','kind':'Audio'}]|tracks[1].mid",
        "media.publish|'sdp':'v=0','tracks':[7]|tracks[0]"
      })
  void refusalOfAnActionNamesTheMember(String type, String members, String member)
      throws Exception {
    assertThat(refusal("'type':'" + type + "','callId':'" + ID + "'," + members))
        .startsWith("BadRequest: The member " + member + " ");
  }

  @Test
  void longTextIsRefusedByItsLength() throws Exception {
    String text = "x".repeat(1_001);
    assertThat(
            refusal(
                "'type':'call.realTimeText','callId':'"
                    + ID
                    + "','text':'"
                    + text
                    + "','final':true"))
        .contains("text must have at most 1000 characters");
  }
}
