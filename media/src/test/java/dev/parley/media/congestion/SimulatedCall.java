package dev.parley.media.congestion;

import dev.parley.media.codec.ArrayBytes;
import dev.parley.media.simulator.LinkProfile;
import dev.parley.media.simulator.SimulatedLink;
import dev.parley.media.simulator.SimulatedTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A sender with estimator, pacing and probing, and a receiver that sends real feedback bytes, over
 * a simulated link. The video follows the estimate at 30 frames a second up to a wish; audio always
 * flows.
 */
final class SimulatedCall {
  /** State at one moment, ten times a second. */
  record Sample(long micros, long targetBps, long queueMicros, long arrivedBps, double loss) {}

  final SimulatedTime time = new SimulatedTime();
  final SimulatedLink link;
  final SendSideEstimator estimator = new SendSideEstimator(0);
  final List<Sample> samples = new ArrayList<>();
  private final SimulatedLink back;
  private final PacingBudget pacing = new PacingBudget();
  private final TransportFeedbackWriter feedback = new TransportFeedbackWriter();
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
  private final long wantedBps;
  private int sequence = 65_000;
  private long arrivedBits;
  private boolean paused;

  SimulatedCall(LinkProfile profile, long wantedBps, long seed) {
    this.wantedBps = wantedBps;
    link = new SimulatedLink(time, profile, seed);
    back = new SimulatedLink(time, LinkProfile.constant(50_000_000), seed + 1);
    time.every(33_333, this::frame);
    time.every(20_000, () -> send(120, 0));
    time.every(50_000, this::report);
    time.every(2_000, this::pump);
    time.every(100_000, this::sample);
  }

  /** Stops or resumes the video; the estimate then has nothing to live on. */
  void pause(boolean stop) {
    paused = stop;
  }

  private void frame() {
    if (paused) {
      return;
    }
    long bps = Math.min(estimator.targetBps() - 48_000, wantedBps);
    long bytes = Math.max(200, bps / 30 / 8);
    for (long left = bytes; left > 0; left -= 1160) {
      waiting.add((int) Math.min(left, 1160) + 40);
    }
    while (waiting.size() > 400) {
      waiting.poll();
    }
  }

  private void pump() {
    long now = time.nowMicros();
    estimator.wanted(wantedBps + 48_000);
    estimator.tick(now);
    int probe = estimator.probeNumber();
    if (probe != 0) {
      pacing.exactly(estimator.probeBps(), now);
    } else {
      pacing.follow(estimator.targetBps(), now);
    }
    while (pacing.waitMicros(now) == 0 && (!waiting.isEmpty() || probe != 0)) {
      Integer media = waiting.poll();
      send(media == null ? 1200 : media, probe);
      probe = estimator.probeNumber();
    }
  }

  private void send(int bytes, int probe) {
    long now = time.nowMicros();
    int number = sequence++ & 0xffff;
    estimator.onSent(number, bytes, probe, now);
    pacing.sent(bytes, now);
    link.send(
        bytes,
        () -> {
          arrivedBits += bytes * 8L;
          feedback.arrived(number, time.nowMicros());
        });
  }

  private void report() {
    while (feedback.pending()) {
      byte[] packet = new byte[1200];
      int length = feedback.write(new ArrayBytes(packet), 0, packet.length, 1, 2);
      if (length > 0) {
        back.send(
            length,
            () -> {
              if (!estimator.onFeedback(new ArrayBytes(packet), 0, length, time.nowMicros())) {
                throw new IllegalStateException("own feedback is malformed");
              }
            });
      }
    }
  }

  private void sample() {
    samples.add(
        new Sample(
            time.nowMicros(),
            estimator.targetBps(),
            link.queueMicros(),
            arrivedBits * 10,
            estimator.loss()));
    arrivedBits = 0;
  }

  void run(int seconds) {
    time.runUntil(seconds * 1_000_000L);
  }

  private List<Sample> between(double from, double to) {
    return samples.stream()
        .filter(one -> one.micros() >= from * 1e6 && one.micros() < to * 1e6)
        .toList();
  }

  /** Mean estimate over a time, as a share of {@code bps}. */
  double utilisation(double from, double to, long bps) {
    return between(from, to).stream().mapToLong(Sample::targetBps).average().orElse(0) / bps;
  }

  /** Mean rate that arrives, as a share of {@code bps}. */
  double arrival(double from, double to, long bps) {
    return between(from, to).stream().mapToLong(Sample::arrivedBps).average().orElse(0) / bps;
  }

  /** Standard deviation of the estimate over its mean. */
  double oscillation(double from, double to) {
    double mean = between(from, to).stream().mapToLong(Sample::targetBps).average().orElse(1);
    double square =
        between(from, to).stream()
            .mapToDouble(one -> (one.targetBps() - mean) * (one.targetBps() - mean))
            .average()
            .orElse(0);
    return Math.sqrt(square) / mean;
  }

  /** Wait in the queue that 95 % of the samples stay below, in milliseconds. */
  double queueMs95(double from, double to) {
    long[] queue = between(from, to).stream().mapToLong(Sample::queueMicros).sorted().toArray();
    return queue.length == 0 ? 0 : queue[queue.length * 95 / 100] / 1000.0;
  }

  /** Seconds after {@code from} until the estimate is at least {@code bps}; 1000 for never. */
  double secondsToReach(double from, long bps) {
    return samples.stream()
        .filter(one -> one.micros() >= from * 1e6 && one.targetBps() >= bps)
        .findFirst()
        .map(one -> one.micros() / 1e6 - from)
        .orElse(1000.0);
  }

  /** Seconds after {@code from} until the estimate is at most {@code bps}; 1000 for never. */
  double secondsToFall(double from, long bps) {
    return samples.stream()
        .filter(one -> one.micros() >= from * 1e6 && one.targetBps() <= bps)
        .findFirst()
        .map(one -> one.micros() / 1e6 - from)
        .orElse(1000.0);
  }

  String describe(String name) {
    StringBuilder line = new StringBuilder(name).append(':');
    for (int each = 9; each < samples.size(); each += 10) {
      Sample sample = samples.get(each);
      line.append(" %d".formatted(sample.targetBps() / 1000));
      if (sample.queueMicros() > 20_000) {
        line.append("(q%d)".formatted(sample.queueMicros() / 1000));
      }
    }
    return line.toString();
  }
}
