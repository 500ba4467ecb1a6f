package dev.parley.services.rooms;

import dev.parley.kit.base.Refusal;
import java.time.Duration;
import java.util.List;

/** Why a request about rooms is refused. */
public sealed interface RoomRefusal extends Refusal {
  /** No room can have this id. */
  record MalformedRoomId() implements RoomRefusal {}

  /** There is no such room in the resource, or it was deleted. */
  record UnknownRoom() implements RoomRefusal {}

  /** The window would be over already. */
  record EndsInThePast() implements RoomRefusal {}

  /** The window would end before it begins, or be longer than it may. */
  record WindowInvalid(Duration max) implements RoomRefusal {}

  /** These are no ids of communication users. */
  record MalformedParticipants(List<String> rawIds) implements RoomRefusal {}

  /** These are users of another resource, or of none. */
  record UnknownParticipants(List<String> rawIds) implements RoomRefusal {}

  /** The room would have more participants than it may, or a request changes more. */
  record TooManyParticipants(int max) implements RoomRefusal {}
}
