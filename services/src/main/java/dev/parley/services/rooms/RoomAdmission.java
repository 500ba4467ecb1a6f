package dev.parley.services.rooms;

import java.time.Instant;

/** Whether a user may join the call of a room at a moment; the answer to calling. */
public sealed interface RoomAdmission {
  /**
   * They may, until the room's time is over.
   *
   * @param role what they may do
   * @param validUntil when they must be out again
   * @param pstnDialOut whether telephone numbers may be called from this room
   */
  record Admitted(RoomRole role, Instant validUntil, boolean pstnDialOut)
      implements RoomAdmission {}

  /** There is no such room in the resource, or it was deleted. On the wire 5732 (compat §5). */
  record UnknownRoom() implements RoomAdmission {}

  /** They are invited, but it has not begun. On the wire 5829. */
  record NotYetValid(Instant validFrom) implements RoomAdmission {}

  /** They were invited, but it is over. On the wire 5829. */
  record Expired(Instant validUntil) implements RoomAdmission {}

  /** They are not invited; of the room's time they learn nothing. On the wire 5828. */
  record NotInvited() implements RoomAdmission {}

  /** The answer to one who is invited with {@code role}. */
  static RoomAdmission of(Room room, RoomRole role, Instant now) {
    Validity validity = room.validity();
    if (now.isBefore(validity.from())) {
      return new NotYetValid(validity.from());
    }
    if (!now.isBefore(validity.until())) {
      return new Expired(validity.until());
    }
    return new Admitted(role, validity.until(), room.pstnDialOutEnabled());
  }
}
