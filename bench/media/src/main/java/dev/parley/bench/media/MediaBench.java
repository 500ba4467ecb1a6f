package dev.parley.bench.media;

import dev.parley.kit.base.SystemClock;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpCipherTiers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs every server under every shape of load in one go and writes the report. */
public final class MediaBench {
  private static final Path REPORT = Path.of("docs/benchmarks-media.md");
  private static final String BY_HAND = "<!-- by hand from here -->";
  private static final int MANY_PUBLISHERS = 4;

  private final double seconds;
  private final int receivers;
  private final SrtpCipher cipher = SrtpCipherTiers.choose();
  private final DtlsIdentity identity =
      DtlsIdentity.create(new SecureRandom(), new SystemClock().now());
  private final InetAddress address = hostAddress();
  private final BenchReport report;

  private MediaBench(double seconds, int receivers) throws SocketException {
    this.seconds = seconds;
    this.receivers = receivers;
    this.report = new BenchReport(seconds, receivers);
  }

  /**
   * Takes the seconds of each measured window, the number of receivers and, for a part of the run,
   * words that the wanted servers' names contain; without those the report file is written.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MediaBench bench =
        new MediaBench(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]));
    List<String> only = List.of(arguments).subList(2, arguments.length);
    bench.run(only);
    System.exit(0);
  }

  private void run(List<String> only) throws IOException, InterruptedException {
    CLoop loop = new CLoop(receivers, Math.min(seconds, 4));
    report.loop(loop);
    System.err.println(report);
    for (Map.Entry<String, Supplier<MediaServer>> each : servers().entrySet()) {
      if (only.isEmpty() || only.stream().anyMatch(each.getKey()::contains)) {
        try (MediaServer server = each.getValue().get()) {
          measure(server);
        } catch (IllegalStateException | CompletionException failed) {
          report.leaveOut(each.getKey() + " did not play along: " + failed.getMessage());
        }
      }
    }
    List<String> lines = report.lines();
    lines.forEach(System.out::println);
    if (only.isEmpty()) {
      Files.write(REPORT, Stream.concat(lines.stream(), byHand().stream()).toList());
    }
  }

  /** What the report says below its mark: it is written by hand and stays. */
  private static List<String> byHand() throws IOException {
    List<String> old = Files.exists(REPORT) ? Files.readAllLines(REPORT) : List.of();
    int mark = old.indexOf(BY_HAND);
    List<String> kept = new ArrayList<>(List.of(""));
    kept.addAll(mark < 0 ? List.of(BY_HAND) : old.subList(mark, old.size()));
    return kept;
  }

  private Map<String, Supplier<MediaServer>> servers() {
    String host = address.getHostAddress();
    Map<String, Supplier<MediaServer>> servers = new LinkedHashMap<>();
    servers.put("Parley", () -> new ParleyServer(host, false));
    servers.put("Parley through calls", () -> new ParleyServer(host, true));
    if (JanusServer.installed()) {
      servers.put("Janus", () -> new JanusServer(host));
    } else {
      report.leaveOut("Janus is not installed (`apt-get install janus`).");
    }
    Optional<Path> livekit = LiveKitServer.program();
    if (livekit.isPresent()) {
      servers.put("LiveKit", () -> new LiveKitServer(livekit.get(), host, true));
    } else {
      report.leaveOut("LiveKit is not built (`bench/media/run` builds it where Go is installed).");
    }
    return servers;
  }

  /** Janus does not gather the loopback address; traffic to our own address stays on it. */
  private static InetAddress hostAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
        .findFirst()
        .orElse(InetAddress.getLoopbackAddress());
  }

  private void measure(MediaServer server) throws InterruptedException {
    // A server that has run for a while: what compiles as it runs has done so before it is
    // measured.
    try (MediaLoad load = load(server, 1)) {
      load.join(receivers);
      load.run(2, 200, seconds);
    }
    for (Shape shape : Shape.ONE_TO_MANY) {
      try (MediaLoad load = load(server, 1)) {
        load.join(receivers);
        measure(server, shape, load);
      }
    }
    try (MediaLoad load = load(server, MANY_PUBLISHERS)) {
      load.join(receivers / MANY_PUBLISHERS);
      measure(server, Shape.MANY_TO_MANY, load);
    }
    memory(server);
  }

  private MediaLoad load(MediaServer server, int publishers) throws InterruptedException {
    return new MediaLoad(server, identity, cipher, address, publishers);
  }

  private void measure(MediaServer server, Shape shape, MediaLoad load) {
    MediaLoad.Result result = load.run(shape.perFrame(), shape.framesPerSecond(), seconds);
    report.row(server.name(), shape, result);
    System.err.println(server.name() + " " + shape + " " + result);
  }

  /** What the second half of a crowd adds to a server that is warm. */
  private void memory(MediaServer server) throws InterruptedException {
    try (MediaLoad load = load(server, 1)) {
      load.join(receivers / 2);
      load.run(2, 50, 1);
      long before = ProcessMeter.residentKilobytes(server.pid());
      load.join(receivers);
      load.run(2, 50, 1);
      long after = ProcessMeter.residentKilobytes(server.pid());
      report.memory(server.name(), (after - before) / receivers, after / 1024);
    }
  }
}
