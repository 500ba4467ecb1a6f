package dev.parley.server;

import dev.parley.kit.http.Json;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of calling that knows nothing but the protocol's document. */
final class SignallingClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final List<JsonNode> passed = new ArrayList<>();
  private final WebSocket socket;
  private long ids;

  SignallingClient(TestServer server) {
    URI address = URI.create(server.url().replaceFirst("https", "wss") + "/calling/v1/signalling");
    socket = server.client().newWebSocketBuilder().buildAsync(address, new Listener()).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        received.add(Json.readObject(parts.toString().getBytes(StandardCharsets.UTF_8)));
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

  /** Sends a text as it is; single quotes stand for double ones. */
  void send(String text) {
    socket.sendText(text.replace('\'', '"'), true).join();
  }

  /** Asks, and gives the answer; what came before it is {@link #passed}. */
  JsonNode ask(String members) throws InterruptedException {
    long id = ++ids;
    send("{'id':" + id + "," + members + "}");
    while (true) {
      JsonNode message = next();
      if (message.has("re") && message.get("re").longValue() == id) {
        return message;
      }
      passed.add(message);
    }
  }

  /** Asks, and gives the refusal's code. */
  String refusal(String members) throws InterruptedException {
    JsonNode answer = ask(members);
    return answer.has("error") ? answer.get("error").get("code").stringValue() : answer.toString();
  }

  JsonNode hello(String token) throws InterruptedException {
    return ask("'type':'hello','version':1,'displayName':'X','incoming':true,'token':'"
            + token
            + "'")
        .get("ok");
  }

  JsonNode join(String locator) throws InterruptedException {
    return ask("'type':'call.join','muted':false,'locator':{" + locator + "}");
  }

  /** The next notice of this type; others pass. */
  JsonNode notice(String type) throws InterruptedException {
    for (int i = 0; i < passed.size(); i++) {
      if (isOf(passed.get(i), type)) {
        return passed.remove(i);
      }
    }
    while (true) {
      JsonNode message = next();
      if (isOf(message, type)) {
        return message;
      }
      passed.add(message);
    }
  }

  /** The next notice of this type, or null when none comes within a second. */
  @Nullable JsonNode noticeSoon(String type) throws InterruptedException {
    JsonNode message = received.poll(1, TimeUnit.SECONDS);
    return message == null || isOf(message, type) ? message : noticeSoon(type);
  }

  private static boolean isOf(JsonNode message, String type) {
    return message.has("type") && message.get("type").stringValue().equals(type);
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing came; the end is " + closed + ", before came " + passed);
    }
    return message;
  }

  /** All that came and was not asked for. */
  List<JsonNode> rest() {
    List<JsonNode> all = new ArrayList<>(passed);
    received.drainTo(all);
    return all;
  }

  int closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
