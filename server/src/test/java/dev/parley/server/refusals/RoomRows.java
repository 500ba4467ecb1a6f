package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.none;
import static dev.parley.server.refusals.Row.Cell.of;
import static dev.parley.server.refusals.Row.text;

import dev.parley.server.refusals.Row.Cell;
import dev.parley.server.refusals.Row.Id;
import java.util.List;

/** Rooms and who is invited to them. */
final class RoomRows {
  private static final String NOTHING = "it takes no body";
  private static final String MANY = "10001 of them are the feature's own test";

  private RoomRows() {}

  private static Id room(Cell otherwise) {
    return new Id(
        World::newRoom,
        world -> "99000000000000000",
        otherwise,
        "invalid_id",
        of(400, "BadRequest"),
        World::foreignRoom,
        otherwise);
  }

  private static final Id ROOM = room(of(404, "NotFound"));

  static List<Row> rows() {
    return Row.list(
        Row.of("rooms.list").noBody(NOTHING),
        Row.of("rooms.create")
            .body(world ->
                "{\"validFrom\":"
                    + time(world, 1)
                    + ",\"validUntil\":"
                    + time(world, 2)
                    + ",\"pstnDialOutEnabled\":true,\"participants\":"
                    + participants(world)
                    + "}")
            .optional("validFrom", text(300))
            .optional("validUntil", text(300))
            .optionalOfAnyLength("pstnDialOutEnabled", "it is true or false")
            .optionalOfAnyLength("participants", MANY),
        Row.of("rooms.get").id("roomId", ROOM).noBody(NOTHING),
        Row.of("rooms.update")
            .id("roomId", ROOM)
            .body(world ->
                "{\"validFrom\":"
                    + time(world, 1)
                    + ",\"validUntil\":"
                    + time(world, 2)
                    + ",\"pstnDialOutEnabled\":true}")
            .optional("validFrom", text(300))
            .optional("validUntil", text(300))
            .optionalOfAnyLength("pstnDialOutEnabled", "it is true or false"),
        Row.of("rooms.delete")
            .id("roomId", room(none("deleting what is not there is no fault")))
            .noBody(NOTHING),
        Row.of("rooms.participants.list").id("roomId", ROOM).noBody(NOTHING),
        Row.of("rooms.participants.update")
            .id("roomId", ROOM)
            .body(world -> "{\"participants\":" + participants(world) + "}")
            .optionalOfAnyLength("participants", MANY));
  }

  private static String time(World world, int days) {
    return "\"" + world.server.clock().now().plusSeconds(days * 86_400L) + "\"";
  }

  private static String participants(World world) {
    return "{\"" + world.user + "\":{\"role\":\"Presenter\"}}";
  }
}
