package dev.parley.services.calling.wire;

import dev.parley.kit.http.Json;
import dev.parley.kit.http.ProblemException;
import dev.parley.services.calling.CallAction;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallLocator;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import dev.parley.services.calling.wire.ClientMessage.Request;
import dev.parley.services.calling.wire.MessageRefused.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what a client sends (docs/protocols/calling-signalling.md §2 to §7). */
final class RequestParser {
  private static final Pattern TONES = Pattern.compile("[0-9*#A-D]{1,32}");
  private static final List<String> REACTIONS =
      List.of("like", "heart", "laugh", "applause", "surprised");
  private static final List<String> TRANSFER_STATES = List.of("Accepted", "Transferred", "Failed");
  private static final List<String> TRACK_KINDS = List.of("Audio", "Video", "ScreenSharing");

  private RequestParser() {}

  /** The text is no JSON object with a type, and an id unless it is a ping. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  static ClientMessage parse(String text) throws Malformed {
    JsonNode object = object(text);
    JsonNode type = object.get("type");
    if (type == null || !type.isString()) {
      throw new Malformed("a message without a type");
    }
    if (type.stringValue().equals("ping")) {
      return new ClientMessage.Ping();
    }
    JsonNode id = object.get("id");
    if (id == null || !id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1) {
      throw new Malformed("a request without an id");
    }
    try {
      return new ClientMessage.Numbered(
          id.longValue(), request(type.stringValue(), Members.of(object)));
    } catch (MessageRefused refused) {
      return new ClientMessage.Unusable(id.longValue(), refused.body());
    }
  }

  private static JsonNode object(String text) throws Malformed {
    try {
      return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemException broken) {
      throw new Malformed("not a JSON object");
    }
  }

  private static Request request(String type, Members members) {
    return switch (type) {
      case "hello" -> hello(members);
      case "token" -> new ClientMessage.Token(token(members));
      case "goodbye" -> new ClientMessage.Goodbye();
      case "call.start" -> start(members);
      case "call.join" -> join(members);
      case "call.accept" ->
          new ClientMessage.Accept(call(members), members.flag("muted"), members.flag("video"));
      case "call.reject" -> new ClientMessage.Reject(call(members));
      case "call.rejoin" ->
          new ClientMessage.Rejoin(call(members), new LegId(members.uuid("legId")));
      case "call.survey" ->
          new ClientMessage.Survey(
              call(members), members.json("survey", SignallingLimits.SURVEY_CHARACTERS_MAX));
      case "call.statistics" -> new ClientMessage.Statistics(call(members));
      case "media.publish" -> publish(members);
      case "media.answer" ->
          new ClientMessage.Answer(
              call(members), members.number("number", 1, Integer.MAX_VALUE), sdp(members));
      case "media.restart" -> new ClientMessage.Restart(call(members));
      case "media.view" ->
          new ClientMessage.View(
              call(members),
              members.number("streamId", 1, Integer.MAX_VALUE),
              members.number("height", 0, SignallingLimits.HEIGHT_MAX),
              members.flagOr("pinned", false));
      default -> new ClientMessage.Act(callOf(type, members), action(type, members));
    };
  }

  /** Before the call is looked for, so that an unknown type is called one. */
  private static CallId callOf(String type, Members members) {
    if (!ACTIONS.contains(type)) {
      throw new MessageRefused(
          new ErrorBody("UnknownType", "There is no request of this type.", 400, 0));
    }
    return call(members);
  }

  private static final List<String> ACTIONS =
      List.of(
          "call.hangUp",
          "call.state",
          "call.hold",
          "call.resume",
          "call.add",
          "call.remove",
          "call.mute",
          "call.dtmf",
          "call.hand",
          "call.reaction",
          "call.spotlight",
          "call.access",
          "call.lobby",
          "call.transfer",
          "call.transferState",
          "call.realTimeText");

  private static CallAction action(String type, Members members) {
    return switch (type) {
      case "call.hangUp" -> new CallAction.HangUp(members.flagOr("forEveryone", false));
      case "call.state" -> report(members);
      case "call.hold" -> new CallAction.Hold();
      case "call.resume" -> new CallAction.Resume();
      case "call.add" -> new CallAction.Add(participants(members));
      case "call.remove" -> new CallAction.Remove(participant(members));
      case "call.mute" -> new CallAction.Mute(theseOrOthers(members));
      case "call.dtmf" -> dtmf(members);
      case "call.hand" ->
          new CallAction.Hand(
              members.flag("raised"),
              members.has("participants") ? participants(members) : List.of());
      case "call.reaction" -> new CallAction.React(members.word("reaction", REACTIONS));
      case "call.spotlight" -> spotlight(members);
      case "call.access" -> permit(members);
      case "call.lobby" -> lobby(members);
      case "call.transfer" -> transfer(members);
      case "call.transferState" ->
          new CallAction.TransferProgress(
              members.text("by", SignallingLimits.ID_CHARACTERS_MAX),
              members.word("state", TRANSFER_STATES),
              members.objectIfAny("reason").map(RequestParser::reason));
      case "call.realTimeText" ->
          new CallAction.RealTimeText(
              members.textOrEmpty("text", SignallingLimits.TEXT_CHARACTERS_MAX),
              members.flag("final"));
      default -> throw new IllegalStateException("an action without a reader: " + type);
    };
  }

  private static Request hello(Members members) {
    if (members.number("version", 0, Integer.MAX_VALUE) != SignallingLimits.VERSION) {
      throw new MessageRefused(
          new ErrorBody(
              "UnsupportedVersion",
              "This server speaks version " + SignallingLimits.VERSION + " of the protocol.",
              400,
              0));
    }
    return new ClientMessage.Hello(
        token(members),
        members.textOrEmpty("displayName", SignallingLimits.NAME_CHARACTERS_MAX),
        members.flagOr("incoming", false),
        members
            .objectIfAny("session")
            .map(key ->
                new ClientMessage.SessionKey(
                    key.uuid("id"), key.text("secret", SignallingLimits.ID_CHARACTERS_MAX))));
  }

  private static String token(Members members) {
    return members.text("token", SignallingLimits.TOKEN_CHARACTERS_MAX);
  }

  private static CallId call(Members members) {
    return new CallId(members.uuid("callId"));
  }

  private static String sdp(Members members) {
    return members.text("sdp", SignallingLimits.SDP_CHARACTERS_MAX);
  }

  private static String participant(Members members) {
    return members.text("participant", SignallingLimits.ID_CHARACTERS_MAX);
  }

  private static List<String> participants(Members members) {
    return members.texts("participants", SignallingLimits.PARTICIPANTS_MAX);
  }

  private static Request start(Members members) {
    return new ClientMessage.Start(
        participants(members),
        members.flag("muted"),
        members.flagOr("video", false),
        members.textOrEmpty("threadId", SignallingLimits.ID_CHARACTERS_MAX));
  }

  private static Request join(Members members) {
    Members locator = members.object("locator");
    long named = Stream.of("groupId", "roomId", "callId").filter(locator::has).count();
    if (named != 1) {
      throw members.refuse("locator", "must have one of groupId, roomId and callId");
    }
    if (locator.has("callId")) {
      return new ClientMessage.Come(call(locator), members.flag("muted"));
    }
    return new ClientMessage.Join(
        locator.has("groupId")
            ? new CallLocator.Group(locator.uuid("groupId").toString())
            : new CallLocator.Room(locator.text("roomId", SignallingLimits.ID_CHARACTERS_MAX)),
        members.flag("muted"),
        members.flagOr("lobby", false));
  }

  private static CallAction report(Members members) {
    return new CallAction.Report(
        members.flagIfAny("muted"), members.flagIfAny("video"), members.flagIfAny("screen"));
  }

  private static Optional<List<String>> theseOrOthers(Members members) {
    if (members.has("others")) {
      if (!members.flag("others") || members.has("participants")) {
        throw members.refuse("others", "must be true and stand without participants");
      }
      return Optional.empty();
    }
    return Optional.of(participants(members));
  }

  private static CallAction dtmf(Members members) {
    String tones = members.text("tones", 64);
    if (!TONES.matcher(tones).matches()) {
      throw members.refuse("tones", "must have 1 to 32 of 0-9, *, # and A-D");
    }
    return new CallAction.Dtmf(tones);
  }

  private static CallAction spotlight(Members members) {
    if (members.has("all")) {
      if (members.flag("all")) {
        throw members.refuse("all", "must be false: nobody spotlights all");
      }
      return new CallAction.Spotlight(false, List.of());
    }
    return new CallAction.Spotlight(members.flag("on"), participants(members));
  }

  private static CallAction permit(Members members) {
    Optional<Boolean> audio = members.flagIfAny("audio");
    Optional<Boolean> video = members.flagIfAny("video");
    if (audio.isEmpty() && video.isEmpty()) {
      throw members.refuse("audio", "or video is required");
    }
    return new CallAction.Permit(theseOrOthers(members), audio, video);
  }

  private static CallAction lobby(Members members) {
    if (members.has("admitAll")) {
      if (!members.flag("admitAll")) {
        throw members.refuse("admitAll", "must be true");
      }
      return new CallAction.AdmitAll();
    }
    boolean admit = members.has("admit");
    if (admit == members.has("reject")) {
      throw members.refuse("admit", "or reject is required, or admitAll; not two of them");
    }
    return admit
        ? new CallAction.Admit(members.texts("admit", SignallingLimits.PARTICIPANTS_MAX))
        : new CallAction.Deny(members.texts("reject", SignallingLimits.PARTICIPANTS_MAX));
  }

  private static CallAction transfer(Members members) {
    Members target = members.object("target");
    boolean call = target.has("callId");
    if (call == target.has("participant")) {
      throw members.refuse("target", "must have either participant or callId");
    }
    return new CallAction.Transfer(
        participant(members),
        call ? Optional.empty() : Optional.of(participant(target)),
        call ? Optional.of(call(target)) : Optional.empty());
  }

  private static CallAction.Reason reason(Members members) {
    return new CallAction.Reason(
        members.number("code", 0, Integer.MAX_VALUE),
        members.number("subCode", 0, Integer.MAX_VALUE),
        members.textOrEmpty("message", SignallingLimits.REASON_CHARACTERS_MAX));
  }

  private static Request publish(Members members) {
    Map<String, StreamKind> kinds = new LinkedHashMap<>();
    for (Members track : members.objects("tracks", SignallingLimits.TRACKS_MAX)) {
      String mid = track.text("mid", 64);
      if (kinds.put(mid, kind(track.word("kind", TRACK_KINDS))) != null) {
        throw track.refuse("mid", "must stand once");
      }
    }
    return new ClientMessage.Publish(call(members), sdp(members), kinds);
  }

  private static StreamKind kind(String word) {
    return word.equals("ScreenSharing")
        ? StreamKind.SCREEN_SHARING
        : StreamKind.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
