package dev.parley.services.calling;

/**
 * Why a call, a leg or a ringing ended, in the codes of ACS that its clients show texts for
 * (docs/protocols/calling-signalling.md §9; compat §5.2).
 */
public enum EndReason {
  HUNG_UP(0, 0, "The call was hung up."),
  REMOVED(0, 5300, "You were removed from the call."),
  ENDED_FOR_EVERYONE(0, 4097, "The call was ended for everyone."),
  ELSEWHERE(0, 5003, "The call goes on at another device."),
  REJECTED(603, 0, "The call was rejected."),
  CANCELLED(487, 0, "The call was cancelled before it was answered."),
  NO_ANSWER(487, 10004, "The call was not answered in time."),
  NOT_REACHABLE(480, 10037, "The user is not connected."),
  ROOM_NOT_FOUND(404, 5732, "There is no such room."),
  ROOM_NOT_VALID(403, 5829, "The room is not valid at this time."),
  NOT_INVITED(403, 5828, "The user is not invited to the room."),
  INVITATION_REMOVED(403, 5317, "The user's invitation to the room was removed."),
  ACCESS_DENIED(403, 5854, "Access to the call was denied."),
  CONNECTION_LOST(408, 10057, "The client did not come back after its connection was lost."),
  MEDIA_FAILED(410, 301005, "Media could not be connected."),
  SERVER_FAILED(500, 0, "The service failed.");

  private final int code;
  private final int subCode;
  private final String message;

  EndReason(int code, int subCode, String message) {
    this.code = code;
    this.subCode = subCode;
    this.message = message;
  }

  public int code() {
    return code;
  }

  public int subCode() {
    return subCode;
  }

  /** A sentence for people. */
  public String message() {
    return message;
  }
}
