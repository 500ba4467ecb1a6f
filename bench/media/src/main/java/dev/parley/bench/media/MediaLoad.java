package dev.parley.bench.media;

import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.codec.PacketBytes;
import dev.parley.media.congestion.Remb;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpProfile;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One publisher and its receivers against one server. */
final class MediaLoad implements AutoCloseable {
  private static final int PAYLOAD = 1064;
  private static final int HEADER = 20;
  private static final int SENT_AT = HEADER + 40;
  private static final long ESTIMATE_BPS = 50_000_000;

  private final MediaServer server;
  private final DtlsIdentity identity;
  private final SrtpCipher cipher;
  private final InetAddress address;
  private final List<TestClient> receivers = new ArrayList<>();
  private final Histogram latency = new Histogram(1_000, 10_000_000_000L, 3);
  private final RtcpWriter writer = new RtcpWriter();
  private final TestClient publisher;
  private final double joinsPerSecond;
  private long index = 1;
  private int transportSequence;
  private long frame;
  private volatile boolean measuring;
  private volatile int watchedSsrc;
  private volatile long bad;

  /** What one shape of load cost. */
  record Result(
      double nanosPerPacket,
      double packetsPerSecond,
      double delivered,
      long latencyMicrosMedian,
      long latencyMicrosP99,
      long kilobytesPerReceiver,
      double joinsPerSecond) {}

  MediaLoad(
      MediaServer server, DtlsIdentity identity, SrtpCipher cipher, InetAddress address, int count)
      throws InterruptedException {
    this.server = server;
    this.identity = identity;
    this.cipher = cipher;
    this.address = address;
    server.openRoom();
    publisher = client((from, datagram) -> {});
    publisher.connect(server.publish(TestCall.offer(publisher))).awaitSecured();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      receivers.add(join(i));
    }
    joinsPerSecond = count * 1e9 / (System.nanoTime() - start);
  }

  private TestClient client(TestClient.Receiver receiver) {
    return new TestClient(identity, cipher, List.of(SrtpProfile.AEAD_AES_128_GCM), receiver)
        .bind(address);
  }

  private TestClient join(int number) throws InterruptedException {
    TestClient client = client(number == 0 ? this::watch : (from, datagram) -> {});
    MediaServer.Subscription subscription = server.subscribe("receiver" + number);
    subscription.answer().accept(TestCall.answer(subscription.offer(), client));
    return client.connect(subscription.offer()).awaitSecured();
  }

  /** One receiver opens every packet: it proves them right and tells how long they took. */
  private void watch(TestClient client, ByteBuffer datagram) {
    boolean rtcp = (datagram.get(1) & 0xff) >= 192 && (datagram.get(1) & 0xff) < 224;
    int length = client.open(datagram, rtcp);
    if (length < 0) {
      bad = bad + 1;
      return;
    }
    if (rtcp || length < 400) {
      return;
    }
    watchedSsrc = Memory.i32(client.opened() + 8);
    long sent = Memory.i64(client.opened() + length - PAYLOAD + SENT_AT - HEADER);
    long took = System.nanoTime() - sent;
    if (measuring && took > 0 && took < 10_000_000_000L) {
      latency.recordValue(Math.max(1_000, took));
    }
  }

  /** Sends frames of {@code perFrame} packets, {@code framesPerSecond}, and measures the server. */
  Result run(int perFrame, int framesPerSecond, double seconds, long residentBefore) {
    // As long again to warm up: the compiler works in the same process, on the same processors.
    send(perFrame, framesPerSecond, seconds);
    latency.reset();
    measuring = true;
    long received = received();
    long offered = index;
    long cpu = ProcessMeter.cpuNanos(server.pid());
    long start = System.nanoTime();
    send(perFrame, framesPerSecond, seconds);
    double elapsed = (System.nanoTime() - start) / 1e9;
    long cpuSpent = ProcessMeter.cpuNanos(server.pid()) - cpu;
    long packets = received() - received;
    measuring = false;
    long kilobytes = ProcessMeter.residentKilobytes(server.pid()) - residentBefore;
    double expected = (double) (index - offered) * receivers.size();
    if (bad > 0) {
      throw new IllegalStateException(server.name() + ": " + bad + " packets could not be opened");
    }
    return new Result(
        (double) cpuSpent / packets,
        packets / elapsed,
        packets / expected,
        latency.getValueAtPercentile(50) / 1000,
        latency.getValueAtPercentile(99) / 1000,
        kilobytes / receivers.size(),
        joinsPerSecond);
  }

  private long received() {
    return receivers.stream().mapToLong(TestClient::received).sum();
  }

  private void send(int perFrame, int framesPerSecond, double seconds) {
    long interval = 1_000_000_000L / framesPerSecond;
    long next = System.nanoTime();
    long end = next + (long) (seconds * 1e9);
    for (int count = 0; next < end; count++) {
      for (int i = 0; i < perFrame; i++) {
        video(i == 0, i == perFrame - 1);
      }
      frame++;
      if (count % framesPerSecond == 0) {
        receivers.forEach(this::report);
      }
      if (count % (2 * framesPerSecond) == 0) {
        receivers.forEach(TestClient::check);
        publisher.check();
      }
      next += interval;
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  /** A receiver report and a constant maximum, once a second. */
  private void report(TestClient receiver) {
    long slot = receiver.slot();
    writer.begin(slot).receiverReport(1, 0);
    int length =
        writer.length() + Remb.write(new At(slot), writer.length(), 1, watchedSsrc, ESTIMATE_BPS);
    receiver.sendRtcp(length);
  }

  /** A packet of a VP8 key frame with a transport-wide number and the time in its payload. */
  private void video(boolean first, boolean last) {
    long slot = publisher.slot();
    Memory.put16(slot, 0x9000 | (last ? 0x80 : 0) | 96);
    Memory.put16(slot + 2, (int) index);
    Memory.put32(slot + 4, (int) (frame * 3000));
    Memory.put32(slot + 8, TestCall.VIDEO_SSRC);
    Memory.put32(slot + 12, 0xbede0001);
    Memory.put8(slot + 16, 0x31);
    Memory.put16(slot + 17, transportSequence++);
    Memory.put8(slot + 19, 0);
    Memory.put8(slot + 20, first ? 0x90 : 0x80);
    Memory.put8(slot + 21, 0x80);
    Memory.put16(slot + 22, (int) (0x8000 | frame & 0x7fff));
    Memory.put8(slot + 24, first ? 0x10 : 0);
    Memory.put24(slot + 27, 0x9d012a);
    Memory.put32(slot + 30, 0x40016801);
    Memory.put64(slot + SENT_AT, System.nanoTime());
    publisher.sendRtp(HEADER, HEADER + PAYLOAD, index++);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s with %d receivers", server.name(), receivers.size());
  }

  @Override
  public void close() {
    publisher.close();
    receivers.forEach(TestClient::close);
  }

  private record At(long base) implements PacketBytes {
    @Override
    public int u8(int at) {
      return Memory.u8(base + at);
    }

    @Override
    public void put8(int at, int value) {
      Memory.put8(base + at, value);
    }
  }
}
