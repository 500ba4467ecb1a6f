package dev.parley.conformance.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.rooms.models.CommunicationRoom;
import com.azure.communication.rooms.models.CreateRoomOptions;
import com.azure.communication.rooms.models.ParticipantRole;
import com.azure.communication.rooms.models.RoomParticipant;
import com.azure.communication.rooms.models.UpdateRoomOptions;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.Proves;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rooms through Microsoft's rooms client for Java, unmodified. */
@OnRunningParley
class JavaRoomsIT {

  private static final int MORE_THAN_A_PAGE = 101;
  private static final Duration LONGEST = Duration.ofDays(180);

  @Test
  @Proves({"rooms.create", "rooms.get"})
  void createsRoom(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    OffsetDateTime from = tomorrow();
    CreateRoomOptions wish =
        new CreateRoomOptions()
            .setValidFrom(from)
            .setValidUntil(from.plusHours(1))
            .setParticipants(List.of(new RoomParticipant(rooms.user())));

    CommunicationRoom made = rooms.client().createRoom(wish);

    assertThat(made.getRoomId()).matches("[0-9]{17}");
    assertThat(made.getValidFrom()).isEqualTo(from);
    assertThat(made.getValidUntil()).isEqualTo(from.plusHours(1));
    CommunicationRoom read = rooms.client().getRoom(made.getRoomId());
    assertThat(read).usingRecursiveComparison().isEqualTo(made);
    assertThat(rooms.roles(made.getRoomId()).values()).containsExactly(ParticipantRole.ATTENDEE);
  }

  @Test
  @Proves("rooms.create")
  void roomIsOpenFromNowForAsLongAsCanBe(Connection connection, SeenBySdk seen) {
    CommunicationRoom made =
        Rooms.of(connection, seen).client().createRoom(new CreateRoomOptions());

    assertThat(Duration.between(made.getValidFrom(), made.getValidUntil())).isEqualTo(LONGEST);
    assertThat(made.getCreatedAt()).isEqualTo(made.getValidFrom());
  }

  @Test
  @Proves("rooms.update")
  void windowMoves(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    CommunicationRoom made = rooms.client().createRoom(new CreateRoomOptions());
    OffsetDateTime from = tomorrow();

    rooms
        .client()
        .updateRoom(
            made.getRoomId(),
            new UpdateRoomOptions().setValidFrom(from).setValidUntil(from.plusDays(1)));
    CommunicationRoom changed =
        rooms
            .client()
            .updateRoom(made.getRoomId(), new UpdateRoomOptions().setValidUntil(from.plusDays(2)));

    assertThat(changed.getValidFrom()).isEqualTo(from);
    assertThat(changed.getValidUntil()).isEqualTo(from.plusDays(2));
    assertThat(changed.getCreatedAt()).isEqualTo(made.getCreatedAt());
    assertThat(rooms.client().getRoom(made.getRoomId()))
        .usingRecursiveComparison()
        .isEqualTo(changed);
  }

  @Test
  @Proves("rooms.delete")
  void deletedRoomIsGoneAndMayBeDeletedAgain(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    String id = rooms.client().createRoom(new CreateRoomOptions()).getRoomId();

    rooms.client().deleteRoom(id);
    rooms.client().deleteRoom(id);

    Rooms.assertRefused(404, "NotFound", () -> rooms.client().getRoom(id));
  }

  @Test
  @Proves("rooms.list")
  void listsRoomsOverPagesNewestFirst(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    List<String> made = new ArrayList<>();
    for (int count = 0; count < MORE_THAN_A_PAGE; count++) {
      made.add(rooms.client().createRoom(new CreateRoomOptions()).getRoomId());
    }

    var pages = rooms.client().listRooms().streamByPage().toList();

    assertThat(pages).hasSizeGreaterThan(1);
    List<CommunicationRoom> listed =
        pages.stream().flatMap(page -> page.getValue().stream()).toList();
    assertThat(listed).extracting(CommunicationRoom::getRoomId).containsAll(made);
    assertThat(listed).extracting(CommunicationRoom::getRoomId).doesNotHaveDuplicates();
    assertThat(listed)
        .extracting(CommunicationRoom::getCreatedAt)
        .isSortedAccordingTo((one, other) -> other.compareTo(one));
    made.forEach(rooms.client()::deleteRoom);
  }

  @Test
  @Proves({"rooms.participants.update", "rooms.participants.list"})
  void participantsAreInvitedChangedAndRemoved(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    CommunicationUserIdentifier anna = rooms.user();
    CommunicationUserIdentifier bert = rooms.user();
    CommunicationUserIdentifier carl = rooms.user();
    String id = rooms.client().createRoom(new CreateRoomOptions()).getRoomId();

    rooms
        .client()
        .addOrUpdateParticipants(
            id,
            List.of(
                new RoomParticipant(anna).setRole(ParticipantRole.PRESENTER),
                new RoomParticipant(bert).setRole(ParticipantRole.CONSUMER),
                new RoomParticipant(carl)));
    assertThat(rooms.roles(id))
        .isEqualTo(
            Map.of(
                anna.getRawId(), ParticipantRole.PRESENTER,
                bert.getRawId(), ParticipantRole.CONSUMER,
                carl.getRawId(), ParticipantRole.ATTENDEE));

    rooms
        .client()
        .addOrUpdateParticipants(
            id, List.of(new RoomParticipant(bert).setRole(ParticipantRole.PRESENTER)));
    rooms.client().removeParticipants(id, List.of(anna, anna, rooms.user()));
    assertThat(rooms.roles(id))
        .isEqualTo(
            Map.of(
                bert.getRawId(), ParticipantRole.PRESENTER,
                carl.getRawId(), ParticipantRole.ATTENDEE));
  }

  @Test
  @Proves("rooms.participants.list")
  void listsParticipantsOverPages(Connection connection, SeenBySdk seen) {
    Rooms rooms = Rooms.of(connection, seen);
    List<RoomParticipant> many =
        IntStream.range(0, MORE_THAN_A_PAGE)
            .mapToObj(number -> new RoomParticipant(rooms.user()))
            .toList();
    String id =
        rooms.client().createRoom(new CreateRoomOptions().setParticipants(many)).getRoomId();

    var pages = rooms.client().listParticipants(id).streamByPage().toList();

    assertThat(pages).extracting(page -> page.getValue().size()).containsExactly(100, 1);
    assertThat(rooms.roles(id)).hasSize(MORE_THAN_A_PAGE);
  }

  /** The server keeps milliseconds. */
  private static OffsetDateTime tomorrow() {
    return OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).truncatedTo(ChronoUnit.MILLIS);
  }
}
