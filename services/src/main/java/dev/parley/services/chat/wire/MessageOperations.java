package dev.parley.services.chat.wire;

import dev.parley.kit.base.Refused;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.InvalidBody;
import dev.parley.kit.http.Paging;
import dev.parley.kit.http.Problem;
import dev.parley.services.chat.ChatLimits;
import dev.parley.services.chat.ChatRefusal;
import dev.parley.services.chat.Message;
import dev.parley.services.chat.Message.Type;
import dev.parley.services.chat.MessageService;
import dev.parley.services.chat.ThreadId;
import dev.parley.services.chat.wire.ChatBodies.MessageBody;
import dev.parley.services.chat.wire.ChatBodies.Page;
import dev.parley.services.chat.wire.ChatBodies.SendMessage;
import dev.parley.services.chat.wire.ChatBodies.SendMessageResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of messages. */
final class MessageOperations {
  private final MessageService messages;

  MessageOperations(MessageService messages) {
    this.messages = messages;
  }

  /** The message that the path names; what is no number is no message of ours. */
  static long messageId(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException foreign) {
      throw new Refused(new ChatRefusal.UnknownMessage());
    }
  }

  Answer send(Exchange exchange) {
    SendMessage request = exchange.json(SendMessage.class);
    Message sent =
        messages.send(
            ThreadOperations.thread(exchange),
            exchange.user().userId(),
            new MessageService.NewMessage(
                type(request.type()),
                request.content(),
                request.senderDisplayName(),
                ChatBodies.texts(request.metadata())));
    return Answer.json(201, new SendMessageResult(Long.toString(sent.id())));
  }

  private static Type type(@Nullable String word) {
    if (word == null) {
      return Type.TEXT;
    }
    return Arrays.stream(Type.values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new InvalidBody("type", "There is no message type of this name."));
  }

  Answer get(Exchange exchange) {
    Message message =
        messages.get(
            ThreadOperations.thread(exchange),
            exchange.user().userId(),
            messageId(exchange.parameter("chatMessageId")));
    return Answer.json(200, MessageBody.of(message));
  }

  Answer list(Exchange exchange) {
    ThreadId thread = ThreadOperations.thread(exchange);
    int size = Pages.size(exchange, ChatLimits.MESSAGES_PAGE_DEFAULT, ChatLimits.MESSAGES_PAGE_MAX);
    Instant since = Pages.startTime(exchange);
    List<Message> found =
        messages.list(thread, exchange.user().userId(), since, before(exchange), size + 1);
    List<Message> page = found.stream().limit(size).toList();
    String next = found.size() <= size ? null : next(exchange, page.getLast().id(), size, since);
    return Answer.json(200, new Page<>(page.stream().map(MessageBody::of).toList(), next));
  }

  private static long before(Exchange exchange) {
    String cursor = Paging.cursor(exchange.query().get("before"), "before");
    try {
      return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException foreign) {
      throw Problem.badRequest("Query parameter before is not a token of this list.", "before")
          .exception();
    }
  }

  private static String next(Exchange exchange, long before, int size, Instant since) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("maxPageSize", Integer.toString(size));
    if (!since.equals(Instant.EPOCH)) {
      parameters.put("startTime", since.toString());
    }
    parameters.put("before", Paging.token(Long.toString(before)));
    return Paging.nextLink(exchange, parameters);
  }

  Answer update(Exchange exchange) {
    MergePatch patch = MergePatch.parse(exchange.body());
    messages.update(
        ThreadOperations.thread(exchange),
        exchange.user().userId(),
        messageId(exchange.parameter("chatMessageId")),
        new MessageService.Change(patch.text("content"), patch.texts("metadata")));
    return Answer.empty(204);
  }

  Answer delete(Exchange exchange) {
    messages.delete(
        ThreadOperations.thread(exchange),
        exchange.user().userId(),
        messageId(exchange.parameter("chatMessageId")));
    return Answer.empty(204);
  }
}
