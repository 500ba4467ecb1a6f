package dev.parley.services.rooms;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads and saves rooms and who is invited; no rules. */
public interface RoomStore {
  Optional<Room> room(Reading reading, RoomId id);

  /** Where a page of rooms ended. */
  record RoomCursor(Instant createdAt, String roomId) {}

  /** Rooms of the resource, newest first, after {@code after}, at most {@code limit}. */
  List<Room> rooms(Reading reading, ResourceId resource, @Nullable RoomCursor after, int limit);

  void add(Tx tx, Room room);

  /** Saves window and dial-out. */
  void save(Tx tx, Room room);

  /**
   * Deletes the room and its invitations.
   *
   * @return whether there was one
   */
  boolean delete(Tx tx, RoomId id);

  /** Deletes up to {@code limit} rooms of a resource that is gone, and gives their number. */
  int deleteAll(Tx tx, ResourceId resource, int limit);

  int participantCount(Reading reading, RoomId id);

  Optional<RoomRole> role(Reading reading, RoomId id, String userId);

  /**
   * Participants after the raw id {@code after}, in the order of raw ids, at most {@code limit}.
   */
  List<RoomParticipant> participants(Reading reading, RoomId id, String after, int limit);

  /** Invites, or changes the role. */
  void put(Tx tx, RoomId id, RoomParticipant participant);

  /**
   * Ends an invitation.
   *
   * @return whether there was one
   */
  boolean remove(Tx tx, RoomId id, String userId);

  /** Up to {@code limit} rooms to which the user is invited. */
  List<RoomId> roomsOf(Reading reading, ResourceId resource, String userId, int limit);
}
