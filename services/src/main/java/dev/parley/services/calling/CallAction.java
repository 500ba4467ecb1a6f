package dev.parley.services.calling;

import java.util.List;
import java.util.Optional;

/** What a participant does in a call (docs/protocols/calling-signalling.md §6). */
public sealed interface CallAction {
  /** Leaves; with {@code forEveryone} the call ends. */
  record HangUp(boolean forEveryone) implements CallAction {}

  /** Says how its own media stand; empty members stay as they are. */
  record Report(Optional<Boolean> muted, Optional<Boolean> video, Optional<Boolean> screen)
      implements CallAction {}

  /** Rests all media of this leg. */
  record Hold() implements CallAction {}

  /** Ends a hold. */
  record Resume() implements CallAction {}

  /** Calls further users into the call. */
  record Add(List<String> users) implements CallAction {}

  /** Takes a participant out, whether it is in or rings. */
  record Remove(String user) implements CallAction {}

  /** Mutes these, or all others when empty. */
  record Mute(Optional<List<String>> users) implements CallAction {}

  /** Sends tones to everybody. */
  record Dtmf(String tones) implements CallAction {}

  /** Raises or lowers a hand: the own one when {@code users} is empty. */
  record Hand(boolean raised, List<String> users) implements CallAction {}

  /** Shows a reaction: like, heart, laugh, applause or surprised. */
  record React(String reaction) implements CallAction {}

  /** Puts these into the spotlight or out of it; off with nobody named ends all. */
  record Spotlight(boolean on, List<String> users) implements CallAction {}

  /** Permits or forbids sound and video to these, or to all others when empty. */
  record Permit(Optional<List<String>> users, Optional<Boolean> audio, Optional<Boolean> video)
      implements CallAction {}

  /** Lets these in from the lobby. */
  record Admit(List<String> users) implements CallAction {}

  /** Lets everybody in from the lobby. */
  record AdmitAll() implements CallAction {}

  /** Turns these away from the lobby. */
  record Deny(List<String> users) implements CallAction {}

  /** Asks a participant to call someone else, or to go to another call, in place of this one. */
  record Transfer(String user, Optional<String> toUser, Optional<CallId> toCall)
      implements CallAction {}

  /**
   * How a transfer that this leg was asked for goes: Accepted, Transferred or Failed.
   *
   * @param reason why, as this client was told or believes
   */
  record TransferProgress(String askedBy, String state, Optional<Reason> reason)
      implements CallAction {}

  /** A reason of a client, in the form of {@link EndReason}. */
  record Reason(int code, int subCode, String message) {}

  /** Sends a line that is being written. */
  record RealTimeText(String text, boolean last) implements CallAction {}

  /** Gives an opinion of the call. */
  record Survey(String json) implements CallAction {}
}
