package dev.parley.media.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.client.CallPackets;
import dev.parley.media.client.SlotView;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.congestion.Remb;
import dev.parley.media.congestion.TransportFeedbackWriter;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.RtcpReader;
import dev.parley.media.rtp.RtcpWriter;
import dev.parley.media.sfu.ForwardStatistics;
import dev.parley.media.sfu.LayerStatistics;
import dev.parley.media.transport.CipherTier;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.IoTier;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpCipherTiers;
import dev.parley.media.transport.SrtpProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gate on garbage: what a loop allocates per packet it sends, over receive, NACK, RTX,
 * feedback, pacing, encrypt and send, with 60 receivers.
 */
class AllocationTest {
  private static final int RECEIVERS = 60;
  private static final int BURST = 30;
  private static final int PAYLOAD = 1064;
  private static final long PACKETS = Long.getLong("parley.allocation.packets", 1_000_000);
  private static final long WARM_UP = PACKETS / 4;

  @ParameterizedTest
  @CsvSource({"OPENSSL, 0", "CORRETTO, 70"})
  void aPacketMakesNoGarbage(CipherTier tier, long bytesMax)
      throws IOException, InterruptedException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    Optional<SrtpCipher> cipher = SrtpCipherTiers.of(tier);
    Assumptions.assumeTrue(linux && cipher.isPresent(), "tier " + tier + " is not here");
    MediaConfig config =
        MediaConfig.at(InetAddress.getByName("127.0.0.1"))
            .withLoops(1)
            .withTiers(IoTier.LINUX, tier);
    SystemClock clock = new SystemClock();
    try (MediaEngine engine = MediaEngine.start(config, clock, new SecureIds());
        Conference conference = engine.createConference(new ConferenceListener() {})) {
      DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), clock.now());
      TestCall call =
          new TestCall(
              conference, identity, cipher.orElseThrow(), List.of(SrtpProfile.AEAD_AES_128_GCM));
      try (Crowd crowd = new Crowd(call)) {
        long loop = engine.loopThreads().getFirst().threadId();
        crowd.send(WARM_UP / 2);
        // Reading a check makes 4 KB of garbage; it comes once in seconds and is not the packets'.
        crowd.check();
        crowd.send(WARM_UP / 2);
        long sentBefore = sent(engine);
        long before = allocated(loop);
        crowd.send(PACKETS);
        long bytes = allocated(loop) - before;
        long packets = sent(engine) - sentBefore;
        double perPacket = (double) bytes / packets;
        System.out.printf(
            Locale.ROOT,
            "%s: %d packets, %d bytes, %.3f B/packet, resent %d, %s%n",
            tier,
            packets,
            bytes,
            perPacket,
            crowd.nacks(),
            engine.statistics());
        everyPathWasWalked(call);
        assertThat(packets).isGreaterThanOrEqualTo(PACKETS);
        assertThat(Math.round(perPacket)).isLessThanOrEqualTo(bytesMax);
      }
    }
  }

  /** Otherwise no garbage would prove nothing. */
  private static void everyPathWasWalked(TestCall call) {
    LayerStatistics published =
        call.endpoint("publisher").statistics().join().published().values().stream()
            .flatMap(List::stream)
            .filter(each -> each.keyFrames() > 0)
            .findFirst()
            .orElseThrow();
    assertThat(published.recovered()).as("NACK and RTX from the publisher").isPositive();
    List<EndpointStatistics> viewers = new ArrayList<>();
    for (int i = 0; i < RECEIVERS; i++) {
      viewers.add(call.endpoint("receiver" + i).statistics().join());
    }
    assertThat(sum(viewers, ForwardStatistics::paced)).as("paced").isPositive();
    assertThat(sum(viewers, ForwardStatistics::retransmitted)).as("resent").isPositive();
    assertThat(viewers.stream().filter(each -> each.estimateBps() < 100_000_000))
        .as("estimates from feedback and from maxima")
        .hasSizeGreaterThanOrEqualTo(RECEIVERS / 2);
  }

  private static long sum(
      List<EndpointStatistics> viewers, ToLongFunction<ForwardStatistics> field) {
    return viewers.stream().flatMap(each -> each.received().stream()).mapToLong(field).sum();
  }

  private static long allocated(long thread) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(thread);
  }

  private static long sent(MediaEngine engine) {
    return engine.statistics().getFirst().sockets().packetsOut();
  }

  /**
   * One publisher, who loses packets and sends them again when asked, and receivers of three kinds:
   * some take everything, some are paced by a low maximum, some answer with transport-wide
   * feedback; all complain about packets that they did get.
   */
  private static final class Crowd implements AutoCloseable {
    private final TestClient publisher;
    private final List<Viewer> viewers = new ArrayList<>();
    private final RtcpReader reader = new RtcpReader();
    private final RtcpWriter writer = new RtcpWriter();
    private final int[] lost = new int[1];
    private long index = 1;
    private long repairIndex = 1;
    private int transportSequence;
    private long nacks;

    Crowd(TestCall call) throws InterruptedException {
      publisher = call.publisher("publisher", this::asked);
      for (int i = 0; i < RECEIVERS; i++) {
        Viewer viewer = new Viewer(Kind.values()[i % Kind.values().length]);
        viewer.client = call.subscriber("receiver" + i, viewer);
        viewers.add(viewer);
        viewer.allow();
      }
    }

    long nacks() {
      return nacks;
    }

    /** Keeps consent alive; seldom, for reading a check makes a little garbage. */
    void check() {
      publisher.check();
      viewers.forEach(viewer -> viewer.client().check());
    }

    private long received() {
      return viewers.stream().mapToLong(each -> each.client().received()).sum();
    }

    /** Asking the engine for its counters would make garbage on the loop, so arrivals count. */
    void send(long packets) {
      long until = received() + packets;
      for (int burst = 0; received() < until; burst++) {
        for (int i = 0; i < BURST; i++) {
          video();
        }
        viewers.forEach(Viewer::feedback);
        if (burst % 10 == 0) {
          viewers.forEach(this::complain);
          viewers.forEach(Viewer::allow);
        }
        if (burst % 1000 == 999) {
          check();
        }
        LockSupport.parkNanos(12_000_000);
      }
    }

    /** The next packet; one of a hundred is lost on its way. */
    private void video() {
      synchronized (publisher) {
        if (index % 97 == 0) {
          index++;
          transportSequence++;
          return;
        }
        int header = header(publisher, 96, TestCall.VIDEO_SSRC, index, index);
        payload(publisher.slot() + header, index);
        publisher.sendRtp(header, header + PAYLOAD, index++);
      }
    }

    private int header(TestClient client, int type, int ssrc, long number, long original) {
      long slot = client.slot();
      boolean marker = original % BURST == 0;
      Memory.put16(slot, 0x9000 | (marker ? 0x80 : 0) | type);
      Memory.put16(slot + 2, (int) number);
      Memory.put32(slot + 4, (int) ((original - 1) / BURST * 3000));
      Memory.put32(slot + 8, ssrc);
      Memory.put32(slot + 12, 0xbede0001);
      Memory.put8(slot + 16, 0x31);
      Memory.put16(slot + 17, transportSequence++);
      Memory.put8(slot + 19, 0);
      return 20;
    }

    /** A VP8 packet of a key frame of {@link #BURST} packets. */
    private static void payload(long at, long number) {
      Memory.put8(at, number % BURST == 1 ? 0x90 : 0x80);
      Memory.put8(at + 1, 0x80);
      Memory.put16(at + 2, (int) (0x8000 | (number - 1) / BURST & 0x7fff));
      Memory.put8(at + 4, 0);
    }

    /**
     * The engine asks for what is missing: it comes on the source of retransmissions (RFC 4588).
     */
    private void asked(TestClient client, ByteBuffer datagram) {
      synchronized (client) {
        int length = client.open(datagram, true);
        if (length <= 0) {
          return;
        }
        reader.begin(client.opened(), length);
        while (reader.advance()) {
          if (reader.type() == RtcpReader.TRANSPORT_FEEDBACK && reader.count() == RtcpReader.NACK) {
            for (int pair = 0; pair < reader.nackCount(); pair++) {
              repair(client, reader.nackBase(pair));
            }
          }
        }
      }
    }

    private void repair(TestClient client, int sequence) {
      long original = index + (short) (sequence - (int) index);
      int header = header(client, 97, TestCall.REPAIR_SSRC, repairIndex, original);
      Memory.put16(client.slot() + header, sequence);
      payload(client.slot() + header + 2, original);
      client.sendRtp(header, header + 2 + PAYLOAD, repairIndex++);
    }

    private void complain(Viewer viewer) {
      if (viewer.ssrc != 0) {
        lost[0] = viewer.sequence;
        long slot = viewer.client().slot();
        viewer.client().sendRtcp(writer.begin(slot).nack(1, viewer.ssrc, lost, 1).length());
        nacks++;
      }
    }

    @Override
    public void close() {
      publisher.close();
      viewers.forEach(viewer -> viewer.client().close());
    }
  }

  private enum Kind {
    FREE,
    PACED,
    FEEDBACK
  }

  /** One receiver. */
  private static final class Viewer implements TestClient.Receiver {
    private static final long PACED_BPS = 25_000_000;

    private final Kind kind;
    private final TransportFeedbackWriter arrivals = new TransportFeedbackWriter();
    private @Nullable TestClient client;
    private volatile int ssrc;
    private volatile int sequence;

    Viewer(Kind kind) {
      this.kind = kind;
    }

    TestClient client() {
      if (client == null) {
        throw new IllegalStateException("not connected");
      }
      return client;
    }

    @Override
    public void packet(TestClient from, ByteBuffer datagram) {
      int type = CallPackets.payloadType(datagram);
      if (type == CallPackets.VP8) {
        sequence = CallPackets.sequence(datagram);
        ssrc = datagram.getInt(8);
      }
      // The first extension of our video packets is the transport-wide number, of 2 bytes.
      if (kind == Kind.FEEDBACK && type >= 0 && datagram.getShort(12) == (short) 0xbede) {
        synchronized (arrivals) {
          arrivals.arrived(datagram.getShort(17) & 0xffff, System.nanoTime() / 1000);
        }
      }
    }

    /** Says how much it takes, so that its estimate is not what is measured. */
    void allow() {
      if (kind != Kind.FEEDBACK) {
        long bps = kind == Kind.PACED ? PACED_BPS : 100_000_000;
        client().sendRtcp(Remb.write(new SlotView(client().slot()), 0, 1, 2, bps));
      }
    }

    void feedback() {
      synchronized (arrivals) {
        if (kind == Kind.FEEDBACK && arrivals.pending()) {
          int length = arrivals.write(new SlotView(client().slot()), 0, 1200, 1, ssrc);
          client().sendRtcp(length);
        }
      }
    }
  }
}
