package dev.parley.services.rooms.wire;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Paging;
import dev.parley.kit.http.Problem;
import dev.parley.services.rooms.Room;
import dev.parley.services.rooms.RoomId;
import dev.parley.services.rooms.RoomRefusal;
import dev.parley.services.rooms.RoomService;
import dev.parley.services.rooms.RoomStore.RoomCursor;
import dev.parley.services.rooms.RoomsLimits;
import dev.parley.services.rooms.wire.RoomBodies.CreateRoom;
import dev.parley.services.rooms.wire.RoomBodies.RoomBody;
import dev.parley.services.rooms.wire.RoomBodies.RoomPage;
import dev.parley.services.rooms.wire.RoomBodies.UpdateRoom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of rooms. */
final class RoomOperations {
  private static final String AFTER = "after";

  private final RoomService rooms;

  RoomOperations(RoomService rooms) {
    this.rooms = rooms;
  }

  /** The room that the path names, within the caller's resource. */
  static RoomId room(Exchange exchange) {
    return RoomId.parse(resource(exchange), exchange.parameter("roomId"))
        .orElseThrow(() -> new Refused(new RoomRefusal.MalformedRoomId()));
  }

  private static ResourceId resource(Exchange exchange) {
    return exchange.keyHolder().resource();
  }

  /** ACS puts the bare id into {@code Location} (recordings of the Python SDK). */
  Answer create(Exchange exchange) {
    CreateRoom request = exchange.json(CreateRoom.class);
    Room made =
        rooms.create(
            resource(exchange),
            new RoomService.NewRoom(
                request.from(),
                request.until(),
                Boolean.TRUE.equals(request.pstnDialOutEnabled()),
                request.roles()));
    return Answer.json(201, RoomBody.of(made)).with("Location", made.id().text());
  }

  Answer get(Exchange exchange) {
    return Answer.json(200, RoomBody.of(rooms.get(room(exchange))));
  }

  Answer list(Exchange exchange) {
    int size = RoomsLimits.ROOMS_PAGE;
    List<Room> found = rooms.list(resource(exchange), cursor(exchange), size + 1);
    List<Room> page = found.stream().limit(size).toList();
    String next = found.size() <= size ? null : next(exchange, page.getLast());
    return Answer.json(200, new RoomPage<>(page.stream().map(RoomBody::of).toList(), next));
  }

  private static String next(Exchange exchange, Room last) {
    String cursor = last.createdAt().toEpochMilli() + " " + last.id();
    return Paging.nextLink(exchange, Map.of(AFTER, Paging.token(cursor)));
  }

  private static @Nullable RoomCursor cursor(Exchange exchange) {
    String text = Paging.cursor(exchange.query().get(AFTER), AFTER);
    if (text == null) {
      return null;
    }
    int space = text.indexOf(' ');
    try {
      Instant at = Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, space))));
      return new RoomCursor(at, text.substring(space + 1));
    } catch (NumberFormatException foreign) {
      throw Problem.badRequest("Query parameter after is not a token of this list.", AFTER)
          .exception();
    }
  }

  Answer update(Exchange exchange) {
    RoomId id = room(exchange);
    UpdateRoom request = exchange.json(UpdateRoom.class);
    RoomService.Change change =
        new RoomService.Change(request.from(), request.until(), request.pstnDialOutEnabled());
    return Answer.json(200, RoomBody.of(rooms.update(id, change)));
  }

  Answer delete(Exchange exchange) {
    rooms.delete(room(exchange));
    return Answer.empty(204);
  }
}
