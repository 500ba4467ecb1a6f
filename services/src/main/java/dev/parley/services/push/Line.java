package dev.parley.services.push;

/**
 * The way to one device, as sessions use it; implemented above a socket by {@code push.wire}. No
 * method blocks; calls come one at a time, under the session's lock.
 */
public interface Line {
  /** Sends a message; the client remembers {@code resume} in the same instant it takes it. */
  void deliver(long frame, PushMessage message, String resume);

  /** Sends a signal. */
  void signal(long frame, PushMessage message);

  /** Lets the client remember {@code resume}. */
  void remember(String resume);

  /** Asks the client to open a new connection and then to leave this one. */
  void askReconnect();

  /** Closes the socket. */
  void end(EndReason reason);
}
