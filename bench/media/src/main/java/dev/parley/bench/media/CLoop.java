package dev.parley.bench.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small program in C that is this machine's own measure. */
final class CLoop {
  private static final Path PROGRAM = Path.of("bench/media/target/loop");

  private final int receivers;
  private final double seconds;

  CLoop(int receivers, double seconds) {
    this.receivers = receivers;
    this.seconds = seconds;
  }

  /** Whether it was built. */
  static boolean built() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Runs it.
   *
   * @param run packets for one receiver per flush, 1 to 16
   * @param segmentation whether a run leaves as one message
   * @return nanoseconds of CPU time per packet
   */
  double nanosPerPacket(int run, boolean segmentation) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "" + receivers,
                "" + run,
                segmentation ? "1" : "0",
                "" + seconds)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the loop in C failed");
    }
    return Double.parseDouble(out.trim());
  }
}
