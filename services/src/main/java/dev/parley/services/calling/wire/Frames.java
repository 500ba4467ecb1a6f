package dev.parley.services.calling.wire;

import dev.parley.kit.http.Json;
import dev.parley.services.calling.CallLocator;
import dev.parley.services.calling.CallNotice;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.EndReason;
import dev.parley.services.calling.wire.MessageRefused.ErrorBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server sends: answers and notices (docs/protocols/calling-signalling.md). Maps and not
 * records, because members without a value stand as {@code null} here.
 */
final class Frames {
  static final String PONG = "{\"type\":\"pong\"}";
  private static volatile Encoded last = new Encoded(null, "");

  private Frames() {}

  private record Encoded(@Nullable CallNotice notice, String text) {}

  static String answer(long id, Object ok) {
    return Json.text(object("re", id, "ok", ok));
  }

  static String error(long id, ErrorBody error) {
    return Json.text(object("re", id, "error", error));
  }

  /** A notice for many clients is told to one after the other, so the last one is remembered. */
  static String notice(CallNotice notice) {
    Encoded before = last;
    if (before.notice == notice) {
      return before.text;
    }
    Encoded fresh = new Encoded(notice, Json.text(body(notice)));
    last = fresh;
    return fresh.text;
  }

  private static Map<String, @Nullable Object> body(CallNotice notice) {
    return switch (notice) {
      case CallNotice.Incoming incoming ->
          of(
              "incoming",
              notice,
              "caller",
              person(incoming.caller()),
              "kind",
              word(incoming.kind()),
              "video",
              incoming.video(),
              "threadId",
              orNull(incoming.thread()));
      case CallNotice.IncomingEnded ended ->
          of("incomingEnded", notice, "reason", reason(ended.reason()));
      case CallNotice.Changed changed -> object("type", "call", "call", call(changed.view()));
      case CallNotice.SelfChanged self -> self(self);
      case CallNotice.ParticipantChanged changed ->
          of("participant", notice, "participant", participant(changed.participant()));
      case CallNotice.ParticipantLeft left ->
          of("participantLeft", notice, "id", left.user(), "reason", reason(left.reason()));
      case CallNotice.Ended ended -> of("ended", notice, "reason", reason(ended.reason()));
      case CallNotice.Speakers speakers -> of("speakers", notice, "speaking", speakers.users());
      case CallNotice.MutedByOthers muted -> of("mutedByOthers", notice, "by", muted.by());
      case CallNotice.Reaction reaction ->
          of("reaction", notice, "from", reaction.from(), "reaction", reaction.reaction());
      case CallNotice.Dtmf dtmf -> of("dtmf", notice, "from", dtmf.from(), "tones", dtmf.tones());
      case CallNotice.RealTimeText text ->
          of(
              "realTimeText",
              notice,
              "from",
              text.from(),
              "sequence",
              text.sequence(),
              "text",
              text.text(),
              "final",
              text.last());
      case CallNotice.TransferRequested request ->
          of("transferRequested", notice, "by", request.by(), "target", target(request));
      case CallNotice.TransferState state ->
          of(
              "transferState",
              notice,
              "user",
              state.user(),
              "state",
              state.state(),
              "reason",
              state.reason().orElse(null));
      case CallNotice.Offer offer ->
          of(
              "media.offer",
              notice,
              "number",
              offer.number(),
              "sdp",
              offer.sdp(),
              "tracks",
              offer.tracks().stream().map(Frames::track).toList());
    };
  }

  private static Map<String, @Nullable Object> target(CallNotice.TransferRequested request) {
    return request.toCall().isEmpty()
        ? object("participants", List.of(request.toUser()))
        : object("callId", request.toCall());
  }

  private static Map<String, @Nullable Object> track(CallNotice.OfferedTrack track) {
    return object(
        "mid",
        track.mid(),
        "participant",
        track.user(),
        "kind",
        word(track.kind()),
        "streamId",
        track.stream() == 0 ? null : track.stream());
  }

  private static Map<String, @Nullable Object> self(CallNotice.SelfChanged self) {
    return of(
        "self",
        self,
        "state",
        word(self.state()),
        "lobby",
        self.lobby(),
        "meetingAccess",
        self.access(),
        "self",
        participant(self.self()),
        "capabilities",
        self.capabilities());
  }

  /** A call as {@code <call>} of the protocol, §5. */
  static Map<String, @Nullable Object> call(CallView view) {
    Optional<CallLocator> locator = view.locator();
    return object(
        "id",
        view.id().toString(),
        "legId",
        view.leg().toString(),
        "kind",
        word(view.kind()),
        "direction",
        view.incoming() ? "Incoming" : "Outgoing",
        "state",
        word(view.state()),
        "groupId",
        locator.orElse(null) instanceof CallLocator.Group group ? group.id() : null,
        "roomId",
        locator.orElse(null) instanceof CallLocator.Room room ? room.id() : null,
        "startedAt",
        view.startedAt().toString(),
        "caller",
        person(view.starter()),
        "lobby",
        view.lobby(),
        "meetingAccess",
        view.access(),
        "self",
        participant(view.self()),
        "capabilities",
        view.capabilities(),
        "participants",
        view.others().stream().map(Frames::participant).toList());
  }

  private static Map<String, @Nullable Object> participant(CallView.Participant one) {
    return object(
        "id",
        one.person().user(),
        "displayName",
        one.person().displayName(),
        "state",
        word(one.state()),
        "role",
        word(one.role()),
        "muted",
        one.muted(),
        "streams",
        one.streams().stream()
            .map(stream -> object("id", stream.id(), "kind", word(stream.kind())))
            .toList(),
        "hand",
        one.hand().orElse(null),
        "spotlight",
        one.spotlight().orElse(null),
        "access",
        one.access());
  }

  private static Map<String, @Nullable Object> person(CallView.Person person) {
    return object("id", person.user(), "displayName", person.displayName());
  }

  private static Map<String, @Nullable Object> reason(EndReason reason) {
    return object("code", reason.code(), "subCode", reason.subCode(), "message", reason.message());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** The wire's word: {@code LOCAL_HOLD} is {@code LocalHold}. */
  static String word(Enum<?> value) {
    StringBuilder word = new StringBuilder();
    for (String part : value.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }

  private static Map<String, @Nullable Object> of(
      String type, CallNotice notice, @Nullable Object... rest) {
    SequencedMap<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("type", type);
    members.put("callId", notice.call().toString());
    members.putAll(object(rest));
    return members;
  }

  /** An object of names and values in turn. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    SequencedMap<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return members;
  }
}
