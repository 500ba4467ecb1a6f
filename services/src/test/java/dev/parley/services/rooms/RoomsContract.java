package dev.parley.services.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.FactBody;
import dev.parley.services.rooms.RoomStore.RoomCursor;
import dev.parley.services.rooms.sql.SqlRoomStore;
import dev.parley.services.stores.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of rooms on every store. */
abstract class RoomsContract {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  private static final ResourceId OTHER = new ResourceId(new UUID(2, 2));
  private static final String ANN = user(1);
  private static final String BOB = user(2);
  private static final String CAT = user(3);
  private static final String NOBODY = user(404);
  private static final Duration DAY = Duration.ofDays(1);

  private final RoomStore store = new SqlRoomStore();
  private @Nullable TestStore opened;

  abstract TestStore open();

  private static String user(long number) {
    return "8:acs:" + RESOURCE + "_" + new UUID(7, number);
  }

  @BeforeEach
  void openStore() {
    opened = open();
  }

  @AfterEach
  void closeStore() {
    test().close();
  }

  private TestStore test() {
    return java.util.Objects.requireNonNull(opened);
  }

  /** Every well-formed user of the resource exists, but for {@link #NOBODY}. */
  private static Invitations invitations() {
    return new Invitations((resource, rawIds) ->
        rawIds.stream()
            .filter(id -> id.startsWith("8:acs:" + resource + "_") && !id.equals(NOBODY))
            .collect(Collectors.toSet()));
  }

  private RoomService rooms() {
    TestStore on = test();
    return new RoomService(on.database, store, on.journal, on.clock, on.ids, invitations());
  }

  private RoomParticipantService people() {
    TestStore on = test();
    return new RoomParticipantService(on.database, store, on.journal, on.clock, invitations());
  }

  private RoomErasure erasure() {
    TestStore on = test();
    return new RoomErasure(on.database, store, on.journal, on.clock);
  }

  private Room create(ResourceId resource, Map<String, RoomRole> invited) {
    return rooms().create(resource, new RoomService.NewRoom(null, null, false, invited));
  }

  private RoomId room(Map<String, RoomRole> invited) {
    return create(RESOURCE, invited).id();
  }

  private List<RoomParticipant> all(RoomId id) {
    return people().list(id, "", 100);
  }

  private List<String> facts() {
    return test().journal.after(0, 1000).stream().map(RoomsContract::line).toList();
  }

  private static String line(Entry entry) {
    FactBody body = FactBody.parse(entry.fact().body());
    return "%s %s set=%s removed=%s"
        .formatted(
            entry.fact().type(),
            entry.fact().subject(),
            body.texts(RoomFacts.SET),
            body.texts(RoomFacts.REMOVED));
  }

  private static void refused(ThrowingCallable call, Refusal refusal) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  @Test
  void roomComesBackAsItWasMade() {
    Instant now = test().clock.now();
    Room made =
        rooms()
            .create(
                RESOURCE,
                new RoomService.NewRoom(
                    now.plus(DAY),
                    now.plus(DAY.multipliedBy(2)),
                    true,
                    Map.of(ANN, RoomRole.PRESENTER, BOB, RoomRole.COLLABORATOR)));
    assertThat(made.id().text()).matches("99[0-9]{15}");
    assertThat(made.validity())
        .isEqualTo(new Validity(now.plus(DAY), now.plus(DAY.multipliedBy(2))));
    assertThat(made.pstnDialOutEnabled()).isTrue();
    assertThat(rooms().get(made.id())).isEqualTo(made);
    assertThat(all(made.id()))
        .containsExactly(
            new RoomParticipant(ANN, RoomRole.PRESENTER),
            new RoomParticipant(BOB, RoomRole.COLLABORATOR));
    assertThat(facts()).containsExactly("rooms.roomCreated " + made.id() + " set=[] removed=[]");
  }

  @Test
  void roomIsFoundInItsResourceOnly() {
    RoomId id = room(Map.of(ANN, RoomRole.PRESENTER));
    RoomId elsewhere = new RoomId(OTHER, id.text());
    RoomRefusal unknown = new RoomRefusal.UnknownRoom();
    refused(() -> rooms().get(elsewhere), unknown);
    refused(() -> rooms().update(elsewhere, new RoomService.Change(null, null, true)), unknown);
    refused(() -> people().list(elsewhere, "", 10), unknown);
    refused(() -> people().change(elsewhere, Map.of()), unknown);
    rooms().delete(elsewhere);
    assertThat(rooms().get(id).id()).isEqualTo(id);
    assertThat(rooms().admission(elsewhere, ANN, test().clock.now()))
        .isEqualTo(new RoomAdmission.UnknownRoom());
    assertThat(rooms().role(elsewhere, ANN)).isEmpty();
  }

  @Test
  void listIsNewestFirstInPagesWithoutGapOrRepeat() {
    List<RoomId> made = new ArrayList<>();
    for (int number = 0; number < 7; number++) {
      made.addFirst(room(Map.of()));
      if (number % 3 == 0) {
        test().clock.advance(Duration.ofMillis(1));
      }
    }
    create(OTHER, Map.of());
    List<Room> seen = new ArrayList<>();
    RoomCursor after = null;
    List<Room> page;
    do {
      page = rooms().list(RESOURCE, after, 2);
      seen.addAll(page);
      Room last = seen.getLast();
      after = new RoomCursor(last.createdAt(), last.id().text());
    } while (!page.isEmpty());
    assertThat(seen.stream().map(Room::id)).containsExactlyInAnyOrderElementsOf(made);
    assertThat(seen.stream().map(Room::createdAt))
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void updateChangesWhatItNamesAndTellsOfIt() {
    Room made = create(RESOURCE, Map.of());
    Instant until = test().clock.now().plus(DAY);
    Room changed = rooms().update(made.id(), new RoomService.Change(null, until, true));
    assertThat(changed)
        .isEqualTo(
            new Room(
                made.id(), made.createdAt(), new Validity(made.validity().from(), until), true));
    assertThat(rooms().get(made.id())).isEqualTo(changed);
    rooms().update(made.id(), new RoomService.Change(null, until, true));
    rooms().update(made.id(), new RoomService.Change(null, null, null));
    assertThat(facts())
        .containsExactly(
            "rooms.roomCreated " + made.id() + " set=[] removed=[]",
            "rooms.roomUpdated " + made.id() + " set=[] removed=[]");
  }

  @Test
  void refusedWindowChangesNothing() {
    Room made = create(RESOURCE, Map.of());
    Instant past = test().clock.now().minusSeconds(1);
    refused(
        () -> rooms().update(made.id(), new RoomService.Change(null, past, true)),
        new RoomRefusal.EndsInThePast());
    Instant far = test().clock.now().plus(Duration.ofDays(181));
    refused(
        () -> rooms().update(made.id(), new RoomService.Change(null, far, true)),
        new RoomRefusal.WindowInvalid(RoomsLimits.VALIDITY_MAX));
    assertThat(rooms().get(made.id())).isEqualTo(made);
  }

  @Test
  void deletedRoomIsGoneWithItsInvitationsAndMayBeDeletedAgain() {
    RoomId id = room(Map.of(ANN, RoomRole.PRESENTER));
    rooms().delete(id);
    rooms().delete(id);
    refused(() -> rooms().get(id), new RoomRefusal.UnknownRoom());
    assertThat(rooms().role(id, ANN)).isEmpty();
    assertThat(facts().stream().filter(line -> line.startsWith("rooms.roomDeleted"))).hasSize(1);
  }

  @Test
  void participantsAreInvitedChangedAndRemovedTogether() {
    RoomId id = room(Map.of(ANN, RoomRole.PRESENTER, BOB, RoomRole.ATTENDEE));
    Map<String, Optional<RoomRole>> changes = new LinkedHashMap<>();
    changes.put(ANN, Optional.of(RoomRole.CONSUMER));
    changes.put(BOB, Optional.empty());
    changes.put(CAT, Optional.of(RoomRole.COLLABORATOR));
    people().change(id, changes);
    assertThat(all(id))
        .containsExactly(
            new RoomParticipant(ANN, RoomRole.CONSUMER),
            new RoomParticipant(CAT, RoomRole.COLLABORATOR));
    assertThat(facts().getLast())
        .isEqualTo(
            "rooms.participantsChanged %s set=%s removed=%s"
                .formatted(id, List.of(ANN, CAT), List.of(BOB)));
  }

  @Test
  void changeThatChangesNothingIsNoFact() {
    RoomId id = room(Map.of(ANN, RoomRole.PRESENTER));
    int before = facts().size();
    people().change(id, Map.of(ANN, Optional.of(RoomRole.PRESENTER), BOB, Optional.empty()));
    people().change(id, Map.of(NOBODY, Optional.empty()));
    people().change(id, Map.of());
    assertThat(facts()).hasSize(before);
  }

  @Test
  void participantWhoCannotBeRefusesTheWhole() {
    RoomId id = room(Map.of());
    String foreign = "8:acs:" + OTHER + "_" + new UUID(7, 1);
    refused(
        () ->
            people()
                .change(
                    id,
                    Map.of(
                        ANN,
                        Optional.of(RoomRole.ATTENDEE),
                        NOBODY,
                        Optional.of(RoomRole.ATTENDEE))),
        new RoomRefusal.UnknownParticipants(List.of(NOBODY)));
    refused(
        () -> people().change(id, Map.of(foreign, Optional.of(RoomRole.ATTENDEE))),
        new RoomRefusal.UnknownParticipants(List.of(foreign)));
    refused(
        () -> people().change(id, Map.of("wrong_mri", Optional.empty())),
        new RoomRefusal.MalformedParticipants(List.of("wrong_mri")));
    refused(
        () -> create(RESOURCE, Map.of("4:+15550100", RoomRole.ATTENDEE)),
        new RoomRefusal.MalformedParticipants(List.of("4:+15550100")));
    assertThat(all(id)).isEmpty();
  }

  @Test
  void idInAnotherCaseIsTheSameUser() {
    RoomId id =
        room(Map.of(ANN.toUpperCase(Locale.ROOT).replace("8:ACS:", "8:acs:"), RoomRole.CONSUMER));
    assertThat(rooms().role(id, ANN)).contains(RoomRole.CONSUMER);
  }

  @Test
  void roomHasABoundOnItsParticipants() {
    Map<String, RoomRole> full = new LinkedHashMap<>();
    for (int number = 1000; number < 1000 + RoomsLimits.PARTICIPANTS_MAX; number++) {
      full.put(user(number), RoomRole.CONSUMER);
    }
    RoomId id = room(full);
    RoomRefusal many = new RoomRefusal.TooManyParticipants(RoomsLimits.PARTICIPANTS_MAX);
    refused(() -> people().change(id, Map.of(ANN, Optional.of(RoomRole.ATTENDEE))), many);
    assertThat(rooms().role(id, ANN)).isEmpty();
    people().change(id, Map.of(ANN, Optional.of(RoomRole.ATTENDEE), user(1000), Optional.empty()));
    assertThat(rooms().role(id, ANN)).contains(RoomRole.ATTENDEE);
    full.put(ANN, RoomRole.ATTENDEE);
    refused(() -> create(RESOURCE, full), many);
  }

  @Test
  void onlyTheInvitedAreAdmittedAndOnlyInTime() {
    Instant now = test().clock.now();
    RoomId id =
        rooms()
            .create(
                RESOURCE,
                new RoomService.NewRoom(now.plus(DAY), null, true, Map.of(ANN, RoomRole.PRESENTER)))
            .id();
    Instant until = now.plus(RoomsLimits.VALIDITY_MAX);
    assertThat(rooms().admission(id, ANN, now))
        .isEqualTo(new RoomAdmission.NotYetValid(now.plus(DAY)));
    assertThat(rooms().admission(id, BOB, now)).isEqualTo(new RoomAdmission.NotInvited());
    assertThat(rooms().admission(id, ANN, now.plus(DAY)))
        .isEqualTo(new RoomAdmission.Admitted(RoomRole.PRESENTER, until, true));
    assertThat(rooms().admission(id, ANN, until)).isEqualTo(new RoomAdmission.Expired(until));
    assertThat(rooms().role(id, ANN)).contains(RoomRole.PRESENTER);
    people().change(id, Map.of(ANN, Optional.empty()));
    assertThat(rooms().admission(id, ANN, now.plus(DAY))).isEqualTo(new RoomAdmission.NotInvited());
    rooms().delete(id);
    assertThat(rooms().admission(id, ANN, now)).isEqualTo(new RoomAdmission.UnknownRoom());
  }

  @Test
  void deletedUserIsInvitedNowhereAndCallsHearOfIt() {
    List<RoomId> made = new ArrayList<>();
    for (int number = 0; number < RoomsLimits.ERASED_PER_TRANSACTION + 1; number++) {
      made.add(room(Map.of(ANN, RoomRole.PRESENTER, BOB, RoomRole.ATTENDEE)));
    }
    erasure().userDeleted(RESOURCE, ANN);
    erasure().userDeleted(RESOURCE, ANN);
    for (RoomId id : made) {
      assertThat(all(id)).containsExactly(new RoomParticipant(BOB, RoomRole.ATTENDEE));
    }
    assertThat(facts().stream().filter(line -> line.endsWith("removed=" + List.of(ANN))))
        .hasSameSizeAs(made);
  }

  @Test
  void deletedResourceTakesItsRoomsAndNoOthers() {
    for (int number = 0; number < RoomsLimits.ERASED_PER_TRANSACTION + 1; number++) {
      room(Map.of(ANN, RoomRole.PRESENTER));
    }
    Room kept = create(OTHER, Map.of());
    erasure().resourceDeleted(RESOURCE);
    erasure().resourceDeleted(RESOURCE);
    assertThat(rooms().list(RESOURCE, null, 10)).isEmpty();
    assertThat(rooms().list(OTHER, null, 10)).containsExactly(kept);
    assertThat(
            test()
                .database
                .<List<RoomId>>read("test", reading -> store.roomsOf(reading, RESOURCE, ANN, 10)))
        .isEmpty();
  }
}
