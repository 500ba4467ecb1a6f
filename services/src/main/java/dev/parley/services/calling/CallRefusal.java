package dev.parley.services.calling;

import dev.parley.kit.base.Refusal;

/** Why a request about calls is refused (docs/protocols/calling-signalling.md §10). */
public sealed interface CallRefusal extends Refusal {
  /** There is no such call, or this client is not in it: the same for both. */
  record UnknownCall() implements CallRefusal {}

  /** The participant is not in the call. */
  record UnknownParticipant(String id) implements CallRefusal {}

  /** Scope, role or media access does not allow it; the capability is the wire's word. */
  record Forbidden(String capability) implements CallRefusal {}

  /** The room lets this user not in, for a reason that has an end code of its own. */
  record RoomClosed(EndReason reason) implements CallRefusal {}

  /** The call or the leg is in no state for it. */
  record InvalidState(String why) implements CallRefusal {}

  /** The call would have more participants than it may. */
  record TooManyParticipants(int max) implements CallRefusal {}

  /** A field breaks a rule; the rule is a sentence for the caller. */
  record Invalid(String field, String rule) implements CallRefusal {}

  /** A description of media cannot be used. */
  record MediaRefused(String why) implements CallRefusal {}
}
