package dev.parley.conformance.rooms;

import static dev.parley.conformance.rooms.Rooms.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.rooms.RoomsClient;
import com.azure.communication.rooms.RoomsClientBuilder;
import com.azure.communication.rooms.models.CreateRoomOptions;
import com.azure.communication.rooms.models.RoomParticipant;
import com.azure.communication.rooms.models.UpdateRoomOptions;
import com.azure.core.credential.AzureKeyCredential;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What Microsoft's rooms client for Java throws when Parley says no. */
@OnRunningParley
class JavaRoomsRefusalIT {

  private static final String UNKNOWN_ROOM = "99000000000000000";
  private static final String UNKNOWN_USER = "00000000-0000-4000-8000-000000000000";
  private static final Duration ERASED_WITHIN = Duration.ofSeconds(30);

  private static void badRequest(ThrowingCallable call) {
    assertRefused(400, "BadRequest", call);
  }

  private static void notFound(ThrowingCallable call) {
    assertRefused(404, "NotFound", call);
  }

  @Test
  void windowThatCannotBe(Connection connection, SeenBySdk seen) {
    RoomsClient rooms = Rooms.of(connection, seen).client();
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    String id = rooms.createRoom(new CreateRoomOptions()).getRoomId();

    badRequest(() -> rooms.createRoom(new CreateRoomOptions().setValidUntil(now.minusDays(1))));
    badRequest(() -> rooms.createRoom(new CreateRoomOptions().setValidUntil(now.plusDays(203))));
    badRequest(() -> rooms.createRoom(new CreateRoomOptions().setValidFrom(now.plusDays(203))));
    badRequest(() ->
        rooms.createRoom(
            new CreateRoomOptions().setValidFrom(now.plusDays(2)).setValidUntil(now.plusDays(1))));
    badRequest(() -> rooms.updateRoom(id, new UpdateRoomOptions().setValidUntil(now.minusDays(1))));
    badRequest(() ->
        rooms.updateRoom(
            id,
            new UpdateRoomOptions()
                .setValidFrom(now.plusDays(3))
                .setValidUntil(now.plusDays(203))));
  }

  @Test
  void participantWhoCannotBeIsNamed(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    RoomParticipant anna = new RoomParticipant(rooms.user());
    String id = rooms.client().createRoom(new CreateRoomOptions()).getRoomId();
    String unknown = "8:acs:" + connection.resourceId() + "_" + UNKNOWN_USER;
    for (String raw : List.of("wrong_mri", unknown, "8:acs:" + UNKNOWN_USER + "_" + UNKNOWN_USER)) {
      List<RoomParticipant> both =
          List.of(anna, new RoomParticipant(new CommunicationUserIdentifier(raw)));

      badRequest(() -> rooms.client().addOrUpdateParticipants(id, both));
      badRequest(() -> rooms.client().createRoom(new CreateRoomOptions().setParticipants(both)));
    }
    badRequest(() ->
        rooms
            .client()
            .removeParticipants(id, List.of(new CommunicationUserIdentifier("wrong_mri"))));
    assertThat(rooms.roles(id)).isEmpty();
  }

  @Test
  void roomThatIsNotThere(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    RoomsClient client = rooms.client();
    UpdateRoomOptions change =
        new UpdateRoomOptions().setValidUntil(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1));

    notFound(() -> client.getRoom(UNKNOWN_ROOM));
    notFound(() -> client.updateRoom(UNKNOWN_ROOM, change));
    notFound(() -> client.listParticipants(UNKNOWN_ROOM).stream().toList());
    notFound(() -> client.removeParticipants(UNKNOWN_ROOM, List.of(rooms.user())));
    badRequest(() -> client.getRoom("invalid_id"));
    badRequest(() -> client.deleteRoom("123"));
  }

  @Test
  void wrongKey(Connection connection, SeenBySdk seen) {
    RoomsClient stranger =
        new RoomsClientBuilder()
            .endpoint(connection.endpointWithoutSlash())
            .credential(new AzureKeyCredential("d3Jvbmcga2V5"))
            .addPolicy(seen)
            .buildClient();

    assertRefused(401, "Denied", () -> stranger.getRoom(UNKNOWN_ROOM));
  }

  /** The erasure follows the deletion by the journal, so a reader may still see the invitation. */
  @Test
  void deletedUserIsNoLongerInvited(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    CommunicationUserIdentifier anna = rooms.user();
    String id =
        rooms
            .client()
            .createRoom(new CreateRoomOptions().setParticipants(List.of(new RoomParticipant(anna))))
            .getRoomId();

    rooms.identity().deleteUser(anna);

    Instant end = Instant.now().plus(ERASED_WITHIN);
    Map<String, ?> invited = rooms.roles(id);
    while (!invited.isEmpty() && Instant.now().isBefore(end)) {
      invited = rooms.roles(id);
    }
    assertThat(invited).isEmpty();
  }
}
