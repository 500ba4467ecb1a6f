package dev.parley.kit.http;

/**
 * One open WebSocket as a feature sees it: text out through a bounded queue, never blocking, from
 * any thread; texts of one thread go out in the order of its calls.
 */
public interface Socket {
  /**
   * Queues {@code text} as one message. When the peer reads so slowly that the queue is full, the
   * socket is cut.
   *
   * @return false when the socket is closed, or was cut for being full
   */
  boolean send(String text);

  /** As {@link #send(String)}, for text that is in UTF-8 already. */
  boolean send(byte[] utf8);

  /**
   * As {@link #send(String)}, but may wait {@link SocketLimits#SOON} for what follows, so that both
   * share a write; order is kept.
   */
  boolean sendSoon(String text);

  /**
   * Closes after what is queued was sent, or after {@link SocketLimits#closeTimeout}.
   *
   * @param code of RFC 6455 §7.4
   */
  void close(int code, String reason);

  /** Closes at once; what is queued is lost. */
  void cut();

  /** Bytes that are queued and not yet written, but for those of {@link #sendSoon}. */
  long queuedBytes();
}
