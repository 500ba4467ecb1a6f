package dev.parley.services.push.wire;

import dev.parley.kit.http.Json;
import dev.parley.kit.http.ProblemException;
import dev.parley.kit.http.Socket;
import dev.parley.kit.http.SocketListener;
import dev.parley.services.push.EndReason;
import dev.parley.services.push.Line;
import dev.parley.services.push.PushMessage;
import dev.parley.services.push.PushService;
import dev.parley.services.push.Session;
import dev.parley.services.push.wire.Packet.MalformedPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One device's socket: packets in become calls of its session, calls of the session become packets
 * out. Messages and the place they bring the client to go out as one payload: the client takes all
 * in one step or nothing, which is what makes delivery exactly-once.
 */
final class PushSocket implements SocketListener, Line {
  /** RFC 6455 §7.4.1: normal, going away, policy violation. */
  private static final int NORMAL = 1000;

  private static final int GOING_AWAY = 1001;
  private static final int POLICY = 1008;

  private final PushService.Claim claim;
  private final PushFrames frames;
  private volatile @Nullable Socket socket;
  private volatile @Nullable Session session;

  PushSocket(PushService.Claim claim, PushFrames frames) {
    this.claim = claim;
    this.frames = frames;
  }

  @Override
  public void opened(Socket opened) {
    socket = opened;
    opened.send(Packet.of(Packet.Type.CONNECT, "").encoded());
    // Attached before the client is told that it is connected, for then it registers at once.
    session = claim.attach(this);
    opened.send(frames.connected().encoded());
  }

  @Override
  public void text(String message) {
    try {
      for (Packet packet : Packet.parseAll(message)) {
        on(packet);
      }
    } catch (MalformedPacket malformed) {
      close(POLICY, String.valueOf(malformed.getMessage()));
    }
  }

  private void on(Packet packet) {
    switch (packet.type()) {
      case EVENT -> onEvent(packet);
      case MESSAGE -> onAnswer(packet);
      case DISCONNECT -> over(EndReason.LEFT);
      case CONNECT, HEARTBEAT, JSON, ACK, ERROR, NOOP -> {
        // Nothing to do: a heartbeat answers ours, and the client sends none of the others.
      }
    }
  }

  private record EventName(@Nullable String name) {}

  /**
   * What the client sends after each of its answers, to the letter: not worth a parser each time.
   */
  private static final String PING = "{\"name\":\"ping\"}";

  /** Every event is acknowledged: without it the client reconnects after 5 to 10 s. */
  private void onEvent(Packet packet) {
    boolean ping = false;
    try {
      ping = packet.data().equals(PING) || "ping".equals(read(packet, EventName.class).name());
    } catch (ProblemException malformed) {
      close(POLICY, "an event that is not JSON");
      return;
    }
    if (packet.id() != 0) {
      acknowledge(Packet.ack(packet, ping ? "[\"pong\"]" : "[]"));
    }
    Session current = session;
    if (ping && current != null) {
      current.alive();
    }
  }

  /** The client waits 5 s for it, so it may share a write with what follows. */
  private void acknowledge(Packet acknowledgement) {
    Socket current = socket;
    if (current != null) {
      current.sendSoon(acknowledgement.encoded());
    }
  }

  private static final String ANSWER = "{\"id\":";

  private record AnswerId(@Nullable Long id) {}

  private void onAnswer(Packet packet) {
    try {
      long quick = leadingId(packet.data());
      Long id = quick > 0 ? Long.valueOf(quick) : read(packet, AnswerId.class).id();
      Session current = session;
      if (id != null && current != null) {
        current.answered(id);
      }
    } catch (ProblemException malformed) {
      close(POLICY, "an answer that is not JSON");
    }
  }

  /** The id that an answer of the client begins with, or 0 for one to be parsed. */
  private static long leadingId(String answer) {
    if (!answer.startsWith(ANSWER)) {
      return 0;
    }
    long id = 0;
    for (int at = ANSWER.length(); at < Math.min(answer.length(), ANSWER.length() + 16); at++) {
      char digit = answer.charAt(at);
      if (digit == ',') {
        return id;
      }
      if (digit < '0' || digit > '9') {
        return 0;
      }
      id = id * 10 + digit - '0';
    }
    return 0;
  }

  private static <T> T read(Packet packet, Class<T> type) {
    return Json.read(packet.data().getBytes(StandardCharsets.UTF_8), type);
  }

  @Override
  public void closed() {
    over(EndReason.LEFT);
  }

  private void over(EndReason reason) {
    Session current = session;
    if (current != null) {
      current.over(reason);
    }
  }

  @Override
  public void deliver(List<Framed> messages, String resume) {
    List<Packet> packets = new ArrayList<>(messages.size() + 1);
    packets.add(frames.kept(resume));
    messages.forEach(one -> packets.add(frames.message(one.frame(), one.message())));
    Socket current = socket;
    if (current != null) {
      current.send(Packet.payload(packets));
    }
  }

  @Override
  public void signal(long frame, PushMessage message) {
    send(frames.message(frame, message).encoded());
  }

  @Override
  public void remember(String resume) {
    send(frames.kept(resume).encoded());
  }

  @Override
  public void askReconnect() {
    send(frames.reconnect().encoded());
  }

  @Override
  public void end(EndReason reason) {
    switch (reason) {
      case LEFT -> close(NORMAL, "");
      case REPLACED -> farewell("dup", NORMAL);
      case UNAUTHORIZED -> farewell("{\"reason\":\"unauthorized\"}", POLICY);
      case STOPPED -> close(GOING_AWAY, "the server stops");
      case UNRESPONSIVE -> cut();
    }
  }

  /** What still waits for a slow client must not follow the decision to end it, so it is cut. */
  private void farewell(String reason, int code) {
    Socket current = socket;
    if (current != null && current.queuedBytes() > 0) {
      current.cut();
      return;
    }
    send(Packet.of(Packet.Type.DISCONNECT, reason).encoded());
    close(code, "");
  }

  private void send(String text) {
    Socket current = socket;
    if (current != null) {
      current.send(text);
    }
  }

  private void close(int code, String reason) {
    Socket current = socket;
    if (current != null) {
      current.close(code, reason);
    }
  }

  private void cut() {
    Socket current = socket;
    if (current != null) {
      current.cut();
    }
  }
}
