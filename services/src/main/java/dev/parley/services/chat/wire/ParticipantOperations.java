package dev.parley.services.chat.wire;

import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.services.chat.ParticipantService;
import dev.parley.services.chat.Participants;
import dev.parley.services.chat.ThreadId;
import dev.parley.services.chat.wire.ChatBodies.AddParticipants;
import dev.parley.services.chat.wire.ChatBodies.AddParticipantsResult;
import dev.parley.services.chat.wire.ChatBodies.ErrorBody;
import dev.parley.services.chat.wire.ChatBodies.ParticipantBody;
import dev.parley.services.identifiers.IdentifierBody;
import java.util.List;

/** The operations of membership. */
final class ParticipantOperations {
  private final ParticipantService participants;

  ParticipantOperations(ParticipantService participants) {
    this.participants = participants;
  }

  Answer list(Exchange exchange) {
    ThreadId thread = ThreadOperations.thread(exchange);
    String user = exchange.user().userId();
    return Answer.json(
        200,
        Pages.bySkip(
            exchange,
            (skip, limit) -> participants.list(thread, user, skip, limit),
            ParticipantBody::of));
  }

  Answer add(Exchange exchange) {
    AddParticipants request = exchange.json(AddParticipants.class);
    List<Participants.Invalid> invalid =
        participants.add(
            ThreadOperations.thread(exchange),
            exchange.user().userId(),
            ChatBodies.wanted(request.participants()));
    return Answer.json(201, new AddParticipantsResult(ErrorBody.of(invalid)));
  }

  Answer remove(Exchange exchange) {
    IdentifierBody who = exchange.json(IdentifierBody.class);
    participants.remove(ThreadOperations.thread(exchange), exchange.user().userId(), who.raw());
    return Answer.empty(204);
  }
}
