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

  /** Stands for the place until there is one: most of what is sent is the same each time. */
  private static final String PLACE = "-place-";

  private final String keptHead;
  private final String keptTail;
  private final String requestHead;

  /**
   * @param baseUrl under which the client reaches us, without a trailing slash
   */
  PushFrames(String baseUrl, UUID session) {
    this.socketio = baseUrl + "/";
    this.session = session;
    String[] kept = Json.text(kept()).split(PLACE, 2);
    this.keptHead = kept[0];
    this.keptTail = kept[1];
    this.requestHead =
        ",\"method\":\"POST\",\"url\":\"/v4/f/"
            + session
            + "/\",\"headers\":{\"content-type\":\"application/json; charset=utf-8\",\"MS-CV\":\"";
  }

  private Event kept() {
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
            Map.of(RESUME, PLACE));
    return new Event("trouter.connected", List.of(kept));
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

  /** The client is to keep {@code resume}, which has nothing to escape. */
  Packet kept(String resume) {
    return Packet.of(Packet.Type.EVENT, keptHead + resume + keptTail);
  }

  Packet reconnect() {
    return event("trouter.reconnect", new Target("self"));
  }

  /** A request to the client; it answers with the same id. */
  Packet message(long frame, PushMessage message) {
    String request =
        "{\"id\":"
            + frame
            + requestHead
            + Long.toString(message.position(), 36)
            + "."
            + frame
            + "\",\"trouter-request\":\"{}\"},\"body\":"
            + message.bodyLiteral()
            + "}";
    return Packet.of(Packet.Type.MESSAGE, request);
  }

  private static Packet event(String name, Object argument) {
    return Packet.of(Packet.Type.EVENT, Json.text(new Event(name, List.of(argument))));
  }
}
