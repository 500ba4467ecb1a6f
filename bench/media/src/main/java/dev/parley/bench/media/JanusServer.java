package dev.parley.bench.media;

import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Janus with its video room, one event loop, over its REST interface. */
final class JanusServer implements MediaServer {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Process process;
  private final URI base;
  private final HttpClient http = HttpClient.newHttpClient();
  private int room = 1000;
  private final List<Long> feeds = new ArrayList<>();
  private final List<Handle> handles = new ArrayList<>();

  /** Whether Janus is installed. */
  static boolean installed() {
    return Files.isExecutable(Path.of("/usr/bin/janus"));
  }

  JanusServer(String address) {
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      Path folder = configure(port, address);
      base = URI.create("http://127.0.0.1:" + port + "/janus");
      process =
          new ProcessBuilder(
                  List.of("/usr/bin/janus", "-F", folder.toString(), "-C", folder + "/janus.jcfg"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("janus.log").toFile())
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    MediaServer.await("Janus answers", this::alive);
  }

  private static Path configure(int port, String address) throws IOException {
    Path folder = Files.createTempDirectory("bench-janus");
    Files.writeString(
        folder.resolve("janus.jcfg"),
        """
        general: { debug_level = 3  event_loops = 1  session_timeout = 0 }
        nat: { ice_lite = true  ice_enforce_list = "%s"  full_trickle = false }
        media: { }
        plugins: { disable = "libjanus_audiobridge.so,libjanus_streaming.so,libjanus_sip.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so,libjanus_echotest.so,libjanus_duktape.so,libjanus_lua.so" }
        transports: { disable = "libjanus_websockets.so,libjanus_pfunix.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_rabbitmq.so" }
        """
            .formatted(address));
    Files.writeString(
        folder.resolve("janus.transport.http.jcfg"),
        "general: { json = \"plain\"  base_path = \"/janus\"  http = true  port = %d  ip = \"127.0.0.1\" }\n"
            .formatted(port));
    Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: { }\n");
    return folder;
  }

  private Optional<Boolean> alive() {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/info")).build();
      return Optional.of(
          http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public String name() {
    return "Janus, event_loops=1";
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void openRoom() {
    handles.forEach(Handle::end);
    handles.clear();
    feeds.clear();
    room++;
    new Handle()
        .message(
            Map.of(
                "request",
                "create",
                "room",
                room,
                "publishers",
                64,
                "videocodec",
                "vp8",
                "bitrate",
                0),
            null);
  }

  @Override
  public void publish(String name, TestClient client) {
    Handle handle = new Handle();
    handle.message(Map.of("request", "join", "ptype", "publisher", "room", room), null);
    feeds.add(handle.event("joined").path("plugindata").path("data").path("id").asLong());
    handle.message(
        Map.of("request", "configure", "audio", true, "video", true),
        Map.of("type", "offer", "sdp", crlf(TestCall.offer(client)), "trickle", false));
    client.connect(handle.event("configured").path("jsep").path("sdp").asString());
  }

  @Override
  public void subscribe(String name, TestClient client, int publishers) {
    Handle handle = new Handle();
    List<Map<String, Long>> streams = feeds.stream().map(each -> Map.of("feed", each)).toList();
    handle.message(
        Map.of("request", "join", "ptype", "subscriber", "room", room, "streams", streams), null);
    String offer = handle.event("attached").path("jsep").path("sdp").asString();
    handle.message(
        Map.of("request", "start"),
        Map.of("type", "answer", "sdp", crlf(TestCall.answer(offer, client)), "trickle", false));
    client.connect(offer);
  }

  private static String crlf(String sdp) {
    return sdp.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  private JsonNode post(String path, Map<String, Object> body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + path))
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** A session with one handle at the video room. */
  private final class Handle {
    private final String session;
    private final String path;

    Handle() {
      session = "/" + id(post("", Map.of("janus", "create", "transaction", "t")));
      path =
          session
              + "/"
              + id(
                  post(
                      session,
                      Map.of(
                          "janus",
                          "attach",
                          "plugin",
                          "janus.plugin.videoroom",
                          "transaction",
                          "t")));
      synchronized (handles) {
        handles.add(this);
      }
    }

    /** Ends the session with its connection. */
    void end() {
      post(session, Map.of("janus", "destroy", "transaction", "t"));
    }

    private static String id(JsonNode answer) {
      return answer.path("data").path("id").asString();
    }

    void message(Map<String, Object> body, @org.jspecify.annotations.Nullable Object jsep) {
      Map<String, Object> message =
          jsep == null
              ? Map.of("janus", "message", "transaction", "t", "body", body)
              : Map.of("janus", "message", "transaction", "t", "body", body, "jsep", jsep);
      JsonNode answer = post(path, message);
      if (answer.path("janus").asString().equals("error")) {
        throw new IllegalStateException("Janus: " + answer);
      }
    }

    /** The next event of this kind. */
    JsonNode event(String kind) {
      return MediaServer.await("Janus says " + kind, () -> next(kind));
    }

    private Optional<JsonNode> next(String kind) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(base + session + "?maxev=1")).build();
        JsonNode event =
            JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        JsonNode data = event.path("plugindata").path("data");
        if (data.has("error")) {
          throw new IllegalStateException("Janus: " + data);
        }
        boolean wanted =
            data.path("videoroom").asString().equals(kind)
                || data.path("configured").asString().equals("ok") && kind.equals("configured");
        return wanted ? Optional.of(event) : Optional.empty();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
