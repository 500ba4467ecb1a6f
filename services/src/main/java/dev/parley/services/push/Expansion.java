package dev.parley.services.push;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One fact on its way to an audience; counts what each user gets of it, for their cursors. */
final class Expansion implements Push {
  private final Entry entry;
  private final Audience audience;
  private final Map<String, Integer> counts = new HashMap<>();

  Expansion(Entry entry, Audience audience) {
    this.entry = entry;
    this.audience = audience;
  }

  /** Those who are to get it. */
  interface Audience {
    Set<String> users(ResourceId resource);

    Set<Session> sessions(ResourceId resource, String user);

    void offer(Session session, Cursor after, PushMessage message);
  }

  @Override
  public void deliver(ResourceId resource, String userRawId, PushMessage message) {
    if (message.position() != entry.position()) {
      throw new IllegalArgumentException(
          "a message of " + message.position() + " was made from the fact " + entry.position());
    }
    Cursor after = new Cursor(entry.position(), counts.merge(userRawId, 1, Integer::sum));
    for (Session session : audience.sessions(resource, userRawId)) {
      audience.offer(session, after, message);
    }
  }

  @Override
  public boolean isConnected(ResourceId resource, String userRawId) {
    return !audience.sessions(resource, userRawId).isEmpty();
  }

  @Override
  public Set<String> connectedUsers(ResourceId resource) {
    return audience.users(resource);
  }

  @Override
  public void close(ResourceId resource, String userRawId) {
    throw new UnsupportedOperationException("a source only delivers");
  }
}
