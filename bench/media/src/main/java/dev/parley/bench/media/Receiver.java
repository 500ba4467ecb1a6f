package dev.parley.bench.media;

import dev.parley.media.client.TestClient;
import dev.parley.media.memory.Memory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts what arrives. The watched one opens every packet as well: that proves them right and tells
 * how long they took.
 */
final class Receiver implements TestClient.Receiver, AutoCloseable {
  private static final int MEDIA_BYTES_MIN = 400;
  private static final long LATENCY_NANOS_MAX = 10_000_000_000L;

  private final boolean watched;
  private final Histogram latency = new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  private final AtomicLong packets = new AtomicLong();
  private @Nullable TestClient client;
  private volatile boolean measuring;
  private volatile int ssrc;
  private volatile long bad;

  Receiver(boolean watched) {
    this.watched = watched;
  }

  void connected(TestClient secured) {
    client = secured;
  }

  TestClient client() {
    if (client == null) {
      throw new IllegalStateException("not connected yet");
    }
    return client;
  }

  /** Video packets that arrived. */
  long packets() {
    return packets.get();
  }

  /** Packets that could not be opened. */
  long bad() {
    return bad;
  }

  /** The source that it gets video from, 0 before the first packet. */
  int ssrc() {
    return ssrc;
  }

  void measure(boolean on) {
    if (on) {
      latency.reset();
    }
    measuring = on;
  }

  long latencyMicros(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000;
  }

  @Override
  public void packet(TestClient from, ByteBuffer datagram) {
    int second = datagram.get(1) & 0xff;
    boolean rtcp = second >= 192 && second < 224;
    if (!rtcp && datagram.remaining() > MEDIA_BYTES_MIN) {
      packets.lazySet(packets.get() + 1);
      ssrc = datagram.getInt(8);
    }
    if (watched) {
      open(from, datagram, rtcp);
    }
  }

  private void open(TestClient from, ByteBuffer datagram, boolean rtcp) {
    int length = from.open(datagram, rtcp);
    if (length < 0) {
      bad = bad + 1;
    } else if (!rtcp && length > MEDIA_BYTES_MIN) {
      long sent = Memory.i64(from.opened() + length - Publisher.PAYLOAD + Publisher.SENT_AT);
      long took = System.nanoTime() - sent;
      if (measuring && took > 0 && took < LATENCY_NANOS_MAX) {
        latency.recordValue(Math.max(1_000, took));
      }
    }
  }

  @Override
  public void close() {
    client().close();
  }
}
