package dev.parley.services.chat.wire;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.http.Json;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.sql.Database;
import dev.parley.services.chat.Audience;
import dev.parley.services.chat.ChatFacts;
import dev.parley.services.chat.ChatLimits;
import dev.parley.services.chat.ChatStore;
import dev.parley.services.chat.ChatThread;
import dev.parley.services.chat.Member;
import dev.parley.services.chat.Message;
import dev.parley.services.chat.ReceiptService;
import dev.parley.services.chat.ThreadId;
import dev.parley.services.push.Push;
import dev.parley.services.push.PushMessage;
import dev.parley.services.push.PushSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Chat's facts as real-time events. One fact becomes one body, addressed to each member who is
 * connected; what was deleted since is not told any more.
 */
public final class ChatPush implements PushSource {
  private final Database database;
  private final ChatStore store;
  private final Audience audience;

  public ChatPush(Database database, ChatStore store, Audience audience) {
    this.database = database;
    this.store = store;
    this.audience = audience;
  }

  @Override
  public void push(Entry entry, Push to) {
    Fact fact = entry.fact();
    if (!fact.type().startsWith("chat.")) {
      return;
    }
    ThreadId thread = new ThreadId(fact.resource(), fact.subject());
    FactBody body = FactBody.parse(fact.body());
    String by = body.text(ChatFacts.BY).orElse("");
    Sender sender = new Sender(entry.position(), thread, to);
    switch (fact.type()) {
      case ChatFacts.MESSAGE_SENT -> message(sender, body, fact.at(), ChatEvents.RECEIVED);
      case ChatFacts.MESSAGE_EDITED -> message(sender, body, fact.at(), ChatEvents.EDITED);
      case ChatFacts.MESSAGE_DELETED -> message(sender, body, fact.at(), ChatEvents.DELETED);
      case ChatFacts.RECEIPT_SENT -> receipt(sender, body, by, fact.at());
      case ChatFacts.THREAD_CREATED -> created(sender, fact.at());
      case ChatFacts.THREAD_UPDATED -> updated(sender, by, fact.at());
      case ChatFacts.THREAD_DELETED -> deleted(sender, body, by, fact.at());
      case ChatFacts.PARTICIPANTS_ADDED -> added(sender, body, by, fact.at());
      case ChatFacts.PARTICIPANTS_REMOVED -> removed(sender, body, by, fact.at());
      default -> {}
    }
  }

  /** Tells those who are there that someone types; nothing of it is kept. */
  public void typing(Bus.Message signal, Push to) {
    FactBody body = FactBody.parse(new String(signal.payload(), StandardCharsets.UTF_8));
    Optional<String> resource = body.text(ReceiptService.TYPING_RESOURCE);
    Optional<String> id = body.text(ReceiptService.TYPING_THREAD);
    if (resource.isEmpty() || id.isEmpty()) {
      return;
    }
    ThreadId thread = new ThreadId(ResourceId.parse(resource.get()), id.get());
    Instant at = Instant.ofEpochMilli(body.number(ReceiptService.TYPING_AT).orElse(0L));
    String by = body.text(ChatFacts.BY).orElse("");
    String name = body.text(ReceiptService.TYPING_NAME).orElse("");
    new Sender(PushMessage.EPHEMERAL, thread, to)
        .toMembers(ChatEvents.TYPING, ChatEvents.typing(thread, by, name, at), Instant.MAX);
  }

  private void message(Sender sender, FactBody body, Instant version, int eventId) {
    if (sender.isUnheard()) {
      return;
    }
    Optional<Message> found =
        body.number(ChatFacts.MESSAGE)
            .flatMap(id ->
                store
                    .fresh(sender.thread, id, version)
                    .or(() -> load(reading -> store.message(reading, sender.thread, id))));
    if (found.isEmpty()) {
      return;
    }
    Message message = found.get();
    boolean gone = message.deletedAt() != null && eventId != ChatEvents.DELETED;
    if (!gone) {
      String event = ChatEvents.message(eventId, sender.thread, message);
      sender.toMembers(eventId, event, message.createdAt());
    }
  }

  private void receipt(Sender sender, FactBody body, String by, Instant at) {
    if (sender.isUnheard()) {
      return;
    }
    body.number(ChatFacts.MESSAGE)
        .ifPresent(id -> {
          String event = ChatEvents.receipt(sender.thread, by, id, at);
          sender.toMembers(ChatEvents.RECEIPT, event, Instant.ofEpochMilli(id));
        });
  }

  private void created(Sender sender, Instant at) {
    audience.forget(sender.thread);
    thread(sender.thread)
        .ifPresent(thread -> {
          List<Member> members =
              load(reading -> store.members(reading, thread.id(), 0, ChatLimits.MEMBERS_MAX));
          String event = ChatEvents.threadCreated(thread, members, at);
          sender.toMembers(ChatEvents.THREAD_CREATED, event, Instant.MAX);
        });
  }

  private void updated(Sender sender, String by, Instant at) {
    thread(sender.thread)
        .ifPresent(thread -> {
          String event = ChatEvents.threadUpdated(thread, by, at);
          sender.toMembers(ChatEvents.THREAD_UPDATED, event, Instant.MAX);
        });
  }

  private void deleted(Sender sender, FactBody body, String by, Instant at) {
    audience.forget(sender.thread);
    String event = ChatEvents.threadDeleted(sender.thread, by, at);
    sender.to(ChatEvents.THREAD_DELETED, event, Set.copyOf(body.texts(ChatFacts.USERS))::contains);
  }

  private void added(Sender sender, FactBody body, String by, Instant at) {
    audience.forget(sender.thread);
    List<Member> added =
        load(reading ->
            body.texts(ChatFacts.USERS).stream()
                .flatMap(user -> store.member(reading, sender.thread, user).stream())
                .toList());
    String event = ChatEvents.participantsAdded(sender.thread, by, added, at);
    sender.toMembers(ChatEvents.PARTICIPANTS_ADDED, event, Instant.MAX);
  }

  private void removed(Sender sender, FactBody body, String by, Instant at) {
    audience.forget(sender.thread);
    List<String> users = body.texts(ChatFacts.USERS);
    List<Member> removed =
        users.stream().map(user -> new Member(user, null, Instant.EPOCH, Map.of())).toList();
    String event = ChatEvents.participantsRemoved(sender.thread, by, removed, at);
    Map<String, Instant> members = audience.of(sender.thread);
    sender.to(
        ChatEvents.PARTICIPANTS_REMOVED,
        event,
        user -> members.containsKey(user) || users.contains(user));
  }

  private Optional<ChatThread> thread(ThreadId id) {
    return load(reading -> store.thread(reading, id));
  }

  private <T> T load(Function<dev.parley.kit.sql.Reading, T> query) {
    return database.read("chat.push", query::apply);
  }

  /** Addresses one event to those whom it concerns. */
  private final class Sender {
    private final long position;
    private final ThreadId thread;
    private final Push push;

    Sender(long position, ThreadId thread, Push push) {
      this.position = position;
      this.thread = thread;
      this.push = push;
    }

    /** Whether nobody of the resource is there. */
    boolean isUnheard() {
      return push.connectedUsers(thread.resource()).isEmpty();
    }

    /** To all members who may see what was made at {@code madeAt}. */
    void toMembers(int eventId, String body, Instant madeAt) {
      Map<String, Instant> members = audience.of(thread);
      Set<String> connected = push.connectedUsers(thread.resource());
      if (members.size() < connected.size()) {
        Letter letter = new Letter(eventId, body);
        members.forEach((user, from) -> {
          if (!from.isAfter(madeAt) && push.isConnected(thread.resource(), user)) {
            letter.deliver(user);
          }
        });
      } else {
        to(
            eventId,
            body,
            user -> {
              Instant from = members.get(user);
              return from != null && !from.isAfter(madeAt);
            });
      }
    }

    void to(int eventId, String body, java.util.function.Predicate<String> concerns) {
      Letter letter = new Letter(eventId, body);
      for (String user : push.connectedUsers(thread.resource())) {
        if (concerns.test(user)) {
          letter.deliver(user);
        }
      }
    }

    /** One event, escaped once for all who get it. */
    private final class Letter {
      private final int eventId;
      private final String[] aroundRecipient;

      Letter(int eventId, String body) {
        this.eventId = eventId;
        this.aroundRecipient = Json.text(body).split(ChatEvents.RECIPIENT, -1);
      }

      /** A raw id has nothing that JSON would escape. */
      void deliver(String user) {
        push.deliver(
            thread.resource(),
            user,
            new PushMessage(
                eventId, String.join(user, aroundRecipient), Integer.toString(eventId), position));
      }
    }
  }
}
