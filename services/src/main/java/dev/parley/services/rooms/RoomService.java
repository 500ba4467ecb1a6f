package dev.parley.services.rooms;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use cases of rooms: make, read, list, change, delete, and say who may join. */
public final class RoomService {
  private final Database database;
  private final RoomStore store;
  private final RoomFacts facts;
  private final Clock clock;
  private final Ids ids;
  private final Invitations invitations;

  public RoomService(
      Database database,
      RoomStore store,
      Journal journal,
      Clock clock,
      Ids ids,
      Invitations invitations) {
    this.database = database;
    this.store = store;
    this.facts = new RoomFacts(journal);
    this.clock = clock;
    this.ids = ids;
    this.invitations = invitations;
  }

  /**
   * A wish for a room.
   *
   * @param validFrom when it opens, or null for now
   * @param validUntil when it closes, or null for {@link RoomsLimits#VALIDITY_MAX} from now
   * @param participants the roles of those invited, by raw id
   */
  public record NewRoom(
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      boolean pstnDialOutEnabled,
      Map<String, RoomRole> participants) {}

  /** Makes a room with its invitations; refuses a window or a participant that cannot be. */
  public Room create(ResourceId resource, NewRoom wish) {
    Instant now = clock.now();
    Validity validity = Validity.wished(wish.validFrom(), wish.validUntil(), now);
    Map<String, Optional<RoomRole>> wanted = new LinkedHashMap<>();
    wish.participants().forEach((rawId, role) -> wanted.put(rawId, Optional.of(role)));
    Map<String, Optional<RoomRole>> invited = invitations.checked(resource, wanted);
    return database.write(
        "rooms.create",
        tx -> {
          Room room =
              new Room(
                  freeId(tx, resource),
                  now.truncatedTo(ChronoUnit.MILLIS),
                  validity,
                  wish.pstnDialOutEnabled());
          store.add(tx, room);
          invited.forEach((user, role) ->
              role.ifPresent(one -> store.put(tx, room.id(), new RoomParticipant(user, one))));
          facts.room(tx, RoomFacts.ROOM_CREATED, room.id(), now);
          return room;
        });
  }

  private RoomId freeId(Tx tx, ResourceId resource) {
    for (int attempt = 0; attempt < RoomsLimits.ID_ATTEMPTS; attempt++) {
      RoomId id = RoomId.of(resource, ids.bytes(RoomId.RANDOM_BYTES));
      if (store.room(tx, id).isEmpty()) {
        return id;
      }
    }
    throw new IllegalStateException("no free room id in " + resource);
  }

  /** The room; refuses an id that the resource does not know. */
  public Room get(RoomId id) {
    return database.read("rooms.get", reading -> require(store.room(reading, id)));
  }

  /** The resource's rooms, newest first, whether they are open or not. */
  public List<Room> list(ResourceId resource, RoomStore.@Nullable RoomCursor after, int limit) {
    return database.read("rooms.list", reading -> store.rooms(reading, resource, after, limit));
  }

  /** A change of a room; what is null stays. */
  public record Change(
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      @Nullable Boolean pstnDialOutEnabled) {}

  /** Changes window or dial-out; the window that results must be one that a new room could have. */
  public Room update(RoomId id, Change change) {
    Instant now = clock.now();
    return database.write(
        "rooms.update",
        tx -> {
          Room room = require(store.room(tx, id));
          Boolean dialOut = change.pstnDialOutEnabled();
          Room changed =
              room.with(
                  room.validity().changed(change.validFrom(), change.validUntil(), now),
                  dialOut == null ? room.pstnDialOutEnabled() : dialOut);
          if (!changed.equals(room)) {
            store.save(tx, changed);
            facts.room(tx, RoomFacts.ROOM_UPDATED, id, now);
          }
          return changed;
        });
  }

  /** Deletes the room with its invitations; deleting one that is gone does nothing. */
  public void delete(RoomId id) {
    Instant now = clock.now();
    database.write(
        "rooms.delete",
        tx -> {
          boolean existed = store.delete(tx, id);
          if (existed) {
            facts.room(tx, RoomFacts.ROOM_DELETED, id, now);
          }
          return existed;
        });
  }

  /**
   * Whether the user may join the call of the room at {@code now}. One query each for the room and
   * the invitation; nothing is remembered, so the answer is that of the store.
   *
   * @param userId raw id, as in the user's token
   */
  public RoomAdmission admission(RoomId id, String userId, Instant now) {
    return database.read(
        "rooms.admission",
        reading -> {
          Optional<Room> room = store.room(reading, id);
          if (room.isEmpty()) {
            return new RoomAdmission.UnknownRoom();
          }
          return store
              .role(reading, id, userId)
              .map(role -> RoomAdmission.of(room.get(), role, now))
              .orElseGet(RoomAdmission.NotInvited::new);
        });
  }

  /** The user's role in the room, whether it is open or not; empty when they are not invited. */
  public Optional<RoomRole> role(RoomId id, String userId) {
    return database.read("rooms.role", reading -> store.role(reading, id, userId));
  }

  static Room require(Optional<Room> room) {
    return room.orElseThrow(() -> new Refused(new RoomRefusal.UnknownRoom()));
  }
}
