package dev.parley.kit.bus;

import java.util.function.Consumer;

/**
 * Publish and subscribe by subject, at most once. Subjects are dot-separated tokens of unreserved
 * characters, as in NATS; a subscription may use {@code *} for one token and a trailing {@code >}
 * for the rest.
 */
public interface Bus extends AutoCloseable {
  /**
   * Hands {@code message} to all who subscribe now; never blocks, drops for a subscriber that is
   * full.
   */
  void publish(String subject, byte[] message);

  /**
   * Calls {@code receiver} for each message in the order of its publisher, one at a time, on a
   * virtual thread of this subscription, behind a bounded queue.
   */
  Subscription subscribe(String pattern, Consumer<Message> receiver);

  @Override
  void close();

  /** A message as it arrived. */
  record Message(String subject, byte[] payload) {}

  /** Ends the subscription when closed; the receiver is not called again after that returns. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
