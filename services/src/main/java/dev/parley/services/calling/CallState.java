package dev.parley.services.calling;

import java.time.Instant;

/** How far a call is; each record holds only what is true in that state. */
sealed interface CallState {
  /** Not begun: somebody is about to. */
  record Idle() implements CallState {}

  /** Somebody is in it, or calls. */
  sealed interface Live extends CallState {
    CallHeader header();

    Roster roster();
  }

  /** Users are called, and none has answered yet. */
  record Ringing(CallHeader header, Roster roster) implements Live {}

  /** Under way; further users may be called. */
  record Active(CallHeader header, Roster roster) implements Live {}

  /**
   * Over.
   *
   * @param by the user whose doing it was, or empty when it was nobody's
   */
  record Ended(CallHeader header, Instant at, EndReason reason, String by) implements CallState {}
}
