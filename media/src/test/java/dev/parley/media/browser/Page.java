package dev.parley.media.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tab, spoken to by the DevTools protocol. */
final class Page implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();

  Page(HttpClient http, URI debugger) {
    this.socket = http.newWebSocketBuilder().buildAsync(debugger, new Incoming()).join();
  }

  /** Evaluates an expression; a promise is waited for. Gives its value as JSON. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    JsonNode thrown = answer.path("exceptionDetails");
    if (!thrown.isMissingNode()) {
      throw new AssertionError(
          "page: " + thrown.path("exception").path("description").asString(thrown.toString()));
    }
    return answer.path("result").path("value");
  }

  /** Waits until the expression is true. */
  void await(String what, String expression, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!holds(expression)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what + "; " + evaluate("harness.summary()"));
      }
    }
  }

  /** Asks after a moment; a page that is just being loaded has no answer yet. */
  private boolean holds(String expression) {
    try {
      evaluate("new Promise(done => setTimeout(done, 200))");
      return evaluate(expression).asBoolean(false);
    } catch (ContextGone loading) {
      return false;
    }
  }

  /** The page was replaced while it was asked. */
  private static final class ContextGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ContextGone(String message) {
      super(message);
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    pending.put(id, answer);
    String message =
        JsonMapper.shared()
            .writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    try {
      socket.sendText(message, true).get(10, TimeUnit.SECONDS);
      JsonNode full = answer.get(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
      if (full.has("error")) {
        String error = method + ": " + full.path("error");
        if (error.contains("context")) {
          throw new ContextGone(error);
        }
        throw new AssertionError(error);
      }
      return full.path("result");
    } catch (ExecutionException | TimeoutException failed) {
      throw new AssertionError(method + " failed", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        JsonNode message = JsonMapper.shared().readTree(text.toString());
        text.setLength(0);
        CompletableFuture<JsonNode> answer = pending.remove(message.path("id").asInt(-1));
        if (answer != null) {
          answer.complete(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
