package dev.parley.bench.media;

import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** This project's engine, driven by its own interface or as calls drive it. */
final class ParleyServer implements MediaServer {
  private final Process process;
  private final URI base;
  private final boolean calls;
  private final HttpClient http = HttpClient.newHttpClient();

  ParleyServer(String address, boolean calls) {
    this.calls = calls;
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      ProcessHandle.current().info().command().orElse("java"),
                      "--enable-native-access=ALL-UNNAMED",
                      "-Xmx256m",
                      "-XX:+UseSerialGC",
                      "-cp",
                      System.getProperty("java.class.path"),
                      ParleyMain.class.getName(),
                      address,
                      calls ? ParleyMain.CALLS : "direct"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      base = URI.create("http://127.0.0.1:" + port() + "/");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private int port() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("READY ")) {
        return Integer.parseInt(line.substring(6));
      }
      System.err.println(line);
    }
    throw new IOException("the engine did not start");
  }

  @Override
  public String name() {
    return calls ? "Parley through calls" : "Parley";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void openRoom() {
    post("room", "");
  }

  @Override
  public void publish(String name, TestClient client) {
    client.connect(post("publish/" + name, TestCall.offer(client)));
  }

  @Override
  public void subscribe(String name, TestClient client, int publishers) {
    String offer = post("offer/" + name, "");
    post("answer/" + name, TestCall.answer(offer, client));
    client.connect(offer);
  }

  private String post(String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    System.err.println(post("statistics", ""));
    process.destroy();
  }
}
