package dev.parley.services.push.wire;

import dev.parley.kit.http.Json;
import dev.parley.services.push.PushLimits;
import dev.parley.services.push.PushMessage;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What push sends on the socket; shapes and names of compat §4. */
final class PushFrames {
  /** Seconds of a connection's life, as ACS names them. */
  static final String TTL = Long.toString(PushLimits.RESUME_LIFE.toSeconds());

  /** The parameter by which clients bring back what they keep. */
  static final String RESUME = "resume";

  private final String socketio;
  private final UUID session;

  /**
   * @param baseUrl under which the client reaches us, without a trailing slash
   */
  PushFrames(String baseUrl, UUID session) {
    this.socketio = baseUrl + "/";
    this.session = session;
  }

  /** What {@code /v4/a} answers. */
  record Allocated(
      String socketio,
      String surl,
      String url,
      String ttl,
      Map<String, String> connectparams,
      String id,
      String ccid,
      String curlb) {}

  /** An event: a name and its arguments. */
  record Event(String name, List<Object> args) {}

  record Connected(String ttl, String dur) {}

  /**
   * The same event with connection parameters: the client keeps them in place of those it had, and
   * goes on as it was (found in its source; docs/protocols/chat-push.md).
   */
  record Kept(
      String url,
      String surl,
      String ttl,
      String dur,
      String id,
      String ccid,
      String curlb,
      String socketio,
      String reconnectUrl,
      Map<String, String> connectparams) {}

  record Target(String target) {}

  /** A request to the client; it answers with the same id. */
  record Request(long id, String method, String url, Map<String, String> headers, String body) {}

  /** The push address of a session: clients send it back when they register. */
  static String address(String baseUrl, UUID session) {
    return baseUrl + "/v4/f/" + session + "/";
  }

  private String address() {
    return address(socketio.substring(0, socketio.length() - 1), session);
  }

  Allocated allocated(String resume) {
    return new Allocated(
        socketio,
        address(),
        address(),
        TTL,
        Map.of(RESUME, resume),
        session.toString(),
        session.toString(),
        socketio.substring(0, socketio.length() - 1));
  }

  Packet connected() {
    return event("trouter.connected", new Connected(TTL, "0"));
  }

  /** The client is to keep {@code resume}. */
  Packet kept(String resume) {
    Kept kept =
        new Kept(
            address(),
            address(),
            TTL,
            "0",
            session.toString(),
            session.toString(),
            socketio.substring(0, socketio.length() - 1),
            socketio,
            socketio + "v4/a",
            Map.of(RESUME, resume));
    return event("trouter.connected", kept);
  }

  Packet reconnect() {
    return event("trouter.reconnect", new Target("self"));
  }

  Packet message(long frame, PushMessage message) {
    Map<String, String> headers =
        Map.of(
            "content-type",
            "application/json; charset=utf-8",
            "MS-CV",
            Long.toString(message.position(), 36) + "." + frame,
            "trouter-request",
            "{}");
    String path = "/v4/f/" + session + "/";
    Request request = new Request(frame, "POST", path, headers, message.bodyJson());
    return Packet.of(Packet.Type.MESSAGE, Json.text(request));
  }

  private static Packet event(String name, Object argument) {
    return Packet.of(Packet.Type.EVENT, Json.text(new Event(name, List.of(argument))));
  }
}
