package dev.parley.services.rooms.wire;

import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Paging;
import dev.parley.services.rooms.RoomId;
import dev.parley.services.rooms.RoomParticipant;
import dev.parley.services.rooms.RoomParticipantService;
import dev.parley.services.rooms.RoomsLimits;
import dev.parley.services.rooms.wire.RoomBodies.RoomPage;
import dev.parley.services.rooms.wire.RoomBodies.RoomParticipantBody;
import dev.parley.services.rooms.wire.RoomBodies.UpdateParticipants;
import java.util.List;
import java.util.Map;

/** The operations of invitations. */
final class RoomParticipantOperations {
  private static final String AFTER = "after";

  private final RoomParticipantService participants;

  RoomParticipantOperations(RoomParticipantService participants) {
    this.participants = participants;
  }

  Answer list(Exchange exchange) {
    String cursor = Paging.cursor(exchange.query().get(AFTER), AFTER);
    int size = RoomsLimits.PARTICIPANTS_PAGE;
    List<RoomParticipant> found =
        participants.list(RoomOperations.room(exchange), cursor == null ? "" : cursor, size + 1);
    List<RoomParticipant> page = found.stream().limit(size).toList();
    String next =
        found.size() <= size
            ? null
            : Paging.nextLink(exchange, Map.of(AFTER, Paging.token(page.getLast().userId())));
    return Answer.json(
        200, new RoomPage<>(page.stream().map(RoomParticipantBody::of).toList(), next));
  }

  /** Answers an empty object, which the Java SDK needs (compat §3). */
  Answer update(Exchange exchange) {
    RoomId id = RoomOperations.room(exchange);
    participants.change(id, exchange.json(UpdateParticipants.class).changes());
    return Answer.json(200, Map.of());
  }
}
