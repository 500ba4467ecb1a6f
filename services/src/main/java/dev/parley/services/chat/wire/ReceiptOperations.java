package dev.parley.services.chat.wire;

import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.services.chat.ReceiptService;
import dev.parley.services.chat.ThreadId;
import dev.parley.services.chat.wire.ChatBodies.ReceiptBody;
import dev.parley.services.chat.wire.ChatBodies.SendReceipt;
import dev.parley.services.chat.wire.ChatBodies.Typing;

/** The operations of read receipts and typing. */
final class ReceiptOperations {
  private final ReceiptService receipts;

  ReceiptOperations(ReceiptService receipts) {
    this.receipts = receipts;
  }

  Answer send(Exchange exchange) {
    SendReceipt request = exchange.json(SendReceipt.class);
    receipts.send(
        ThreadOperations.thread(exchange),
        exchange.user().userId(),
        MessageOperations.messageId(request.chatMessageId()));
    return Answer.empty(200);
  }

  Answer list(Exchange exchange) {
    ThreadId thread = ThreadOperations.thread(exchange);
    String user = exchange.user().userId();
    return Answer.json(
        200,
        Pages.bySkip(
            exchange, (skip, limit) -> receipts.list(thread, user, skip, limit), ReceiptBody::of));
  }

  Answer typing(Exchange exchange) {
    Typing request = exchange.json(Typing.class);
    receipts.typing(
        ThreadOperations.thread(exchange), exchange.user().userId(), request.senderDisplayName());
    return Answer.empty(200);
  }
}
