package dev.parley.services.rooms;

import dev.parley.kit.base.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The window in which a room can be joined.
 *
 * @param from its first moment, to the millisecond
 * @param until the moment from which on it is over, to the millisecond
 */
public record Validity(Instant from, Instant until) {
  /**
   * The window that a caller wishes, with the defaults for what they left open: from now, and until
   * {@link RoomsLimits#VALIDITY_MAX} from now (not from the wished start).
   */
  static Validity wished(@Nullable Instant from, @Nullable Instant until, Instant now) {
    return checked(
        from == null ? now : from, until == null ? now.plus(RoomsLimits.VALIDITY_MAX) : until, now);
  }

  /** This window after a change; what is null stays. */
  Validity changed(@Nullable Instant newFrom, @Nullable Instant newUntil, Instant now) {
    if (newFrom == null && newUntil == null) {
      return this;
    }
    return checked(newFrom == null ? from : newFrom, newUntil == null ? until : newUntil, now);
  }

  /**
   * Refuses what ACS refuses: an end in the past first, then an end before the start and a window
   * that is too long (recordings of the Python SDK). A start in the past is no fault: it is that of
   * every room that is open.
   */
  private static Validity checked(Instant from, Instant until, Instant now) {
    if (!until.isAfter(now)) {
      throw new Refused(new RoomRefusal.EndsInThePast());
    }
    // Asked in whole milliseconds, as it is stored: who wishes 180 days to the microsecond gets
    // them.
    Instant start = from.truncatedTo(ChronoUnit.MILLIS);
    Instant end = until.truncatedTo(ChronoUnit.MILLIS);
    boolean holds =
        end.isAfter(start) && Duration.between(start, end).compareTo(RoomsLimits.VALIDITY_MAX) <= 0;
    if (!holds) {
      throw new Refused(new RoomRefusal.WindowInvalid(RoomsLimits.VALIDITY_MAX));
    }
    return new Validity(start, end);
  }
}
