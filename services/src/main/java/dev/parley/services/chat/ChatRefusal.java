package dev.parley.services.chat;

import dev.parley.kit.base.Refusal;

/** Why a request about chat is refused. */
public sealed interface ChatRefusal extends Refusal {
  /** There is no such thread, or it was deleted. */
  record UnknownThread() implements ChatRefusal {}

  /** The caller is not a member of the thread. */
  record NotMember() implements ChatRefusal {}

  /** There is no such message, or it is not the caller's to see. */
  record UnknownMessage() implements ChatRefusal {}

  /** Only who wrote a message may change it. */
  record NotSender() implements ChatRefusal {}

  /** The user to remove is not a member. */
  record UnknownParticipant() implements ChatRefusal {}

  /** The thread would have more members than it may. */
  record TooManyMembers(int max) implements ChatRefusal {}

  /** The message is longer than it may be. */
  record MessageTooLarge(int bytesMax) implements ChatRefusal {}

  /** A field breaks a rule; the rule is a sentence for the caller. */
  record Invalid(String field, String rule) implements ChatRefusal {}
}
