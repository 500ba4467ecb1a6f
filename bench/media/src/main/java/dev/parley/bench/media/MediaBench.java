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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs every server under every shape of load in one go and writes the report. */
public final class MediaBench {
  private static final Path REPORT = Path.of("docs/benchmarks-media.md");
  private static final Path LOOP = Path.of("bench/media/target/loop");

  /** A shape of load: packets of a frame and frames per second. */
  private record Shape(int perFrame, int framesPerSecond) {}

  private static final List<Shape> SHAPES =
      List.of(new Shape(10, 60), new Shape(2, 200), new Shape(1, 400));

  private record Row(String server, Shape shape, MediaLoad.Result result) {}

  private final double seconds;
  private final int receivers;
  private final SrtpCipher cipher = SrtpCipherTiers.choose();
  private final DtlsIdentity identity =
      DtlsIdentity.create(new SecureRandom(), new SystemClock().now());
  private final List<Row> rows = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private MediaBench(double seconds, int receivers) {
    this.seconds = seconds;
    this.receivers = receivers;
  }

  /** Takes the seconds of each measured window and the number of receivers. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MediaBench bench =
        new MediaBench(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]));
    bench.run();
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    InetAddress address = hostAddress();
    double plain = loop(1, 0);
    double segmented = loop(10, 1);
    try (MediaServer parley = new ParleyServer(address.getHostAddress())) {
      measure(parley, address);
    }
    if (JanusServer.installed()) {
      try (MediaServer janus = new JanusServer(address.getHostAddress())) {
        measure(janus, address);
      }
    } else {
      leftOut.add("Janus is not installed (`apt-get install janus`).");
    }
    leftOut.add("LiveKit is not driven by this generator yet.");
    write(plain, segmented);
  }

  /** Janus does not gather the loopback address; traffic to our own address stays on it. */
  private static InetAddress hostAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
        .findFirst()
        .orElse(InetAddress.getLoopbackAddress());
  }

  private void measure(MediaServer server, InetAddress address) throws InterruptedException {
    for (Shape shape : SHAPES) {
      long before = ProcessMeter.residentKilobytes(server.pid());
      try (MediaLoad load = new MediaLoad(server, identity, cipher, address, receivers)) {
        MediaLoad.Result result =
            load.run(shape.perFrame(), shape.framesPerSecond(), seconds, before);
        rows.add(new Row(server.name(), shape, result));
        System.err.println(server.name() + " " + shape + " " + result);
      }
    }
  }

  /** Nanoseconds per packet of the loop in C; 0 where it does not run. */
  private double loop(int run, int segmentation) throws IOException, InterruptedException {
    if (!Files.isExecutable(LOOP)) {
      leftOut.add("The loop in C is not built (it needs `cc` and OpenSSL's headers).");
      return 0;
    }
    Process process =
        new ProcessBuilder(
                LOOP.toString(), "" + receivers, "" + run, "" + segmentation, "" + seconds)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Double.parseDouble(out.trim()) : 0;
  }

  private void write(double plain, double segmented) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Media benchmarks");
    lines.add("");
    lines.add(
        "Written by `bench/media/run %.0f %d`; the numbers of one run belong together,"
            .formatted(seconds, receivers));
    lines.add(
        "microseconds do not carry over between machines. One publisher, %d receivers, real ICE,"
            .formatted(receivers));
    lines.add(
        "DTLS and SRTP (AEAD_AES_128_GCM), 1084-byte packets over loopback; CPU time of the server's");
    lines.add("process from `schedstat`. Every packet of one receiver is opened and timed.");
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "This machine: %d processors, Java %s. Loop in C, ns per packet: %.0f without segmentation, %.0f with runs of 10.",
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            plain,
            segmented));
    lines.add("");
    lines.add(
        "| server | packets per frame | µs per packet | packets/s | delivered | to C | to C, segmented | latency p50 / p99 µs | KB per receiver | joins/s |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|");
    rows.forEach(row -> lines.add(line(row, plain, segmented)));
    lines.add("");
    lines.addAll(ratios());
    leftOut.forEach(each -> lines.add("- Left out: " + each));
    Files.write(REPORT, lines);
    lines.forEach(System.out::println);
  }

  private static String line(Row row, double plain, double segmented) {
    MediaLoad.Result result = row.result();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.2f | %.0f | %.1f %% | %.2f | %.2f | %d / %d | %d | %.0f |",
        row.server(),
        row.shape().perFrame(),
        result.nanosPerPacket() / 1000,
        result.packetsPerSecond(),
        result.delivered() * 100,
        plain / result.nanosPerPacket(),
        segmented / result.nanosPerPacket(),
        result.latencyMicrosMedian(),
        result.latencyMicrosP99(),
        result.kilobytesPerReceiver(),
        result.joinsPerSecond());
  }

  /** What Parley takes of the CPU that another server takes, shape by shape. */
  private List<String> ratios() {
    List<String> lines = new ArrayList<>();
    for (Shape shape : SHAPES) {
      Optional<Row> ours = row("Parley", shape);
      rows.stream()
          .filter(each -> each.shape().equals(shape) && !each.server().equals("Parley"))
          .forEach(each ->
              ours.ifPresent(own ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "- %d-packet frames: Parley takes %.2f of the CPU of %s.",
                          shape.perFrame(),
                          own.result().nanosPerPacket() / each.result().nanosPerPacket(),
                          each.server()))));
    }
    return lines;
  }

  private Optional<Row> row(String server, Shape shape) {
    return rows.stream()
        .filter(each -> each.server().equals(server) && each.shape().equals(shape))
        .findFirst();
  }
}
