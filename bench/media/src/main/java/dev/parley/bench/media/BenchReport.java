package dev.parley.bench.media;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of one run, and what it says about the aims. */
final class BenchReport {
  private static final String OURS = "Parley";

  private record Row(String server, Shape shape, MediaLoad.Result result) {}

  private record Memory(long kilobytesPerReceiver, long residentMegabytes) {}

  private final double seconds;
  private final int receivers;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Memory> memory = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Map<Integer, Double> paced = new LinkedHashMap<>();
  private final Map<Integer, Double> pacedSegmented = new LinkedHashMap<>();
  private double plain;
  private double segmented;

  BenchReport(double seconds, int receivers) {
    this.seconds = seconds;
    this.receivers = receivers;
  }

  /** Runs the loop in C, where it was built. */
  void loop(CLoop loop) throws IOException, InterruptedException {
    if (!CLoop.built()) {
      leaveOut("The loop in C is not built (it needs `cc` and OpenSSL's headers).");
      return;
    }
    plain = loop.nanosPerPacket(1, false, 0);
    segmented = loop.nanosPerPacket(10, true, 0);
    for (Shape shape : Shape.ONE_TO_MANY) {
      int run = shape.perFrame();
      paced.put(run, loop.nanosPerPacket(run, false, shape.framesPerSecond()));
      pacedSegmented.put(run, loop.nanosPerPacket(run, run > 1, shape.framesPerSecond()));
    }
  }

  @Override
  public String toString() {
    return text("C %.0f, %.0f; paced %s; %s", plain, segmented, paced, pacedSegmented);
  }

  void row(String server, Shape shape, MediaLoad.Result result) {
    rows.add(new Row(server, shape, result));
  }

  void memory(String server, long kilobytesPerReceiver, long residentMegabytes) {
    memory.put(server, new Memory(kilobytesPerReceiver, residentMegabytes));
  }

  void leaveOut(String why) {
    leftOut.add(why);
  }

  private static String whole(Map<Integer, Double> values) {
    return values.values().stream()
        .map(each -> text("%.0f", each))
        .collect(Collectors.joining(", "));
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Media benchmarks");
    lines.add("");
    lines.add(
        text(
            "Written by `bench/media/run %.0f %d`; the numbers of one run belong together,",
            seconds, receivers));
    lines.add(
        "microseconds do not carry over between machines. Every server is a process of its own"
            + " under");
    lines.add(
        text(
            "the same load: one publisher and %d receivers (or 4 and %d), real ICE, DTLS and SRTP",
            receivers, receivers / 4));
    lines.add(
        "(AEAD_AES_128_GCM), 1084-byte packets over loopback. CPU time is that of the whole"
            + " process");
    lines.add(
        "(`schedstat`), after a warm-up as long as the measured window. Every packet of one"
            + " receiver");
    lines.add("is opened and timed; receivers send checks, receiver reports and REMB.");
    lines.add("");
    lines.add(
        text(
            "This machine: %d processors, Java %s, load average at the end %.1f.",
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    lines.add(
        text(
            "Loop in C, ns per packet, never resting: %.0f without segmentation, %.0f with runs of"
                + " 10.",
            plain, segmented));
    lines.add(
        text(
            "At the pace of the load, for 10, 2 and 1 packets per frame: %s without, %s with.",
            whole(paced), whole(pacedSegmented)));
    lines.add("");
    lines.add(
        "| server | packets per frame | µs per packet | packets/s | delivered | to C | to C,"
            + " segmented | to C at this pace | the same, segmented | latency p50 / p99 µs |"
            + " joins/s | CPU ms per join |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
    rows.forEach(row -> lines.add(line(row)));
    lines.add("");
    lines.add(
        "\"To C\" is packets per CPU-second as a share of the loop's. A loop that never rests has"
            + " warm");
    lines.add(
        "caches and no wake-ups; \"at this pace\" it sends as many packets at a time, as often, as"
            + " the");
    lines.add("load does. \"Segmented\": a frame's packets for one receiver leave as one message.");
    lines.add("");
    lines.add("| server | KB per further receiver | resident MB |");
    lines.add("|---|---|---|");
    memory.forEach((server, each) ->
        lines.add(
            text(
                "| %s | %d | %d |",
                server, each.kilobytesPerReceiver(), each.residentMegabytes())));
    lines.add("");
    lines.addAll(ratios());
    leftOut.forEach(each -> lines.add("- Left out: " + each));
    return lines;
  }

  private String line(Row row) {
    MediaLoad.Result result = row.result();
    return text(
        "| %s | %s | %.2f | %.0f | %.1f %% | %.2f | %.2f | %.2f | %.2f | %d / %d | %.0f | %.1f |",
        row.server(),
        row.shape(),
        result.nanosPerPacket() / 1000,
        result.packetsPerSecond(),
        result.delivered() * 100,
        plain / result.nanosPerPacket(),
        segmented / result.nanosPerPacket(),
        paced.getOrDefault(row.shape().perFrame(), 0.0) / result.nanosPerPacket(),
        pacedSegmented.getOrDefault(row.shape().perFrame(), 0.0) / result.nanosPerPacket(),
        result.latencyMicrosMedian(),
        result.latencyMicrosP99(),
        result.joinsPerSecond(),
        result.cpuMillisPerJoin());
  }

  /** What Parley takes of the CPU that another server takes, shape by shape. */
  private List<String> ratios() {
    List<String> lines = new ArrayList<>();
    for (Row ours : rows) {
      for (Row theirs : rows) {
        if (ours.server().equals(OURS)
            && !theirs.server().equals(OURS)
            && theirs.shape().equals(ours.shape())) {
          lines.add(
              text(
                  "- %s packets per frame: Parley takes %.2f of the CPU of %s.",
                  ours.shape(),
                  ours.result().nanosPerPacket() / theirs.result().nanosPerPacket(),
                  theirs.server()));
        }
      }
    }
    return lines;
  }
}
