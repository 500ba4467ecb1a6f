package dev.parley.media.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.memory.Memory;
import dev.parley.media.transport.CipherTier;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.IoTier;
import dev.parley.media.transport.LoopCounters;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpCipherTiers;
import dev.parley.media.transport.SrtpProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Garbage, replays and cut packets at every port, on every tier of sockets: the engine counts them
 * and goes on.
 */
@ParameterizedClass
@EnumSource(IoTier.class)
class HostileTest {
  private static final long SOON_NANOS = 20_000_000_000L;

  @Parameter private IoTier tier = IoTier.PORTABLE;

  private final SystemClock clock = new SystemClock();
  private final DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), clock.now());
  private final SrtpCipher cipher = SrtpCipherTiers.of(CipherTier.SUN).orElseThrow();
  private MediaEngine engine;
  private Conference conference;

  @BeforeEach
  void start() throws IOException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    assumeTrue(linux || tier == IoTier.PORTABLE, "the Linux tier needs Linux");
    MediaConfig config =
        MediaConfig.at(InetAddress.getByName("127.0.0.1"))
            .withLoops(1)
            .withTiers(tier, CipherTier.SUN);
    engine = MediaEngine.start(config, clock, new SecureIds());
    conference = engine.createConference(new ConferenceListener() {});
  }

  @AfterEach
  void stop() {
    if (engine == null) {
      return;
    }
    conference.close();
    engine.close();
  }

  private LoopCounters.Snapshot refused() {
    return engine.statistics().getFirst().refused();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + SOON_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private TestCall call(SrtpProfile profile) {
    return new TestCall(conference, identity, cipher, List.of(profile));
  }

  /** An audio packet of the publisher. */
  private static void audio(TestClient publisher, long index) {
    long slot = publisher.slot();
    Memory.put16(slot, 0x806f);
    Memory.put16(slot + 2, (int) index);
    Memory.put32(slot + 4, (int) index * 960);
    Memory.put32(slot + 8, TestCall.AUDIO_SSRC);
    Memory.put32(slot + 12, 0x12345678);
    publisher.sendRtp(12, 16, index);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void packetsPassInEitherProfile(SrtpProfile profile) throws InterruptedException {
    try (TestClient publisher = call(profile).publisher("p", (client, datagram) -> {});
        TestClient subscriber =
            call(profile)
                .subscriber(
                    "s",
                    (client, datagram) -> {
                      boolean rtcp = (datagram.get(1) & 0xff) >= 192;
                      assertThat(client.open(datagram, rtcp)).isPositive();
                    })) {
      long[] index = {1};
      await(
          "audio arrives",
          () -> {
            audio(publisher, index[0]++);
            return subscriber.received() > 20;
          });
    }
  }

  @Test
  void garbageOfEveryKindIsCountedAndForgotten() throws IOException {
    long seed = System.nanoTime();
    System.out.println("garbage seed " + seed);
    Random random = new Random(seed);
    InetSocketAddress port = engine.localAddresses().getFirst();
    try (DatagramChannel channel = DatagramChannel.open().connect(port)) {
      for (int i = 0; i < 2000; i++) {
        byte[] bytes = new byte[random.nextInt(1600)];
        random.nextBytes(bytes);
        channel.write(ByteBuffer.wrap(bytes));
      }
    }
    await("strangers are counted", () -> refused().unknownSource() > 100);
    await("bad STUN is counted", () -> refused().refusedStun() > 0);
    assertThat(engine.statistics().getFirst().connections()).isZero();
  }

  @Test
  void garbageOverTcpEndsOnlyItsConnection() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(engine.localAddresses().getFirst());
        byte[] bytes = new byte[random.nextInt(4000)];
        random.nextBytes(bytes);
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
      } catch (java.net.SocketException closed) {
        // Closed on us in the middle: as it should be.
        assertThat(closed).isNotNull();
      }
    }
    assertThat(engine.statistics().getFirst().connections()).isZero();
  }

  @Test
  void forgedReplayedAndCutPacketsOfAKnownClientAreCounted() throws InterruptedException {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    try (TestClient publisher = call(profile).publisher("p", (client, datagram) -> {})) {
      Random random = new Random(4);
      await(
          "forgeries are counted",
          () -> {
            forge(publisher, random);
            return refused().forged() > 300;
          });
      audio(publisher, 500);
      publisher.replayLast();
      await("a replay is counted", () -> refused().replayed() > 0);
      publisher.send(ByteBuffer.wrap(new byte[] {(byte) 0x80, 111, 0, 1, 0, 0, 0, 0, 0, 0}));
      await("a cut packet is counted", () -> refused().malformed() > 0);
      assertThat(engine.statistics().getFirst().connections()).isEqualTo(1);
    }
  }

  @Test
  void whatLooksLikeDtlsOrNothingAtAllDoesNotEndTheConnection() throws InterruptedException {
    byte[] alert = {21, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 2, 40};
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    try (TestClient publisher = call(profile).publisher("p", (client, datagram) -> {});
        TestClient subscriber = call(profile).subscriber("s", (client, datagram) -> {})) {
      Random random = new Random(5);
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[1 + random.nextInt(300)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (i % 2 == 0 ? 20 + random.nextInt(44) : 64 + random.nextInt(64));
        publisher.send(ByteBuffer.wrap(bytes));
        publisher.send(ByteBuffer.wrap(alert));
      }
      await("what is nothing is counted", () -> refused().unknownProtocol() > 50);
      long[] index = {1};
      await(
          "audio still arrives",
          () -> {
            audio(publisher, index[0]++);
            return subscriber.received() > 20;
          });
      assertThat(engine.statistics().getFirst().connections()).isEqualTo(2);
    }
  }

  /** A few packets that look right and are not: the socket's buffer must hold them all. */
  private static void forge(TestClient publisher, Random random) {
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[40 + random.nextInt(200)];
      random.nextBytes(bytes);
      bytes[0] = (byte) 0x80;
      bytes[1] = (byte) (i % 2 == 0 ? 111 : 200);
      publisher.send(ByteBuffer.wrap(bytes));
    }
  }
}
