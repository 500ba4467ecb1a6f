package dev.parley.services.calling.wire;

import dev.parley.kit.base.Clock;
import dev.parley.kit.http.Socket;
import dev.parley.kit.http.SocketListener;
import dev.parley.services.calling.wire.ClientMessage.Hello;
import dev.parley.services.calling.wire.ClientMessage.Numbered;
import dev.parley.services.calling.wire.ClientMessage.Ping;
import dev.parley.services.calling.wire.ClientMessage.Unusable;
import org.jspecify.annotations.Nullable;

/** One socket of a client: nothing but {@code hello} counts before it has a session. */
final class SignallingSocket implements SocketListener {
  /** Codes of a closed socket: RFC 6455 §7.4.1, and those of the protocol's §3. */
  static final int LEFT = 1000;

  static final int STOPPING = 1001;
  static final int MALFORMED = 4400;
  static final int UNAUTHORIZED = 4401;
  static final int TAKEN_OVER = 4409;
  static final int TOO_MANY = 4429;

  private final ClientSessions sessions;
  private final Clock clock;
  private volatile @Nullable Socket socket;
  private volatile @Nullable ClientSession session;
  private volatile long heardNanos;
  private volatile boolean closing;
  private Clock.@Nullable Timer patience;

  SignallingSocket(ClientSessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public void opened(Socket opened) {
    socket = opened;
    heardNanos = clock.nanoTime();
    patience =
        clock.after(
            SignallingLimits.HELLO_TIMEOUT,
            () -> {
              if (session == null) {
                close(MALFORMED, "no hello came");
              }
            });
  }

  @Override
  public void text(String message) {
    heardNanos = clock.nanoTime();
    if (closing) {
      return;
    }
    try {
      take(RequestParser.parse(message));
    } catch (RequestParser.Malformed malformed) {
      close(MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }

  private void take(ClientMessage message) {
    ClientSession current = session;
    if (current != null) {
      current.received(this, message);
      return;
    }
    switch (message) {
      case Numbered numbered when numbered.request() instanceof Hello hello ->
          sessions.hello(this, numbered.id(), hello);
      case Unusable unusable -> {
        send(Frames.error(unusable.id(), unusable.error()));
        close(MALFORMED, "the first message must be a hello");
      }
      case Numbered other -> close(MALFORMED, "the first message must be a hello");
      case Ping ping -> close(MALFORMED, "the first message must be a hello");
    }
  }

  /** From now on its messages are the session's. */
  void belongTo(ClientSession owner) {
    session = owner;
    Clock.Timer waiting = patience;
    if (waiting != null) {
      waiting.cancel();
    }
  }

  @Override
  public void closed() {
    closing = true;
    Clock.Timer waiting = patience;
    if (waiting != null) {
      waiting.cancel();
    }
    ClientSession current = session;
    if (current != null) {
      current.lost(this);
    }
  }

  /** Sends a message; one who reads too slowly is cut, and comes back for whole states. */
  void send(String text) {
    Socket current = socket;
    if (current == null || closing) {
      return;
    }
    if (current.queuedBytes() > SignallingLimits.QUEUE_BYTES_MAX) {
      cut();
    } else {
      current.send(text);
    }
  }

  void close(int code, String reason) {
    closing = true;
    Socket current = socket;
    if (current != null) {
      current.close(code, reason);
    }
  }

  /** Closes; what still waits for a slow client must not reach it any more. */
  void closeWithoutRest(int code, String reason) {
    Socket current = socket;
    if (current != null && current.queuedBytes() > 0) {
      cut();
    } else {
      close(code, reason);
    }
  }

  void cut() {
    closing = true;
    Socket current = socket;
    if (current != null) {
      current.cut();
    }
  }

  /** Cuts it when nothing was heard for too long: the path is dead, whatever TCP still hopes. */
  void cutWhenSilent() {
    if (clock.nanoTime() - heardNanos > SignallingLimits.SILENCE_MAX.toNanos()) {
      cut();
    }
  }
}
