package dev.parley.services.calling.wire;

import dev.parley.services.calling.CallRefusal;
import dev.parley.services.calling.EndReason;
import dev.parley.services.calling.wire.MessageRefused.ErrorBody;

/** How refusals of calling look on the wire (the protocol, §10). */
final class CallingErrors {
  static final ErrorBody TOO_FAST =
      new ErrorBody(
          "TooManyRequests",
          "A session may ask " + SignallingLimits.REQUESTS_PER_SECOND + " times a second.",
          429,
          0);
  static final ErrorBody TOO_MANY_SESSIONS =
      new ErrorBody(
          "TooManyRequests",
          "The user has " + SignallingLimits.SESSIONS_PER_USER_MAX + " sessions; more are refused.",
          429,
          0);
  static final ErrorBody WRONG_SCOPE =
      new ErrorBody(
          "Forbidden",
          "The token needs the scope voip or voip.join.",
          403,
          EndReason.ACCESS_DENIED.subCode());
  static final ErrorBody TOKEN_REFUSED =
      new ErrorBody(
          "Forbidden", "The token is not one of this user that may call, or is not valid.", 403, 0);
  static final ErrorBody SERVER_FAILED =
      new ErrorBody("ServerFailed", "The service failed; the request may be sent again.", 500, 0);
  static final ErrorBody NOT_FIRST =
      new ErrorBody("InvalidState", "The hello is the first message of a socket only.", 409, 0);
  static final ErrorBody FORGOTTEN =
      new ErrorBody(
          "BadRequest",
          "The member id is older than the last "
              + SignallingLimits.ANSWERS_MAX
              + " requests of the session.",
          400,
          0);

  private CallingErrors() {}

  static ErrorBody of(CallRefusal refusal) {
    return switch (refusal) {
      case CallRefusal.UnknownCall unknown ->
          new ErrorBody(
              "CallNotFound", "There is no such call, or this client is not in it.", 404, 0);
      case CallRefusal.UnknownParticipant unknown ->
          new ErrorBody(
              "ParticipantNotFound", "The participant " + unknown.id() + " is not here.", 404, 0);
      case CallRefusal.Forbidden forbidden ->
          new ErrorBody("Forbidden", "Not allowed: " + forbidden.capability() + ".", 403, 0);
      case CallRefusal.RoomClosed closed -> room(closed.reason());
      case CallRefusal.InvalidState state -> new ErrorBody("InvalidState", state.why(), 409, 0);
      case CallRefusal.TooManyParticipants many ->
          new ErrorBody(
              "TooManyParticipants", "The call may have " + many.max() + " participants.", 409, 0);
      case CallRefusal.Invalid invalid ->
          MessageRefused.badMember(invalid.field(), invalid.rule()).body();
      case CallRefusal.MediaRefused media -> new ErrorBody("MediaRefused", media.why(), 488, 0);
    };
  }

  private static ErrorBody room(EndReason reason) {
    String code =
        switch (reason) {
          case ROOM_NOT_FOUND -> "RoomNotFound";
          case ROOM_NOT_VALID -> "RoomNotValid";
          case NOT_INVITED, INVITATION_REMOVED -> "NotInvited";
          default -> "Forbidden";
        };
    return new ErrorBody(code, reason.message(), reason.code(), reason.subCode());
  }
}
