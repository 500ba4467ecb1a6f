package dev.parley.services.rooms.sql;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import dev.parley.services.rooms.Room;
import dev.parley.services.rooms.RoomId;
import dev.parley.services.rooms.RoomParticipant;
import dev.parley.services.rooms.RoomRole;
import dev.parley.services.rooms.RoomStore;
import dev.parley.services.rooms.Validity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rooms in SQL. Primary keys serve every query, but for the list of rooms (index {@code
 * rooms_by_creation}) and that of a user's rooms ({@code room_participants_by_user}).
 */
public final class SqlRoomStore implements RoomStore {
  private static final String SELECT =
      "select resource_id, id, created_at, valid_from, valid_until, pstn_dial_out from rooms";

  @Override
  public Optional<Room> room(Reading reading, RoomId id) {
    return reading.first(
        SELECT + " where resource_id = ? and id = ?", SqlRoomStore::room, id.resource(), id.text());
  }

  @Override
  public List<Room> rooms(
      Reading reading, ResourceId resource, @Nullable RoomCursor after, int limit) {
    long beforeAt = after == null ? Long.MAX_VALUE : after.createdAt().toEpochMilli();
    return reading.list(
        SELECT
            + " where resource_id = ? and created_at <= ?"
            + " and (created_at < ? or id > ?) order by created_at desc, id limit ?",
        SqlRoomStore::room,
        resource,
        beforeAt,
        beforeAt,
        after == null ? "" : after.roomId(),
        limit);
  }

  @Override
  public void add(Tx tx, Room room) {
    tx.update(
        "insert into rooms (resource_id, id, created_at, valid_from, valid_until, pstn_dial_out)"
            + " values (?, ?, ?, ?, ?, ?)",
        room.id().resource(),
        room.id().text(),
        room.createdAt(),
        room.validity().from(),
        room.validity().until(),
        room.pstnDialOutEnabled());
  }

  @Override
  public void save(Tx tx, Room room) {
    tx.update(
        "update rooms set valid_from = ?, valid_until = ?, pstn_dial_out = ?"
            + " where resource_id = ? and id = ?",
        room.validity().from(),
        room.validity().until(),
        room.pstnDialOutEnabled(),
        room.id().resource(),
        room.id().text());
  }

  @Override
  public boolean delete(Tx tx, RoomId id) {
    tx.update(
        "delete from room_participants where resource_id = ? and room_id = ?",
        id.resource(),
        id.text());
    int deleted =
        tx.update("delete from rooms where resource_id = ? and id = ?", id.resource(), id.text());
    return deleted > 0;
  }

  @Override
  public int deleteAll(Tx tx, ResourceId resource, int limit) {
    List<String> rooms =
        tx.list(
            "select id from rooms where resource_id = ? order by id limit ?",
            row -> row.text(1),
            resource,
            limit);
    rooms.forEach(room -> delete(tx, new RoomId(resource, room)));
    return rooms.size();
  }

  @Override
  public int participantCount(Reading reading, RoomId id) {
    return reading
        .first(
            "select count(*) from room_participants where resource_id = ? and room_id = ?",
            row -> (int) row.number(1),
            id.resource(),
            id.text())
        .orElse(0);
  }

  @Override
  public Optional<RoomRole> role(Reading reading, RoomId id, String userId) {
    return reading.first(
        "select role from room_participants"
            + " where resource_id = ? and room_id = ? and user_id = ?",
        row -> RoomRole.valueOf(row.text(1)),
        id.resource(),
        id.text(),
        userId);
  }

  @Override
  public List<RoomParticipant> participants(Reading reading, RoomId id, String after, int limit) {
    return reading.list(
        "select user_id, role from room_participants"
            + " where resource_id = ? and room_id = ? and user_id > ? order by user_id limit ?",
        row -> new RoomParticipant(row.text(1), RoomRole.valueOf(row.text(2))),
        id.resource(),
        id.text(),
        after,
        limit);
  }

  @Override
  public void put(Tx tx, RoomId id, RoomParticipant participant) {
    tx.update(
        "insert into room_participants (resource_id, room_id, user_id, role) values (?, ?, ?, ?)"
            + " on conflict (resource_id, room_id, user_id) do update set role = excluded.role",
        id.resource(),
        id.text(),
        participant.userId(),
        participant.role().name());
  }

  @Override
  public boolean remove(Tx tx, RoomId id, String userId) {
    int removed =
        tx.update(
            "delete from room_participants"
                + " where resource_id = ? and room_id = ? and user_id = ?",
            id.resource(),
            id.text(),
            userId);
    return removed > 0;
  }

  @Override
  public List<RoomId> roomsOf(Reading reading, ResourceId resource, String userId, int limit) {
    return reading.list(
        "select room_id from room_participants where resource_id = ? and user_id = ?"
            + " order by room_id limit ?",
        row -> new RoomId(resource, row.text(1)),
        resource,
        userId,
        limit);
  }

  private static Room room(Row row) {
    return new Room(
        new RoomId(new ResourceId(row.uuid(1)), row.text(2)),
        row.instant(3),
        new Validity(row.instant(4), row.instant(5)),
        row.flag(6));
  }
}
