package dev.parley.services.push;

import dev.parley.kit.base.ResourceId;
import java.util.Set;

/**
 * The way of messages to connected users. A user may have several devices; each registered device
 * gets each message. Nothing here blocks on a socket: a device that does not read is dropped and
 * catches up from the journal when it comes back.
 */
public interface Push {
  /**
   * Hands {@code message} to every registered device of the user; does nothing when there is none.
   * Messages of one caller arrive in the order of the calls.
   */
  void deliver(ResourceId resource, String userRawId, PushMessage message);

  /** Whether the user has a registered device, connected now. */
  boolean isConnected(ResourceId resource, String userRawId);

  /**
   * The raw ids of the users of the resource who have a registered device, connected now. A fact
   * for many members is expanded for these only.
   */
  Set<String> connectedUsers(ResourceId resource);

  /** Ends all sessions of the user at once; nothing is delivered to them after this returned. */
  void close(ResourceId resource, String userRawId);
}
