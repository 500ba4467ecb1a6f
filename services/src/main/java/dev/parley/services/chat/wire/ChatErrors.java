package dev.parley.services.chat.wire;

import dev.parley.kit.http.Problem;
import dev.parley.services.chat.ChatRefusal;

/** How the refusals of chat look on the wire; the codes are those of compat §3.1. */
final class ChatErrors {
  private ChatErrors() {}

  static Problem problem(ChatRefusal refusal) {
    return switch (refusal) {
      case ChatRefusal.UnknownThread unknown ->
          new Problem(404, "NotFound", "There is no such chat thread.");
      case ChatRefusal.NotMember none ->
          new Problem(403, "Forbidden", "The user is not a participant of the chat thread.");
      case ChatRefusal.UnknownMessage unknown ->
          new Problem(404, "NotFound", "There is no such chat message.");
      case ChatRefusal.NotSender other ->
          new Problem(403, "Forbidden", "Only the sender may change a chat message.");
      case ChatRefusal.UnknownParticipant unknown ->
          new Problem(404, "NotFound", "There is no such participant in the chat thread.");
      case ChatRefusal.TooManyMembers many ->
          Problem.badRequest(
              "A chat thread has at most " + many.max() + " participants.", "participants");
      case ChatRefusal.MessageTooLarge large ->
          new Problem(
                  413,
                  "RequestEntityTooLarge",
                  "A chat message has at most " + large.bytesMax() + " bytes.")
              .withTarget("content");
      case ChatRefusal.Invalid invalid -> Problem.badRequest(invalid.rule(), invalid.field());
    };
  }
}
