package dev.parley.services.chat.sql;

import dev.parley.services.chat.Message;
import dev.parley.services.chat.ThreadId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that this process wrote a moment ago, so that telling their readers costs no query: at
 * most {@value #MESSAGES}, none with a content of more than {@value #CHARACTERS} characters.
 * Thread-safe.
 */
final class FreshMessages {
  static final int MESSAGES = 1024;
  static final int CHARACTERS = 4096;

  private final Map<Key, Message> messages = new LinkedHashMap<>();

  private record Key(ThreadId thread, long id) {}

  /**
   * Takes a message that is durable now.
   *
   * @param characters of its content as stored
   */
  synchronized void put(ThreadId thread, Message message, int characters) {
    Key key = new Key(thread, message.id());
    messages.remove(key);
    if (characters > CHARACTERS) {
      return;
    }
    messages.put(key, message);
    if (messages.size() > MESSAGES) {
      messages.remove(messages.keySet().iterator().next());
    }
  }

  /** The message, if it is here as it was changed at {@code version}. */
  synchronized Optional<Message> find(ThreadId thread, long id, Instant version) {
    return Optional.ofNullable(messages.get(new Key(thread, id)))
        .filter(message -> message.version() == version.toEpochMilli());
  }

  /** Forgets all: messages were emptied or deleted in the store. */
  synchronized void clear() {
    messages.clear();
  }
}
