package dev.parley.services.rooms.wire;

import static dev.parley.kit.http.Access.key;
import static dev.parley.kit.http.Operation.acs;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.rooms.RoomParticipantService;
import dev.parley.services.rooms.RoomRefusal;
import dev.parley.services.rooms.RoomService;
import java.util.List;

/** The operation table of rooms (operations.md, "rooms"). Only an application's service rules. */
public final class RoomRoutes implements OperationTable {
  /** Ten thousand participants at about 110 bytes. */
  private static final int PARTICIPANTS_BODY_BYTES_MAX = 2 << 20;

  private final RoomOperations rooms;
  private final RoomParticipantOperations participants;

  public RoomRoutes(RoomService rooms, RoomParticipantService participants) {
    this.rooms = new RoomOperations(rooms);
    this.participants = new RoomParticipantOperations(participants);
  }

  @Override
  public List<Operation> operations() {
    String one = "/rooms/{roomId}";
    String people = one + "/participants";
    return List.of(
        acs("rooms.list", "GET", "/rooms", key(), rooms::list),
        acs("rooms.create", "POST", "/rooms", key(), rooms::create)
            .withBodyBytesMax(PARTICIPANTS_BODY_BYTES_MAX),
        acs("rooms.get", "GET", one, key(), rooms::get),
        acs("rooms.update", "PATCH", one, key(), rooms::update),
        acs("rooms.delete", "DELETE", one, key(), rooms::delete),
        acs("rooms.participants.list", "GET", people, key(), participants::list),
        acs("rooms.participants.update", "PATCH", people, key(), participants::update)
            .withBodyBytesMax(PARTICIPANTS_BODY_BYTES_MAX));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return RoomErrors.problem((RoomRefusal) refusal);
  }
}
