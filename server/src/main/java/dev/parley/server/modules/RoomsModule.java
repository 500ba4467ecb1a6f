package dev.parley.server.modules;

import dev.parley.kit.http.OperationTable;
import dev.parley.kit.journal.JournalReader;
import dev.parley.server.Foundation;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.resources.ResourceService;
import dev.parley.services.rooms.Invitations;
import dev.parley.services.rooms.RoomErasure;
import dev.parley.services.rooms.RoomParticipantService;
import dev.parley.services.rooms.RoomService;
import dev.parley.services.rooms.RoomStore;
import dev.parley.services.rooms.sql.SqlRoomStore;
import dev.parley.services.rooms.wire.RoomRoutes;
import java.util.Map;

/** Rooms. */
public final class RoomsModule implements AutoCloseable {
  private final RoomService service;
  private final RoomErasure erasure;
  private final OperationTable routes;
  private final JournalReader reader;

  public RoomsModule(Foundation foundation, IdentityService identity) {
    RoomStore store = new SqlRoomStore();
    Invitations invitations = new Invitations(identity::known);
    var database = foundation.database();
    var journal = foundation.journal();
    var clock = foundation.clock();
    this.service = new RoomService(database, store, journal, clock, foundation.ids(), invitations);
    this.erasure = new RoomErasure(database, store, journal, clock);
    this.routes =
        new RoomRoutes(
            service, new RoomParticipantService(database, store, journal, clock, invitations));
    this.reader =
        foundation.reader(
            "rooms",
            Map.of(
                IdentityService.USER_DELETED,
                fact -> erasure.userDeleted(fact.resource(), fact.subject()),
                ResourceService.DELETED,
                fact -> erasure.resourceDeleted(fact.resource())));
  }

  /** Says who may join the call of a room. */
  public RoomService service() {
    return service;
  }

  public OperationTable routes() {
    return routes;
  }

  @Override
  public void close() {
    reader.close();
  }
}
