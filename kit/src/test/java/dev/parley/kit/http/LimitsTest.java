package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server bears, and what it does when that is over. */
class LimitsTest {
  private static final String GET = "GET /things/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String LIST = "/things?api-version=2023-10-01";

  @TempDir Path folder;

  private Served served(Served.Limits limits) {
    return new Served(folder, limits);
  }

  @Test
  void slowBodyIsCutOffAloneOnItsConnection() throws Exception {
    try (Served served = served(Served.Limits.USUAL.body(Duration.ofMillis(400)));
        SSLSocket socket = served.tls()) {
      write(
          socket,
          "POST "
              + LIST
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Test key\r\n"
              + "Content-Length: 20\r\n\r\n{");
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408").contains("\"code\":\"RequestTimeout\"");
      CompletableFuture<byte[]> never = new CompletableFuture<>();
      var slow =
          served
              .request(LIST)
              .header("Authorization", Served.KEY)
              .POST(
                  BodyPublishers.fromPublisher(
                      subscriber -> subscriber.onSubscribe(new Never(never))));
      // The JDK's client drops an answer whose stream is then reset; other streams go on.
      assertThatThrownBy(() -> served.send(slow)).isInstanceOf(IOException.class);
      assertThat(served.get("/things/a").statusCode()).isEqualTo(200);
    }
  }

  /** A publisher that never sends a byte. */
  private record Never(CompletableFuture<byte[]> body)
      implements java.util.concurrent.Flow.Subscription {
    @Override
    public void request(long items) {}

    @Override
    public void cancel() {
      body.cancel(true);
    }
  }

  @Test
  void connectionWithoutARequestIsCutOffAndAUsedOneStays() throws Exception {
    try (Served served = served(Served.Limits.USUAL.firstRequest(Duration.ofSeconds(2)));
        SSLSocket used = served.tls()) {
      write(used, GET);
      assertThat(readAnswer(used)).startsWith("HTTP/1.1 200");
      try (SSLSocket half = served.tls();
          Socket silent = served.tcp()) {
        write(half, "GET /things/a HTTP/1.1\r\nX: ");
        assertThat(ended(half)).isTrue();
        assertThat(ended(silent)).isTrue();
      }
      // It was opened before the others, so its own time is over too.
      write(used, GET);
      assertThat(readAnswer(used)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void connectionsOfOneAddressAreLimited() throws Exception {
    try (Served served = served(Served.Limits.USUAL.connections(2));
        SSLSocket first = served.tls()) {
      try (SSLSocket second = served.tls()) {
        write(second, GET);
        assertThat(readAnswer(second)).startsWith("HTTP/1.1 200");
        assertThatThrownBy(
                () -> {
                  try (SSLSocket third = served.tls()) {
                    write(third, GET);
                    readAnswer(third);
                  }
                })
            .isInstanceOf(IOException.class);
        write(first, GET);
        assertThat(readAnswer(first)).startsWith("HTTP/1.1 200");
      }
      awaitRoom(served);
    }
  }

  /** The server sees the end of a connection a moment after the client. */
  private static void awaitRoom(Served served) throws Exception {
    for (int attempt = 0; attempt < 1000; attempt++) {
      try (SSLSocket again = served.tls()) {
        write(again, GET);
        if (readAnswer(again).startsWith("HTTP/1.1 200")) {
          return;
        }
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("the place of a closed connection was not given free");
  }

  @Test
  void addressThatGuessesCredentialsIsRefusedForAWhile() throws Exception {
    try (Served served = served(Served.Limits.USUAL.failures(3))) {
      for (int guess = 0; guess < 3; guess++) {
        assertThat(guess(served).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = guess(served);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("60");
      assertThat(served.get(LIST).statusCode()).isEqualTo(429);
      served.clock.advance(Duration.ofMinutes(1));
      assertThat(served.get(LIST).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> guess(Served served) throws Exception {
    return served.send(served.request(LIST).header("Authorization", "guess"));
  }

  @Test
  void resourceOverItsRateIsToldWhenToComeAgain() throws Exception {
    try (Served served = served(Served.Limits.USUAL.rate(0.5, 2))) {
      assertThat(served.get(LIST).statusCode()).isEqualTo(200);
      assertThat(served.get(LIST).statusCode()).isEqualTo(200);
      HttpResponse<String> over = served.get(LIST);
      assertThat(over.statusCode()).isEqualTo(429);
      assertThat(over.headers().firstValue("x-ms-error-code")).contains("TooManyRequests");
      assertThat(over.headers().firstValue("Retry-After")).contains("2");
      assertThat(served.get("/things/a").statusCode()).isEqualTo(200);
      served.clock.advance(Duration.ofSeconds(2));
      assertThat(served.get(LIST).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void stopDrainsTheRequestUnderWay() throws Exception {
    Served served = served(Served.Limits.USUAL);
    try (SSLSocket idle = served.tls()) {
      CompletableFuture<HttpResponse<String>> running =
          served.client.sendAsync(
              served.request("/wait").build(), HttpResponse.BodyHandlers.ofString());
      served.things.waiting.await();
      Thread stop = Thread.ofVirtual().start(served.http::close);
      awaitRefused(served);
      assertThat(running).isNotDone();
      served.things.release.countDown();
      assertThat(running.get().body()).isEqualTo("drained");
      assertThat(stop.join(Duration.ofSeconds(15)))
          .as("an idle connection delays nothing")
          .isTrue();
      assertThat(ended(idle)).isTrue();
    } finally {
      served.close();
    }
  }

  private static void awaitRefused(Served served) throws IOException {
    while (true) {
      try (Socket further = served.tcp()) {
        Thread.onSpinWait();
      } catch (ConnectException refused) {
        return;
      }
    }
  }

  private static void write(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Whether the server ended the connection, in whatever way. */
  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static String readAnswer(SSLSocket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("}") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended after " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }
}
