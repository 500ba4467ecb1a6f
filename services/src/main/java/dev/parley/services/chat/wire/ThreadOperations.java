package dev.parley.services.chat.wire;

import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Caller;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Json;
import dev.parley.kit.http.Paging;
import dev.parley.kit.http.Problem;
import dev.parley.services.chat.ChatLimits;
import dev.parley.services.chat.ChatStore.ThreadCursor;
import dev.parley.services.chat.ChatThread;
import dev.parley.services.chat.ThreadId;
import dev.parley.services.chat.ThreadService;
import dev.parley.services.chat.wire.ChatBodies.CreateThread;
import dev.parley.services.chat.wire.ChatBodies.CreateThreadResult;
import dev.parley.services.chat.wire.ChatBodies.ErrorBody;
import dev.parley.services.chat.wire.ChatBodies.Page;
import dev.parley.services.chat.wire.ChatBodies.RetentionBody;
import dev.parley.services.chat.wire.ChatBodies.ThreadBody;
import dev.parley.services.chat.wire.ChatBodies.ThreadItem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The operations of threads. */
final class ThreadOperations {
  private final ThreadService threads;

  ThreadOperations(ThreadService threads) {
    this.threads = threads;
  }

  /** The thread that the path names, within the caller's resource. */
  static ThreadId thread(Exchange exchange) {
    return new ThreadId(exchange.user().resource(), exchange.parameter("chatThreadId"));
  }

  Answer create(Exchange exchange) {
    CreateThread request = exchange.json(CreateThread.class);
    RetentionBody retention = request.retentionPolicy();
    Caller.User user = exchange.user();
    ThreadService.Created created =
        threads.create(
            user.resource(),
            user.userId(),
            new ThreadService.NewThread(
                request.topic(),
                ChatBodies.wanted(request.participants()),
                ChatBodies.texts(request.metadata()),
                retention == null ? null : retention.days()));
    CreateThreadResult result =
        new CreateThreadResult(ThreadBody.of(created.thread()), ErrorBody.of(created.invalid()));
    String location = exchange.baseUrl() + "/chat/threads/" + created.thread().id();
    return Answer.json(201, result).with("Location", location);
  }

  Answer get(Exchange exchange) {
    ChatThread thread = threads.get(thread(exchange), exchange.user().userId());
    return Answer.json(200, ThreadBody.of(thread));
  }

  Answer list(Exchange exchange) {
    int size = Pages.size(exchange, ChatLimits.PAGE_DEFAULT, ChatLimits.PAGE_MAX);
    Instant since = Pages.startTime(exchange);
    String cursor = Paging.cursor(exchange.query().get("after"), "after");
    Caller.User user = exchange.user();
    List<ChatThread> found =
        threads.list(
            user.resource(),
            user.userId(),
            since,
            cursor == null ? null : cursor(cursor),
            size + 1);
    List<ChatThread> page = found.stream().limit(size).toList();
    String next = found.size() <= size ? null : next(exchange, page.getLast(), size, since);
    return Answer.json(200, new Page<>(page.stream().map(ThreadItem::of).toList(), next));
  }

  private static String next(Exchange exchange, ChatThread last, int size, Instant since) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("maxPageSize", Integer.toString(size));
    if (!since.equals(Instant.EPOCH)) {
      parameters.put("startTime", since.toString());
    }
    String cursor = last.lastMessageAt().toEpochMilli() + " " + last.id();
    parameters.put("after", Paging.token(cursor));
    return Paging.nextLink(exchange, parameters);
  }

  private static ThreadCursor cursor(String text) {
    int space = text.indexOf(' ');
    try {
      Instant at = Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, space))));
      return new ThreadCursor(at, text.substring(space + 1));
    } catch (NumberFormatException foreign) {
      throw Problem.badRequest("Query parameter after is not a token of this list.", "after")
          .exception();
    }
  }

  Answer update(Exchange exchange) {
    MergePatch patch = MergePatch.parse(exchange.body());
    ThreadService.Change change =
        new ThreadService.Change(
            patch.text("topic"), patch.texts("metadata"), retention(patch.node("retentionPolicy")));
    threads.update(thread(exchange), exchange.user().userId(), change);
    return Answer.empty(204);
  }

  /** Null in the patch removes the policy, as the kind none does. */
  @SuppressWarnings("NullOptional")
  private static @Nullable Optional<Integer> retention(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    return node.isNull()
        ? Optional.empty()
        : Optional.ofNullable(Json.read(Json.bytes(node), RetentionBody.class).days());
  }

  Answer delete(Exchange exchange) {
    threads.delete(thread(exchange), exchange.user().userId());
    return Answer.empty(204);
  }
}
