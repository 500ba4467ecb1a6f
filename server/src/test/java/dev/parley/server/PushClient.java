package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Json;
import dev.parley.server.refusals.Ask;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A device's push connection, made as the browser's client makes it: place, handshake, socket. */
final class PushClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final TestServer server;
  private final String token;
  private final String address;
  private final WebSocket socket;
  private int pings;

  PushClient(TestServer server, String token) throws Exception {
    this.server = server;
    this.token = token;
    HttpResponse<String> place = place(server, token);
    assertThat(place.statusCode()).as(place.body()).isEqualTo(200);
    JsonNode allocated = Json.readObject(place.body().getBytes(StandardCharsets.UTF_8));
    address = allocated.get("surl").stringValue();
    String resume = allocated.get("connectparams").get("resume").stringValue();
    String query = "?resume=" + URLEncoder.encode(resume, StandardCharsets.UTF_8);
    HttpResponse<String> handshake =
        new Ask(server, "GET", "/socket.io/1/" + query).bearer(token).send();
    assertThat(handshake.statusCode()).as(handshake.body()).isEqualTo(200);
    String sid = handshake.body().substring(0, handshake.body().indexOf(':'));
    URI upgrade =
        URI.create(server.url().replaceFirst("https", "wss") + "/socket.io/1/websocket/" + sid);
    socket = server.client().newWebSocketBuilder().buildAsync(upgrade, new Listener()).join();
    ping();
  }

  /** Asks for a place, which is the first thing that a token is needed for. */
  static HttpResponse<String> place(TestServer server, String token) throws Exception {
    return new Ask(server, "POST", "/v4/a?epid=e").bearer(token).body("{}").send();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        received.add(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(1006);
    }
  }

  /** Asks for a sign of life and waits for it: the socket is open and its session in place. */
  void ping() throws InterruptedException {
    pings++;
    socket.sendText("5:" + pings + "+::{\"name\":\"ping\"}", true).join();
    String pong = "6:::" + pings + "+[\"pong\"]";
    String message = "";
    while (!message.contains(pong)) {
      String next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("before " + pong + "; the end is " + closed).isNotNull();
      message = String.valueOf(next);
    }
  }

  /** From now on it is told what happens. */
  void register() throws Exception {
    String body =
        "{\"registrationId\":\"e\",\"transports\":{\"TROUTER\":[{\"path\":\""
            + address
            + "\",\"ttl\":7200}]}}";
    HttpResponse<String> answer =
        new Ask(server, "POST", "/v3/registrations").bearer(token).body(body).send();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  /** The body of the next event that it is told; it answers it as the browser's client does. */
  JsonNode nextEvent() throws InterruptedException {
    while (true) {
      String next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("an event; the end is " + closed).isNotNull();
      int start = String.valueOf(next).indexOf("3:::{");
      if (start >= 0) {
        String request = String.valueOf(next).substring(start + "3:::".length());
        JsonNode message = Json.readObject(request.getBytes(StandardCharsets.UTF_8));
        socket.sendText("3:::{\"id\":" + message.get("id") + ",\"status\":200}", true).join();
        String body = message.get("body").stringValue();
        return Json.readObject(body.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The code that the server closed the socket with; 1006 when it cut the connection. */
  int closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
