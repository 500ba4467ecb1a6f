package dev.parley.services.calling;

import java.time.Duration;
import java.time.Instant;

/** What a decision wants done, in this order, once it is durable. */
sealed interface CallEffect {
  /** Says no to who asked; nothing changes. */
  record Refuse(CallRefusal refusal) implements CallEffect {}

  /** Tells one client. */
  record Tell(ClientId client, CallNotice notice) implements CallEffect {}

  /**
   * Tells all who are in the call then, one notice for all.
   *
   * @param except a user that is not told, or empty
   */
  record TellAll(CallNotice notice, String except) implements CallEffect {}

  /** Appends to the journal, in the transaction of the decision. */
  record Record(CallFact fact) implements CallEffect {}

  record OpenMedia() implements CallEffect {}

  record CloseMedia() implements CallEffect {}

  record JoinMedia(LegId leg) implements CallEffect {}

  record JoinEcho(LegId leg, Duration delay) implements CallEffect {}

  record LeaveMedia(LegId leg) implements CallEffect {}

  /** Says what of a leg's media goes through. */
  record Permit(LegId leg, CallMedia.Permission permission) implements CallEffect {}

  /** Starts a timer, or moves it when it runs. */
  record StartTimer(CallTimer timer, Instant at) implements CallEffect {}

  record StopTimer(CallTimer timer) implements CallEffect {}
}
