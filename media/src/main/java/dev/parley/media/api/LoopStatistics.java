package dev.parley.media.api;

import dev.parley.media.transport.LoopCounters;
import dev.parley.media.transport.MediaLoop;
import dev.parley.media.transport.PacketIo;

/**
 * How one media loop does.
 *
 * @param name of the loop
 * @param connections on it
 * @param sockets what went through its socket
 * @param refused what could not be used
 * @param latencyMicrosMedian from taking a packet to handing on its copies, half of the batches
 * @param latencyMicrosP99 the same for 99 of 100
 */
public record LoopStatistics(
    String name,
    int connections,
    PacketIo.Counters sockets,
    LoopCounters.Snapshot refused,
    long latencyMicrosMedian,
    long latencyMicrosP99) {
  static LoopStatistics of(MediaLoop loop) {
    return loop.ask(() ->
            new LoopStatistics(
                loop.name(),
                loop.linkCount(),
                loop.io().counters(),
                loop.counters().snapshot(),
                loop.latency().getValueAtPercentile(50) / 1000,
                loop.latency().getValueAtPercentile(99) / 1000))
        .join();
  }
}
