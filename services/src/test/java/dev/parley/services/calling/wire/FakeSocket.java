package dev.parley.services.calling.wire;

import dev.parley.kit.http.Json;
import dev.parley.kit.http.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A client's end of a socket: what was sent to it, and how it ended. */
final class FakeSocket implements Socket {
  final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
  final SignallingSocket server;
  volatile String end = "";
  volatile long queued;
  private long ids;

  FakeSocket(ClientSessions sessions) {
    this.server = sessions.newSocket();
    server.opened(this);
  }

  /** Sends a request with the next id; single quotes stand for double ones. */
  void ask(String members) {
    send("{'id':" + ++ids + "," + members + "}");
  }

  void send(long id, String members) {
    send("{'id':" + id + "," + members + "}");
  }

  void hello(String token, String more) {
    ask("'type':'hello','version':1,'token':'" + token + "'" + more);
  }

  void drop() {
    server.closed();
  }

  @Override
  public boolean send(String text) {
    if (text.startsWith("{'")) {
      server.text(text.replace('\'', '"'));
      return true;
    }
    sent.add(text);
    return true;
  }

  @Override
  public boolean send(byte[] utf8) {
    return send(new String(utf8, StandardCharsets.UTF_8));
  }

  @Override
  public boolean sendSoon(String text) {
    return send(text);
  }

  /** The next message that the server sent. */
  JsonNode next() throws InterruptedException {
    String text = sent.poll(20, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing came; the socket's end is: " + end);
    }
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close(int code, String reason) {
    if (end.isEmpty()) {
      end = Integer.toString(code);
    }
  }

  @Override
  public void cut() {
    if (end.isEmpty()) {
      end = "cut";
    }
    server.closed();
  }

  @Override
  public long queuedBytes() {
    return queued;
  }
}
