package dev.parley.kit.http;

/** What a feature does with one WebSocket. Calls come one at a time and must not block for long. */
public interface SocketListener {
  /** The socket is open. Comes first, once. */
  void opened(Socket socket);

  /** The peer sent a text message. */
  void text(String message);

  /** The socket is closed, by whomever. Comes last, once. */
  void closed();
}
