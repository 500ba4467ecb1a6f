package dev.parley.bench.media;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import livekit.LivekitModels;
import livekit.LivekitRtc;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * LiveKit with one peer connection per participant, as its present clients use it: signalling is
 * protobuf over a WebSocket, and the client makes every offer.
 */
final class LiveKitServer implements MediaServer {
  private static final String KEY = "bench";
  private static final String SECRET = "a secret that only this benchmark and its server know";
  private static final long ANSWER_SECONDS = 20;

  private final String name;
  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<WebSocket> sockets = new ArrayList<>();
  private int room = 1000;

  /** The server's program, if it is here. */
  static Optional<Path> program() {
    String named = System.getenv("LIVEKIT_SERVER");
    Path built = Path.of("bench/media/target/livekit/server");
    return Optional.of(named == null ? built : Path.of(named)).filter(Files::isExecutable);
  }

  /**
   * Starts it.
   *
   * @param batched whether outgoing packets wait for each other, its fastest setting
   */
  LiveKitServer(Path program, String address, boolean batched) {
    this.name = batched ? "LiveKit, batch_io" : "LiveKit";
    try {
      port = freeTcp();
      Path folder = Files.createTempDirectory("bench-livekit");
      Path config = folder.resolve("livekit.yaml");
      Files.writeString(config, configuration(address, batched));
      process =
          new ProcessBuilder(List.of(program.toString(), "--config", config.toString()))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("livekit.log").toFile())
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    MediaServer.await("LiveKit answers", this::alive);
  }

  private String configuration(String address, boolean batched) throws IOException {
    int udp = freeUdpPair();
    return """
    port: %d
    bind_addresses: ["127.0.0.1"]
    rtc:
      tcp_port: %d
      udp_port: %d-%d
      use_external_ip: false
      node_ip: %s
      use_ice_lite: true
      ips:
        includes: ["%s/32"]
    %s
    keys:
      %s: "%s"
    logging:
      level: warn
    """
        .formatted(
            port,
            freeTcp(),
            udp,
            udp + 1,
            address,
            address,
            batched ? "  batch_io: { batch_size: 128, max_flush_interval: 2ms }" : "",
            KEY,
            SECRET);
  }

  private static int freeTcp() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** LiveKit is fastest with a port for each processor; this machine has two. */
  private static int freeUdpPair() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (DatagramSocket first = new DatagramSocket();
          DatagramSocket second = new DatagramSocket(first.getLocalPort() + 1)) {
        return second.getLocalPort() - 1;
      } catch (java.net.BindException taken) {
        continue;
      }
    }
    throw new IOException("no two free ports side by side");
  }

  private Optional<Boolean> alive() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      return Optional.of(
          http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public synchronized void openRoom() {
    sockets.forEach(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    sockets.clear();
    room++;
  }

  @Override
  public void publish(String name, TestClient client) {
    Signalling signalling = join(name);
    String sound = "sound-" + name;
    String picture = "picture-" + name;
    signalling.send(
        LivekitRtc.SignalRequest.newBuilder()
            .setAddTrack(
                LivekitRtc.AddTrackRequest.newBuilder()
                    .setCid(picture)
                    .setName(picture)
                    .setType(LivekitModels.TrackType.VIDEO)
                    .setSource(LivekitModels.TrackSource.CAMERA)
                    .setWidth(640)
                    .setHeight(360)));
    signalling.await("a track", LivekitRtc.SignalResponse::hasTrackPublished);
    String answer = signalling.offer(TestCall.offer(client, sound, picture));
    client.connect(signalling.withCandidate(answer));
  }

  @Override
  public void subscribe(String name, TestClient client, int publishers) {
    Signalling signalling = join(name);
    String answer = signalling.offer(receiving(client, publishers));
    client.connect(signalling.withCandidate(answer));
    while (count(answer, "a=ssrc-group:FID") < publishers) {
      // Tracks that were not there yet when it answered: it says so, and we offer again.
      signalling.await("more sections", LivekitRtc.SignalResponse::hasMediaSectionsRequirement);
      answer = signalling.offer(receiving(client, publishers));
    }
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /** An offer to receive so many videos. */
  private static String receiving(TestClient client, int videos) {
    StringBuilder offer = new StringBuilder("v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n");
    offer.append("a=group:BUNDLE");
    for (int i = 0; i < videos; i++) {
      offer.append(' ').append(i);
    }
    for (int i = 0; i < videos; i++) {
      offer
          .append("\nm=video 9 UDP/TLS/RTP/SAVPF 96 97\n")
          .append(client.transportLines("active"))
          .append("a=mid:" + i + "\na=recvonly\na=rtcp-mux\na=rtpmap:96 VP8/90000\n")
          .append("a=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n")
          .append("a=rtcp-fb:96 nack\na=rtcp-fb:96 nack pli\na=rtcp-fb:96 goog-remb");
    }
    return offer.append('\n').toString();
  }

  private Signalling join(String identity) {
    LivekitRtc.JoinRequest join =
        LivekitRtc.JoinRequest.newBuilder()
            .setClientInfo(
                LivekitModels.ClientInfo.newBuilder()
                    .setSdk(LivekitModels.ClientInfo.SDK.JS)
                    .setVersion("2.15.0")
                    .setProtocol(16))
            .setConnectionSettings(
                LivekitRtc.ConnectionSettings.newBuilder().setAutoSubscribe(true))
            .build();
    byte[] wrapped =
        LivekitRtc.WrappedJoinRequest.newBuilder()
            .setCompression(LivekitRtc.WrappedJoinRequest.Compression.NONE)
            .setJoinRequest(join.toByteString())
            .build()
            .toByteArray();
    URI uri =
        URI.create(
            "ws://127.0.0.1:%d/rtc/v1?access_token=%s&join_request=%s"
                .formatted(port, token(identity), Base64.getUrlEncoder().encodeToString(wrapped)));
    Signalling signalling = new Signalling();
    WebSocket socket = http.newWebSocketBuilder().buildAsync(uri, signalling).join();
    signalling.open(socket);
    synchronized (this) {
      sockets.add(socket);
    }
    signalling.await("the room", LivekitRtc.SignalResponse::hasJoin);
    return signalling;
  }

  private String token(String identity) {
    String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    String claims =
        """
        {"iss":"%s","sub":"%s","exp":%d,"video":{"room":"room%d","roomJoin":true,"canPublish":true,"canSubscribe":true}}\
        """
            .formatted(KEY, identity, new SystemClock().now().getEpochSecond() + 3600, room);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String signed =
        encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return signed
          + "."
          + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One participant's WebSocket. */
  private static final class Signalling implements WebSocket.Listener {
    private final BlockingQueue<LivekitRtc.SignalResponse> arrived = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final List<String> candidates = new ArrayList<>();
    private @Nullable WebSocket socket;
    private int offers;

    void open(WebSocket opened) {
      socket = opened;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      partial.writeBytes(bytes);
      if (last) {
        try {
          arrived.add(LivekitRtc.SignalResponse.parseFrom(partial.toByteArray()));
        } catch (InvalidProtocolBufferException strange) {
          throw new UncheckedIOException(strange);
        }
        partial.reset();
      }
      from.request(1);
      return null;
    }

    void send(LivekitRtc.SignalRequest.Builder request) {
      if (socket == null) {
        throw new IllegalStateException("the socket is not open");
      }
      socket.sendBinary(ByteBuffer.wrap(request.build().toByteArray()), true).join();
    }

    LivekitRtc.SignalResponse await(String what, Predicate<LivekitRtc.SignalResponse> wanted) {
      try {
        while (true) {
          LivekitRtc.SignalResponse next = arrived.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
          if (next == null) {
            throw new IllegalStateException("LiveKit did not send " + what);
          }
          if (next.hasTrickle()) {
            candidates.add(next.getTrickle().getCandidateInit());
          }
          if (next.hasLeave()) {
            throw new IllegalStateException("LiveKit sent us away: " + next.getLeave());
          }
          if (wanted.test(next)) {
            return next;
          }
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }

    /** Sends an offer and gives the answer. */
    String offer(String sdp) {
      LivekitRtc.SessionDescription description =
          LivekitRtc.SessionDescription.newBuilder()
              .setType("offer")
              .setSdp(sdp.replace("\n", "\r\n"))
              .setId(++offers)
              .build();
      send(LivekitRtc.SignalRequest.newBuilder().setOffer(description));
      LivekitRtc.SignalResponse answer =
          await(
              "an answer",
              each -> each.hasAnswer() && each.getAnswer().getId() == description.getId());
      return answer.getAnswer().getSdp();
    }

    /** The answer with the first UDP candidate, which may come after it. */
    String withCandidate(String answer) {
      Pattern udp = Pattern.compile("candidate:\\S+ 1 udp \\d+ \\S+ \\d+ typ host");
      while (true) {
        if (udp.matcher(answer).find()) {
          return answer;
        }
        for (String each : candidates) {
          String line = JsonMapper.shared().readTree(each).path("candidate").asString();
          Matcher matcher = udp.matcher(line);
          if (matcher.find()) {
            return answer + "a=" + matcher.group() + "\r\n";
          }
        }
        await("a candidate", LivekitRtc.SignalResponse::hasTrickle);
      }
    }
  }

  @Override
  public void close() {
    openRoom();
    process.destroy();
  }
}
