package dev.parley.media.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.codec.PacketBytes;
import dev.parley.media.congestion.Remb;
import dev.parley.media.memory.Memory;
import dev.parley.media.rtp.RtcpWriter;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gate on garbage: what a loop allocates per packet it sends, over receive, NACK, RTX,
 * feedback, pacing, encrypt and send, with 60 receivers.
 */
class AllocationTest {
  private static final int RECEIVERS = 60;
  private static final int BURST = 10;
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
        crowd.send(WARM_UP);
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
        assertThat(packets).isGreaterThan(PACKETS / 2);
        assertThat(Math.round(perPacket)).isLessThanOrEqualTo(bytesMax);
      }
    }
  }

  private static long allocated(long thread) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(thread);
  }

  private static long sent(MediaEngine engine) {
    return engine.statistics().getFirst().sockets().packetsOut();
  }

  /** One publisher and its receivers, who complain about packets that they did get. */
  private static final class Crowd implements AutoCloseable, TestClient.Receiver {
    private final TestClient publisher;
    private final List<TestClient> receivers = new ArrayList<>();
    private final RtcpWriter writer = new RtcpWriter();
    private final int[] lost = new int[1];
    private long index = 1;
    private long nacks;
    private int transportSequence;

    Crowd(TestCall call) throws InterruptedException {
      publisher = call.publisher("publisher", (client, datagram) -> {});
      for (int i = 0; i < RECEIVERS; i++) {
        TestClient receiver = call.subscriber("receiver" + i, this);
        receivers.add(receiver);
        allow(receiver);
      }
    }

    long nacks() {
      return nacks;
    }

    /** Says that this receiver takes 100 Mbit/s, so that the estimate is not what is measured. */
    private static void allow(TestClient receiver) {
      int length = Remb.write(new At(receiver.slot()), 0, 1, 2, 100_000_000);
      receiver.sendRtcp(length);
    }

    /** Asking the engine for its counters would make garbage on the loop, so bursts are counted. */
    void send(long packets) {
      for (int burst = 0; (long) burst * BURST * RECEIVERS < packets; burst++) {
        for (int i = 0; i < BURST; i++) {
          video(i == BURST - 1);
        }
        if (burst % 20 == 0) {
          receivers.forEach(this::complain);
          receivers.forEach(Crowd::allow);
        }
        LockSupport.parkNanos(4_000_000);
      }
    }

    /** A VP8 key frame packet with a transport sequence number. */
    private void video(boolean marker) {
      long slot = publisher.slot();
      Memory.put16(slot, 0x9000 | (marker ? 0x80 : 0) | 96);
      Memory.put16(slot + 2, (int) index);
      Memory.put32(slot + 4, (int) (index / BURST * 3000));
      Memory.put32(slot + 8, TestCall.VIDEO_SSRC);
      Memory.put32(slot + 12, 0xbede0001);
      Memory.put8(slot + 16, 0x31);
      Memory.put16(slot + 17, transportSequence++);
      Memory.put8(slot + 19, 0);
      Memory.put8(slot + 20, index % BURST == 1 ? 0x90 : 0x80);
      Memory.put8(slot + 21, 0x80);
      Memory.put16(slot + 22, (int) (0x8000 | index / BURST & 0x7fff));
      Memory.put8(slot + 24, 0);
      publisher.sendRtp(20, 20 + PAYLOAD, index++);
    }

    private final java.util.concurrent.ConcurrentHashMap<TestClient, long[]> seen =
        new java.util.concurrent.ConcurrentHashMap<>();

    @Override
    public void packet(TestClient client, ByteBuffer datagram) {
      int type = datagram.get(1) & 0x7f;
      if (type == 96) {
        long[] last = seen.computeIfAbsent(client, each -> new long[2]);
        last[0] = datagram.getShort(2) & 0xffff;
        last[1] = datagram.getInt(8);
      }
    }

    private void complain(TestClient receiver) {
      long[] last = seen.get(receiver);
      if (last != null) {
        lost[0] = (int) last[0];
        int length = writer.begin(receiver.slot()).nack(1, (int) last[1], lost, 1).length();
        receiver.sendRtcp(length);
        nacks++;
      }
    }

    @Override
    public void close() {
      publisher.close();
      receivers.forEach(TestClient::close);
    }
  }

  /** Packet bytes at an address. */
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
