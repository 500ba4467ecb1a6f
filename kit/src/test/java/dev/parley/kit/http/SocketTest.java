package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feature sends on a WebSocket arrives, in the order of its calls. */
class SocketTest {
  /** An arrival that takes longer has failed; this never decides a passing test. */
  private static final int GIVE_UP_SECONDS = 30;

  @TempDir Path folder;

  /** The peer's end; its messages wait in the queue. */
  private static final class Peer implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    WebSocket connectTo(Served served) throws Exception {
      return served
          .client
          .newWebSocketBuilder()
          .buildAsync(URI.create("wss://localhost:" + served.port + "/socket"), this)
          .get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(code);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      parts.append(text);
      if (last) {
        heard.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(text);
    }
  }

  private List<String> heardAfter(String request, int count) throws Exception {
    Peer peer = new Peer();
    try (Served served = new Served(folder, Served.Limits.USUAL)) {
      WebSocket socket = peer.connectTo(served);
      socket.sendText(request, true);
      List<String> heard = new ArrayList<>();
      for (int at = 0; at < count; at++) {
        heard.add(peer.heard.poll(GIVE_UP_SECONDS, TimeUnit.SECONDS));
      }
      socket.abort();
      return heard;
    }
  }

  @Test
  void whatMayWaitArrivesAlsoWhenNothingFollows() throws Exception {
    assertThat(heardAfter("soon", 1)).containsExactly("soon");
  }

  @Test
  void whatMayWaitKeepsItsPlaceBeforeWhatFollows() throws Exception {
    assertThat(heardAfter("soon soon now soon now soon", 6))
        .containsExactly("soon", "soon", "now", "soon", "now", "soon");
  }

  @Test
  void moreThanAPeerMaySendIsSentWholeAndInItsPlace() throws Exception {
    String large = "x".repeat(Words.LARGE_CHARACTERS);
    assertThat(heardAfter("soon large soon now", 4)).containsExactly("soon", large, "soon", "now");
  }

  @Test
  void peerThatSendsMoreThanItMayIsSentAway() throws Exception {
    int most = SocketLimits.DEFAULTS.messageBytesMax();
    Peer peer = new Peer();
    try (Served served = new Served(folder, Served.Limits.USUAL)) {
      WebSocket socket = peer.connectTo(served);
      socket.sendText("x".repeat(most), true).get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
      String heard = peer.heard.poll(GIVE_UP_SECONDS, TimeUnit.SECONDS);
      assertThat(heard).as("the largest that it may send").hasSize(most);
      socket.sendText("x".repeat(most + 1), true);
      int code = peer.closed.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
      assertThat(code).as("message too big, RFC 6455 §7.4.1").isEqualTo(1009);
      socket.abort();
    }
  }

  /**
   * Answers each word of a text, {@code soon} with what may wait, {@code large} with more than a
   * peer may send, others at once.
   */
  static final class Words implements SocketListener {
    static final int LARGE_CHARACTERS = 3 * SocketLimits.DEFAULTS.messageBytesMax() + 1;

    private final CompletableFuture<Socket> socket = new CompletableFuture<>();

    @Override
    public void opened(Socket opened) {
      socket.complete(opened);
    }

    @Override
    public void text(String message) {
      Socket open = socket.join();
      for (String word : message.split(" ", -1)) {
        if (word.equals("soon")) {
          open.sendSoon(word);
        } else if (word.equals("large")) {
          open.send("x".repeat(LARGE_CHARACTERS));
        } else {
          open.send(word.getBytes(StandardCharsets.UTF_8));
        }
      }
    }

    @Override
    public void closed() {}
  }
}
