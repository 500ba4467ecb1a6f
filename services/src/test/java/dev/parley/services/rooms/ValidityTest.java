package dev.parley.services.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.services.rooms.RoomRefusal.EndsInThePast;
import dev.parley.services.rooms.RoomRefusal.WindowInvalid;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The window of a room and who may pass it, as tables. Days are counted from now. */
class ValidityTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00.123Z");

  private static Instant day(double days) {
    return NOW.plusMillis((long) (days * 86_400_000));
  }

  private static @Nullable Instant dayOrNull(@Nullable Double days) {
    return days == null ? null : day(days);
  }

  private static Arguments row(
      @Nullable Double from, @Nullable Double until, @Nullable Double start, Object end) {
    return Arguments.of(from, until, start, end);
  }

  static Stream<Arguments> wishes() {
    WindowInvalid invalid = new WindowInvalid(Duration.ofDays(180));
    EndsInThePast past = new EndsInThePast();
    return Stream.of(
        row(null, null, 0.0, 180.0),
        row(3.0, null, 3.0, 180.0),
        row(null, 21.0, 0.0, 21.0),
        row(3.0, 31.0, 3.0, 31.0),
        row(3.0, 183.0, 3.0, 183.0),
        row(-5.0, 1.0, -5.0, 1.0),
        row(3.0, 183.1, null, invalid),
        row(203.0, null, null, invalid),
        row(null, 203.0, null, invalid),
        row(4.0, 3.0, null, invalid),
        row(3.0, 3.0, null, invalid),
        row(null, -1.0, null, past),
        row(null, 0.0, null, past),
        row(-2.0, -1.0, null, past),
        row(-1.0, -2.0, null, past));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void windowIsWhatWasWishedOrRefused(
      @Nullable Double from, @Nullable Double until, @Nullable Double start, Object end) {
    if (end instanceof RoomRefusal refusal) {
      assertThatThrownBy(() -> Validity.wished(dayOrNull(from), dayOrNull(until), NOW))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    } else {
      assertThat(Validity.wished(dayOrNull(from), dayOrNull(until), NOW))
          .isEqualTo(new Validity(day(Objects.requireNonNull(start)), day((Double) end)));
    }
  }

  @Test
  void changeKeepsWhatItDoesNotName() {
    Validity open = new Validity(day(-1.0), day(10.0));
    assertThat(open.changed(null, null, NOW)).isSameAs(open);
    assertThat(open.changed(day(2.0), null, NOW)).isEqualTo(new Validity(day(2.0), day(10.0)));
    assertThat(open.changed(null, day(5.0), NOW)).isEqualTo(new Validity(day(-1.0), day(5.0)));
    assertThatThrownBy(() -> open.changed(day(11.0), null, NOW)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> open.changed(null, day(180.0), NOW)).isInstanceOf(Refused.class);
  }

  @Test
  void closedRoomOpensAgainOnlyWithANewEnd() {
    Validity closed = new Validity(day(-10.0), day(-1.0));
    assertThat(closed.changed(null, null, NOW)).isSameAs(closed);
    assertThatThrownBy(() -> closed.changed(day(-2.0), null, NOW)).isInstanceOf(Refused.class);
    assertThat(closed.changed(null, day(1.0), NOW)).isEqualTo(new Validity(day(-10.0), day(1.0)));
  }

  @Test
  void partsOfAMillisecondAreDropped() {
    assertThat(Validity.wished(NOW.plusNanos(999_999), NOW.plusNanos(2_000_001), NOW))
        .isEqualTo(new Validity(NOW, NOW.plusMillis(2)));
  }

  static Stream<Arguments> moments() {
    Room room =
        new Room(
            new RoomId(new ResourceId(new UUID(1, 1)), "99000000000000001"),
            NOW,
            new Validity(day(1.0), day(2.0)),
            true);
    RoomAdmission early = new RoomAdmission.NotYetValid(day(1.0));
    RoomAdmission admitted = new RoomAdmission.Admitted(RoomRole.CONSUMER, day(2.0), true);
    RoomAdmission late = new RoomAdmission.Expired(day(2.0));
    return Stream.of(
        Arguments.of(room, day(0.0), early),
        Arguments.of(room, day(1.0).minusMillis(1), early),
        Arguments.of(room, day(1.0), admitted),
        Arguments.of(room, day(2.0).minusMillis(1), admitted),
        Arguments.of(room, day(2.0), late),
        Arguments.of(room, day(9.0), late));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void invitedUserIsAdmittedWithinTheWindow(Room room, Instant at, RoomAdmission answer) {
    assertThat(RoomAdmission.of(room, RoomRole.CONSUMER, at)).isEqualTo(answer);
  }
}
