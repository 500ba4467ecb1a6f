package dev.parley.services.rooms.wire;

import dev.parley.kit.http.Problem;
import dev.parley.services.rooms.RoomRefusal;
import java.util.List;
import java.util.Map;

/**
 * How the refusals of rooms look on the wire; codes, targets and the place of the detail are those
 * of the recordings of the Python SDK, but for participants that do not exist [guess].
 */
final class RoomErrors {
  /** Participants named in one answer; a request may hold thousands. */
  private static final int DETAILS_MAX = 100;

  private RoomErrors() {}

  static Problem problem(RoomRefusal refusal) {
    return switch (refusal) {
      case RoomRefusal.MalformedRoomId malformed ->
          Problem.badRequest("A room id has 16 or 17 digits.", "roomId");
      case RoomRefusal.UnknownRoom unknown ->
          new Problem(404, "NotFound", "There is no such room.");
      case RoomRefusal.EndsInThePast past ->
          withDetails(List.of(detail("ValidUntil", "The end of the room is in the past.")));
      case RoomRefusal.WindowInvalid invalid ->
          withDetails(
              List.of(
                  detail(
                      "ValidUntil",
                      "The room must end after it begins, and within "
                          + invalid.max().toDays()
                          + " days of it.")));
      case RoomRefusal.MalformedParticipants malformed ->
          participants(malformed.rawIds(), "This is not the id of a communication user.");
      case RoomRefusal.UnknownParticipants unknown ->
          participants(unknown.rawIds(), "There is no such user in this resource.");
      case RoomRefusal.TooManyParticipants many ->
          Problem.badRequest(
              "A room has, and a request changes, at most " + many.max() + " participants.",
              "participants");
    };
  }

  private static Problem participants(List<String> rawIds, String rule) {
    return withDetails(
        rawIds.stream()
            .limit(DETAILS_MAX)
            .map(rawId -> detail("participants." + rawId, rule))
            .toList());
  }

  private static Problem detail(String target, String message) {
    return new Problem(400, "BadArgument", message).withTarget(target);
  }

  private static Problem withDetails(List<Problem> details) {
    return new Problem(
        400, "BadRequest", "The request breaks a rule of rooms.", null, details, Map.of());
  }
}
