package dev.parley.services.push;

import java.util.List;

/**
 * The way to one device, as sessions use it; implemented above a socket by {@code push.wire}. No
 * method blocks; calls come one at a time, under the session's lock.
 */
public interface Line {
  /**
   * Sends messages together, in order; the client takes all of them and remembers {@code resume} in
   * the same instant, or none.
   */
  void deliver(List<Framed> messages, String resume);

  /**
   * A message and the number that its answer bears.
   *
   * @param frame rises within a session
   */
  record Framed(long frame, PushMessage message) {}

  /** Sends a signal. */
  void signal(long frame, PushMessage message);

  /** Lets the client remember {@code resume}. */
  void remember(String resume);

  /** Asks the client to open a new connection and then to leave this one. */
  void askReconnect();

  /** Closes the socket. */
  void end(EndReason reason);
}
