package dev.parley.conformance.push;

import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.RawClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A device of one user that speaks the push protocol as the browser client does: it keeps what the
 * server gives it to keep, brings it back after a cut, answers every message, and remembers nothing
 * else, so that a message that is told twice is seen twice. Connecting is for the one thread that
 * owns it.
 */
public final class PushDevice implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int MESSAGE_RECEIVED = 200;
  private static final int PACKET_PARTS = 4;
  private static final int DATA = 3;
  private static final char FRAMED = '\ufffd';
  private static final JsonMapper JSON = new JsonMapper();

  private final String token;
  private final String registration;
  private final Map<String, List<String>> told = new HashMap<>();
  private Map<String, String> kept = Map.of();
  private String session = "";
  private boolean reads = true;
  private @Nullable RawClient client;
  private @Nullable Line line;

  /**
   * @param token of the user
   * @param registration the device's own name
   */
  public PushDevice(String token, String registration) {
    this.token = token;
    this.registration = registration;
  }

  /**
   * Connects and registers, or connects again with what it kept; what was connected is over first.
   *
   * @return whether the server goes on with the session that was there before
   */
  public boolean connect(Connection connection) throws Exception {
    close();
    RawClient fresh = new RawClient(connection);
    client = fresh;
    JsonNode place = ChatUser.json(send(fresh, "POST", "/v4/a?" + query(), ""), OK);
    String before = session;
    session = place.required("id").asString();
    keep(place.required("connectparams"));
    String[] hands =
        requireStatus(send(fresh, "GET", "/socket.io/1/?" + query(), ""), OK).split(":");
    Line opened = new Line();
    line = opened;
    opened.socket =
        fresh
            .openSocket("/socket.io/1/websocket/" + hands[0] + "?" + query(), opened)
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    // As the browser does: the upgrade is answered before the session stands.
    opened.connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    register(fresh, place.required("surl").asString());
    return session.equals(before);
  }

  private void register(RawClient fresh, String address) throws Exception {
    String body =
        """
        {"clientDescription":{"appId":"AcsWeb","aesKey":"","languageId":"en-US",
         "platform":"SPOOL","templateKey":"AcsWeb_Chat_2.1","platformUIVersion":"0.0.0"},
         "registrationId":"%s","nodeId":"",
         "transports":{"TROUTER":[{"context":"","path":"%s","ttl":7200}]}}
        """
            .formatted(registration, address);
    requireStatus(send(fresh, "POST", "/v3/registrations", body), ACCEPTED);
  }

  private HttpResponse<String> send(RawClient fresh, String method, String target, String body)
      throws IOException, InterruptedException {
    return fresh.sendWithToken(method, target, body, token);
  }

  private static String requireStatus(HttpResponse<String> answer, int status) {
    if (answer.statusCode() != status) {
      throw new AssertionError(
          answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private synchronized String query() {
    Map<String, String> query = new HashMap<>(kept);
    query.put("epid", registration);
    return query.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private synchronized void keep(JsonNode parameters) {
    Map<String, String> fresh = new HashMap<>();
    parameters.properties().forEach(one -> fresh.put(one.getKey(), one.getValue().asString()));
    kept = fresh;
  }

  /** Takes nothing more from the network: what is sent to it stays on the way. */
  public synchronized void stopReading() {
    reads = false;
  }

  /** Takes what has come meanwhile, and whatever follows. */
  public synchronized void readAgain() {
    reads = true;
    if (line != null && line.socket != null) {
      line.socket.request(1);
    }
  }

  /** Ids of the messages of a thread that it was told, in the order of telling. */
  public synchronized List<String> told(String thread) {
    return List.copyOf(told.getOrDefault(thread, List.of()));
  }

  /**
   * Waits until it was told a message.
   *
   * @throws AssertionError when that takes a minute
   */
  public synchronized void awaitTold(String thread, String message) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!told(thread).contains(message)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("message " + message + " of " + thread + " was not told");
      }
      wait(left);
    }
  }

  /**
   * Waits until the server has taken all answers that it gave: packets of a socket are taken in
   * order, and a ping that follows them is acknowledged.
   *
   * @throws TimeoutException when that takes a minute
   */
  public void awaitAnswersTaken() throws Exception {
    Line current = line;
    if (current != null) {
      current.ping().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * Waits until its socket is over.
   *
   * @throws TimeoutException when that takes a minute
   */
  public void awaitEnd() throws Exception {
    Line current = line;
    if (current != null) {
      current.ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Ends the connection without a word; what it keeps stays. */
  @Override
  public void close() {
    Line current = line;
    if (current != null) {
      current.over();
      line = null;
    }
    if (client != null) {
      client.close();
      client = null;
    }
  }

  /** One socket. After it is over nothing that it held is taken. */
  private final class Line implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private CompletableFuture<@Nullable Void> acknowledged = new CompletableFuture<>();
    private boolean over;

    CompletableFuture<@Nullable Void> ping() {
      synchronized (PushDevice.this) {
        acknowledged = new CompletableFuture<>();
        WebSocket to = socket;
        if (ended.isDone()) {
          acknowledged.completeExceptionally(new IOException("the socket is over"));
        } else if (to != null) {
          sending = sending.thenCompose(sent -> to.sendText("5:1+::{\"name\":\"ping\"}", true));
        }
        return acknowledged;
      }
    }

    void over() {
      synchronized (PushDevice.this) {
        over = true;
      }
      WebSocket current = socket;
      if (current != null) {
        current.abort();
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      parts.append(text);
      synchronized (PushDevice.this) {
        if (last && !over) {
          packets(parts.toString()).forEach(packet -> take(from, packet));
        }
        if (last) {
          parts.setLength(0);
          PushDevice.this.notifyAll();
        }
        if (reads) {
          from.request(1);
        }
      }
      return null;
    }

    private void take(WebSocket from, String packet) {
      // The first packet, 1::, and a heartbeat, 2::, have no data.
      String[] fields = packet.split(":", PACKET_PARTS);
      String data = fields.length > DATA ? fields[DATA] : "";
      if (packet.startsWith("3:")) {
        JsonNode request = JSON.readTree(data);
        message(JSON.readTree(request.required("body").asString()));
        String answer = "3:::{\"id\":%s,\"status\":200,\"headers\":{},\"body\":\"\"}";
        String text = answer.formatted(request.required("id").asString());
        sending = sending.thenCompose(sent -> from.sendText(text, true));
      } else if (packet.startsWith("5:")) {
        event(JSON.readTree(data));
      } else if (packet.startsWith("6:")) {
        acknowledged.complete(null);
      }
    }

    private void event(JsonNode event) {
      JsonNode parameters = event.path("args").path(0).path("connectparams");
      if (parameters.isObject()) {
        keep(parameters);
      } else if (event.required("name").asString().equals("trouter.connected")) {
        connected.complete(null);
      }
    }

    private void message(JsonNode body) {
      if (body.required("eventId").asInt() == MESSAGE_RECEIVED) {
        told.computeIfAbsent(body.required("groupId").asString(), thread -> new ArrayList<>())
            .add(body.required("messageId").asString());
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end(new IOException("closed with " + code + " " + reason));
      return null;
    }

    /** Also what this listener itself threw: the JDK gives up the socket then. */
    @Override
    public void onError(WebSocket from, Throwable failure) {
      end(failure);
    }

    /** Whoever waits for something of this socket learns why it does not come. */
    private void end(Throwable why) {
      synchronized (PushDevice.this) {
        ended.complete(null);
        connected.completeExceptionally(why);
        acknowledged.completeExceptionally(why);
      }
    }
  }

  /** The packets of one WebSocket message: one, or several that are framed by their length. */
  private static List<String> packets(String message) {
    List<String> packets = new ArrayList<>();
    int at = 0;
    while (at < message.length() && message.charAt(at) == FRAMED) {
      int second = message.indexOf(FRAMED, at + 1);
      int end = second + 1 + Integer.parseInt(message.substring(at + 1, second));
      packets.add(message.substring(second + 1, end));
      at = end;
    }
    return packets.isEmpty() ? List.of(message) : packets;
  }
}
