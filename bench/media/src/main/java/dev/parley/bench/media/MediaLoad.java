package dev.parley.bench.media;

import dev.parley.media.client.ClientReader;
import dev.parley.media.client.SlotView;
import dev.parley.media.client.TestClient;
import dev.parley.media.congestion.Remb;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpProfile;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Publishers and their receivers against one server. */
final class MediaLoad implements AutoCloseable {
  private static final long ESTIMATE_BPS = 50_000_000;
  private static final int JOINING_AT_ONCE = 4;

  private final MediaServer server;
  private final DtlsIdentity identity;
  private final SrtpCipher cipher;
  private final InetAddress address;
  private final ClientReader reader = new ClientReader();
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<Receiver> receivers = new ArrayList<>();
  private final RtcpWriter writer = new RtcpWriter();
  private double joinsPerSecond;
  private double cpuMillisPerJoin;

  /**
   * What one shape of load cost.
   *
   * @param nanosPerPacket CPU time of the server per packet that it forwarded
   * @param delivered share of what should have arrived
   * @param joinsPerSecond from the first signalling to keys at every receiver, four at a time
   * @param cpuMillisPerJoin CPU time of the server per receiver meanwhile
   */
  record Result(
      double nanosPerPacket,
      double packetsPerSecond,
      double delivered,
      long latencyMicrosMedian,
      long latencyMicrosP99,
      double joinsPerSecond,
      double cpuMillisPerJoin) {}

  /** Opens a room with so many publishers; receivers come with {@link #join}. */
  MediaLoad(
      MediaServer server,
      DtlsIdentity identity,
      SrtpCipher cipher,
      InetAddress address,
      int publisherCount)
      throws InterruptedException {
    this.server = server;
    this.identity = identity;
    this.cipher = cipher;
    this.address = address;
    server.openRoom();
    for (int i = 0; i < publisherCount; i++) {
      TestClient client = client((from, datagram) -> {});
      server.publish("publisher" + i, client);
      publishers.add(new Publisher(client.awaitSecured()));
    }
  }

  private TestClient client(TestClient.Receiver receiver) {
    return new TestClient(identity, cipher, List.of(SrtpProfile.AEAD_AES_128_GCM), receiver)
        .bind(address)
        .readBy(reader);
  }

  /** Adds receivers, while pictures flow: a server may not know a track before its first packet. */
  void join(int count) throws InterruptedException {
    long start = System.nanoTime();
    long cpu = ProcessMeter.cpuNanos(server.pid());
    int before = receivers.size();
    List<Future<Receiver>> joining = new ArrayList<>();
    try (ExecutorService joiners = Executors.newFixedThreadPool(JOINING_AT_ONCE)) {
      frames(1, 50, 0.2);
      for (int i = 0; i < count; i++) {
        int number = before + i;
        joining.add(joiners.submit(() -> receiver(number)));
      }
      while (!joining.stream().allMatch(Future::isDone)) {
        frames(1, 50, 0.02);
      }
    }
    joining.forEach(each -> receivers.add(each.resultNow()));
    joinsPerSecond = count * 1e9 / (System.nanoTime() - start - 200_000_000);
    cpuMillisPerJoin = (ProcessMeter.cpuNanos(server.pid()) - cpu) / 1e6 / count;
  }

  private Receiver receiver(int number) throws InterruptedException {
    Receiver receiver = new Receiver(number == 0);
    TestClient client = client(receiver);
    server.subscribe("receiver" + number, client, publishers.size());
    receiver.connected(client.awaitSecured());
    return receiver;
  }

  /**
   * Sends frames of {@code perFrame} packets, {@code framesPerSecond} from each publisher, and
   * measures the server.
   */
  Result run(int perFrame, int framesPerSecond, double seconds) {
    // As long again to warm up: the compiler works in the same process, on the same processors.
    frames(perFrame, framesPerSecond, seconds);
    Receiver watched = receivers.getFirst();
    watched.measure(true);
    long received = received();
    long offered = offered();
    long cpu = ProcessMeter.cpuNanos(server.pid());
    long start = System.nanoTime();
    frames(perFrame, framesPerSecond, seconds);
    double elapsed = (System.nanoTime() - start) / 1e9;
    long cpuSpent = ProcessMeter.cpuNanos(server.pid()) - cpu;
    long packets = received() - received;
    watched.measure(false);
    if (watched.bad() > 0) {
      throw new IllegalStateException(
          server.name() + ": " + watched.bad() + " packets could not be opened");
    }
    return new Result(
        (double) cpuSpent / packets,
        packets / elapsed,
        (double) packets / ((offered() - offered) * receivers.size()),
        watched.latencyMicros(50),
        watched.latencyMicros(99),
        joinsPerSecond,
        cpuMillisPerJoin);
  }

  private long received() {
    return receivers.stream().mapToLong(Receiver::packets).sum();
  }

  private long offered() {
    return publishers.stream().mapToLong(Publisher::sent).sum();
  }

  /** The publishers take turns, so that their frames do not fall on the same moment. */
  private void frames(int perFrame, int framesPerSecond, double seconds) {
    long interval = 1_000_000_000L / framesPerSecond / publishers.size();
    long next = System.nanoTime();
    long end = next + (long) (seconds * 1e9);
    long reports = next;
    for (int turn = 0; next < end; turn++) {
      publishers.get(turn % publishers.size()).frame(perFrame);
      if (next - reports >= 0) {
        reports += 1_000_000_000L;
        receivers.forEach(this::report);
        publishers.forEach(Publisher::check);
      }
      next += interval;
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  /** What a browser sends once a second: a check, a receiver report, here with a fixed maximum. */
  private void report(Receiver receiver) {
    TestClient client = receiver.client();
    client.check();
    long slot = client.slot();
    writer.begin(slot).receiverReport(1, 0);
    int length =
        writer.length()
            + Remb.write(new SlotView(slot), writer.length(), 1, receiver.ssrc(), ESTIMATE_BPS);
    client.sendRtcp(length);
  }

  @Override
  public void close() {
    publishers.forEach(Publisher::close);
    receivers.forEach(Receiver::close);
    reader.close();
  }
}
