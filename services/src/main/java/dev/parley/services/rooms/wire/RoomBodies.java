package dev.parley.services.rooms.wire;

import dev.parley.kit.http.InvalidBody;
import dev.parley.services.rooms.Room;
import dev.parley.services.rooms.RoomParticipant;
import dev.parley.services.rooms.RoomRole;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bodies of the room operations, in the wire's names (operations.md, "rooms"). */
final class RoomBodies {
  private RoomBodies() {}

  /** ParticipantProperties; without a role it is that of the SDKs' default. */
  record ParticipantProperties(@Nullable String role) {
    ParticipantProperties {
      if (role != null && RoomRole.of(role).isEmpty()) {
        throw new InvalidBody(
            "participants.role", "The role is Presenter, Attendee, Consumer or Collaborator.");
      }
    }

    RoomRole roomRole() {
      return role == null ? RoomRole.ATTENDEE : RoomRole.of(role).orElseThrow();
    }
  }

  /** CreateRoomRequest. The Python SDK writes null for what it leaves open. */
  record CreateRoom(
      @Nullable String validFrom,
      @Nullable String validUntil,
      @Nullable Boolean pstnDialOutEnabled,
      @Nullable Map<String, @Nullable ParticipantProperties> participants) {

    @Nullable Instant from() {
      return time("validFrom", validFrom);
    }

    @Nullable Instant until() {
      return time("validUntil", validUntil);
    }

    /** The roles by raw id; who is named without properties is an attendee. */
    Map<String, RoomRole> roles() {
      Map<String, RoomRole> roles = new LinkedHashMap<>();
      if (participants != null) {
        participants.forEach((rawId, properties) ->
            roles.put(rawId, properties == null ? RoomRole.ATTENDEE : properties.roomRole()));
      }
      return roles;
    }
  }

  /**
   * UpdateRoomRequest, a merge patch of fields that cannot be removed: null is what the Python SDK
   * writes for what stays.
   */
  record UpdateRoom(
      @Nullable String validFrom,
      @Nullable String validUntil,
      @Nullable Boolean pstnDialOutEnabled) {

    @Nullable Instant from() {
      return time("validFrom", validFrom);
    }

    @Nullable Instant until() {
      return time("validUntil", validUntil);
    }
  }

  /** UpdateParticipantsRequest, a merge patch: null removes. */
  record UpdateParticipants(@Nullable Map<String, @Nullable ParticipantProperties> participants) {
    Map<String, Optional<RoomRole>> changes() {
      Map<String, Optional<RoomRole>> changes = new LinkedHashMap<>();
      if (participants != null) {
        participants.forEach((rawId, properties) ->
            changes.put(
                rawId, Optional.ofNullable(properties).map(ParticipantProperties::roomRole)));
      }
      return changes;
    }
  }

  /** RoomModel. */
  record RoomBody(
      String id,
      Instant createdAt,
      Instant validFrom,
      Instant validUntil,
      boolean pstnDialOutEnabled) {
    static RoomBody of(Room room) {
      return new RoomBody(
          room.id().text(),
          room.createdAt(),
          room.validity().from(),
          room.validity().until(),
          room.pstnDialOutEnabled());
    }
  }

  /** RoomParticipant. */
  record RoomParticipantBody(String rawId, String role) {
    static RoomParticipantBody of(RoomParticipant participant) {
      return new RoomParticipantBody(participant.userId(), participant.role().word());
    }
  }

  /** RoomsCollection and ParticipantsCollection. */
  record RoomPage<T>(List<T> value, @Nullable String nextLink) {}

  private static @Nullable Instant time(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw new InvalidBody(field, "The " + field + " field must be a time of RFC 3339.");
    }
  }
}
