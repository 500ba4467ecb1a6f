package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import dev.parley.services.calling.CallView.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what. The table by role stands in the protocol, §8. */
class CallRightTest {
  private static final List<CallRole> COLUMNS =
      List.of(CallRole.PRESENTER, CallRole.COLLABORATOR, CallRole.ATTENDEE, CallRole.CONSUMER);
  private static final Access NOTHING = new Access(false, false);

  private static CallHeader header(CallKind kind, Access access) {
    return new CallHeader(
        new ResourceId(new UUID(1, 1)),
        new CallId(new UUID(5, 5)),
        kind,
        Optional.empty(),
        new CallView.Person("ann", "Ann"),
        CallRole.PRESENTER,
        "",
        Instant.EPOCH,
        new UUID(6, 6),
        false,
        access,
        Optional.empty());
  }

  private static Participant participant(CallRole role, Access access) {
    return new Participant(
        new UUID(7, 7),
        new CallView.Person("bob", "Bob"),
        role,
        false,
        new Place.Present(Leg.of(new LegId(new UUID(8, 8)), new ClientId(new UUID(9, 9))), false),
        access,
        0,
        Participant.Signals.QUIET);
  }

  private static String reason(CallRight right, CallRole role, Access own, Access meeting) {
    return right.of(header(CallKind.GROUP, meeting), participant(role, own)).reason();
  }

  /** Rows of §8: backquoted words, then yes or no for each role. */
  private static Map<String, List<Boolean>> documented() throws IOException {
    Map<String, List<Boolean>> rows = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/protocols/calling-signalling.md"))) {
      if (line.matches("\\| `.*\\| (yes|no) \\|$")) {
        List<String> cells = Arrays.asList(line.split(" \\| "));
        List<Boolean> allowed =
            cells.subList(1, 5).stream().map(cell -> cell.startsWith("yes")).toList();
        Matcher words = Pattern.compile("`(\\w+)`").matcher(cells.getFirst());
        while (words.find()) {
          rows.put(words.group(1), allowed);
        }
      }
    }
    return rows;
  }

  @Test
  void rightsByRoleAreThoseOfTheProtocol() throws IOException {
    Map<String, List<Boolean>> actual = new HashMap<>();
    for (CallRight right : CallRight.values()) {
      actual.put(
          right.word(),
          COLUMNS.stream()
              .map(role ->
                  right.isOf(
                      header(CallKind.GROUP, Participant.FULL),
                      participant(role, Participant.FULL)))
              .toList());
    }
    assertThat(actual).isEqualTo(documented());
  }

  @Test
  void accessTakenFromOneBindsAlsoPresenters() {
    for (CallRole role : List.of(CallRole.PRESENTER, CallRole.ATTENDEE)) {
      assertThat(reason(CallRight.UNMUTE_MIC, role, NOTHING, Participant.FULL))
          .isEqualTo("MeetingRestricted");
      assertThat(reason(CallRight.TURN_VIDEO_ON, role, NOTHING, Participant.FULL))
          .isEqualTo("MeetingRestricted");
    }
  }

  @Test
  void accessTakenFromTheMeetingBindsThoseWhoAreNoPresenters() {
    assertThat(reason(CallRight.UNMUTE_MIC, CallRole.ATTENDEE, Participant.FULL, NOTHING))
        .isEqualTo("MeetingRestricted");
    assertThat(reason(CallRight.UNMUTE_MIC, CallRole.PRESENTER, Participant.FULL, NOTHING))
        .isEqualTo("Capable");
    assertThat(reason(CallRight.UNMUTE_MIC, CallRole.CONSUMER, Participant.FULL, NOTHING))
        .isEqualTo("RoleRestricted");
  }

  @Test
  void nobodyIsAddedToARoom() {
    CallHeader room = header(CallKind.ROOM, Participant.FULL);
    assertThat(CallRight.ADD_USER.of(room, participant(CallRole.PRESENTER, Participant.FULL)))
        .isEqualTo(new CallView.Capability(false, "FeatureNotSupported"));
  }

  @ParameterizedTest
  @EnumSource(CallRole.class)
  void whatIsHeldBackFollowsTheRights(CallRole role) {
    CallHeader header = header(CallKind.GROUP, Participant.FULL);
    Participant one = participant(role, Participant.FULL).withMuted(false);
    CallMedia.Permission permission = CallViews.permission(header, one);
    assertThat(permission.sound()).isEqualTo(CallRight.UNMUTE_MIC.isOf(header, one));
    assertThat(permission.video()).isEqualTo(CallRight.TURN_VIDEO_ON.isOf(header, one));
    assertThat(permission.screen()).isEqualTo(CallRight.SHARE_SCREEN.isOf(header, one));
    assertThat(permission.hears()).isTrue();
    Leg leg = one.place().anyLeg().orElseThrow();
    CallMedia.Permission held =
        CallViews.permission(header, one.with(new Place.Present(leg, true)));
    assertThat(held).isEqualTo(new CallMedia.Permission(false, false, false, false));
    assertThat(CallViews.permission(header, one.with(new Place.Waiting(leg)))).isEqualTo(held);
    assertThat(CallViews.permission(header, one.withMuted(true)).sound()).isFalse();
  }
}
