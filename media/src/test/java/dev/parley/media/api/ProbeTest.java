package dev.parley.media.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.SecureIds;
import dev.parley.media.client.CallPackets;
import dev.parley.media.client.SlotView;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.congestion.TransportFeedbackWriter;
import dev.parley.media.sfu.ForwardStatistics;
import dev.parley.media.transport.CipherTier;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpCipherTiers;
import dev.parley.media.transport.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes find the room that a receiver has, even when nothing is sent that could be repeated. */
class ProbeTest {
  /** Less than the engine keeps a client that is silent. */
  private static final long SOON_NANOS = 20_000_000_000L;

  private static final int LOUD = 25;

  /** More pictures than the engine keeps for sending again. */
  private static final int FORGOTTEN_AFTER = 3_000;

  private final JumpingClock clock = new JumpingClock();
  private MediaEngine engine;
  private Conference conference;
  private TestCall call;

  @BeforeEach
  void start() throws IOException {
    MediaConfig config = MediaConfig.at(InetAddress.getByName("127.0.0.1")).withLoops(1);
    engine = MediaEngine.start(config, clock, new SecureIds());
    conference = engine.createConference(new ConferenceListener() {});
    SrtpCipher cipher = SrtpCipherTiers.of(CipherTier.SUN).orElseThrow();
    DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), clock.now());
    call = new TestCall(conference, identity, cipher, List.of(SrtpProfile.AEAD_AES_128_GCM));
  }

  @AfterEach
  void stop() {
    conference.close();
    engine.close();
  }

  /** Tells the engine when its packets arrived, once it is asked to. */
  private static final class Telling implements TestClient.Receiver {
    private final TransportFeedbackWriter arrivals = new TransportFeedbackWriter();

    @Override
    public void packet(TestClient from, ByteBuffer datagram) {
      if (CallPackets.payloadType(datagram) < 0) {
        return;
      }
      // Sound has its level, of one byte, before the transport-wide number, of two.
      int at = (datagram.get(16) & 0x0f) == 1 ? 17 : 19;
      synchronized (arrivals) {
        arrivals.arrived(datagram.getShort(at) & 0xffff, System.nanoTime() / 1000);
      }
    }

    void tell(TestClient client) {
      synchronized (arrivals) {
        if (arrivals.pending()) {
          client.sendRtcp(arrivals.write(new SlotView(client.slot()), 0, 1200, 1, 2));
        }
      }
    }
  }

  @Test
  void aVideoThatWasTooDearComesWhenThereTurnsOutToBeRoom() throws InterruptedException {
    Telling telling = new Telling();
    try (TestClient publisher = call.publisher("p", (from, datagram) -> {});
        TestClient viewer = call.subscriber("v", telling)) {
      CallPackets packets = new CallPackets(publisher);
      sendUntil(
          "the pictures cost more than a start allows",
          packets,
          () -> pictures().packets() > 0 && pictures().encoding() < 0);
      long forgotten = taken() + FORGOTTEN_AFTER;
      sendUntil("what was sent is forgotten", packets, () -> taken() > forgotten);
      long before = pictures().octets();
      sendUntil(
          "the pictures come",
          packets,
          () -> {
            telling.tell(viewer);
            return pictures().octets() > before;
          });
      assertThat(pictures().retransmitted()).isZero();
    }
  }

  private static void sendUntil(String what, CallPackets packets, BooleanSupplier condition) {
    long deadline = System.nanoTime() + SOON_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      packets.audio(LOUD);
      for (int i = 0; i < 10; i++) {
        packets.video(true);
      }
      LockSupport.parkNanos(15_000_000);
    }
  }

  /** How the video does on its way to the viewer. */
  private ForwardStatistics pictures() {
    List<ForwardStatistics> received = call.endpoint("v").statistics().join().received();
    return received.getLast();
  }

  /** Packets of sound and video that the engine took from the publisher. */
  private long taken() {
    return call.endpoint("p").statistics().join().published().values().stream()
        .mapToLong(layers -> layers.getFirst().packets())
        .sum();
  }
}
