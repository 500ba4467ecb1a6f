package dev.parley.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What becomes of any datagram: it is sorted, and refused with a reason where no key fits. */
class DemuxFuzzTest {
  private static final SrtpCipher CIPHER = SrtpCipherTiers.of(CipherTier.SUN).orElseThrow();

  private static final DtlsIdentity IDENTITY =
      DtlsIdentity.create(new SecureRandom(), new SystemClock().now());

  @FuzzTest
  void anyDatagramIsRefusedWithAReason(byte[] bytes) {
    byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, PacketIo.SLOT_BYTES));
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpKeys keys =
          SrtpKeys.derive(profile, new byte[SrtpProfile.KEY_BYTES], new byte[profile.saltBytes()]);
      try (NativeBlock block = new NativeBlock(PacketIo.SLOT_BYTES + 64);
          SrtpReceiver receiver = new SrtpReceiver(CIPHER, keys)) {
        Memory.copyIn(datagram, 0, block.address(), datagram.length);
        assertThat(receiver.openRtp(block.address(), datagram.length)).isNegative();
        Memory.copyIn(datagram, 0, block.address(), datagram.length);
        assertThat(receiver.openRtcp(block.address(), datagram.length)).isNegative();
      }
    }
  }

  @Test
  void shortestDatagramsOfEveryFirstByteAreRefused() {
    for (int first = 0; first < 256; first++) {
      for (int length = 1; length < 24; length++) {
        byte[] datagram = new byte[length];
        datagram[0] = (byte) first;
        anyDatagramIsRefusedWithAReason(datagram);
      }
    }
  }

  /**
   * Sorted by its first byte (RFC 7983 §7), each datagram is counted once: none is lost in silence.
   */
  @FuzzTest
  void everyDatagramGoesOneWay(byte[] bytes) throws IOException {
    byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, PacketIo.SLOT_BYTES));
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    PacketIo io = PacketIoTiers.of(IoTier.PORTABLE, false, () -> 0).open(bind, 1 << 16);
    // Never started: this thread owns it.
    MediaLoop loop = new MediaLoop("fuzzed", io, CIPHER, () -> 0);
    try (io;
        NativeBlock packet = new NativeBlock(PacketIo.SLOT_BYTES);
        NativeBlock sources = new NativeBlock(2 * SocketAddresses.BYTES)) {
      SocketAddresses.write(sources.address(), new InetSocketAddress("127.0.0.1", 1001));
      long stranger = sources.address() + SocketAddresses.BYTES;
      SocketAddresses.write(stranger, new InetSocketAddress("127.0.0.1", 1002));
      PeerLink link =
          new PeerLink(loop, IDENTITY, new IceCredentials("frag", "password"), new Unreached());
      loop.bind(sources.address(), link);
      takesOneWay(loop, packet, datagram, sources.address(), true);
      takesOneWay(loop, packet, datagram, stranger, false);
      assertThat(link.state()).isEqualTo(PeerLink.State.NEW);
      link.close("over");
    }
  }

  private static void takesOneWay(
      MediaLoop loop, NativeBlock packet, byte[] datagram, long source, boolean known) {
    LoopCounters counters = loop.counters();
    long before = counted(counters);
    long stun = counters.refusedStun;
    long early = counters.early;
    Memory.copyIn(datagram, 0, packet.address(), datagram.length);
    loop.dispatch(packet.address(), datagram.length, source, 0);
    assertThat(counted(counters)).isEqualTo(before + 1);
    int first = datagram.length == 0 ? 255 : datagram[0] & 0xff;
    boolean dtlsOrMedia = first >= 20 && first < 64 || first >= 128 && first < 192;
    assertThat(counters.refusedStun - stun).isEqualTo(first < 4 ? 1 : 0);
    assertThat(counters.early - early).isEqualTo(known && dtlsOrMedia ? 1 : 0);
  }

  private static long counted(LoopCounters counters) {
    return counters.unknownSource
        + counters.unknownProtocol
        + counters.refusedStun
        + counters.early
        + counters.forged
        + counters.replayed
        + counters.malformed
        + counters.faults;
  }

  @Test
  void theShortestOfEveryFirstByteGoOneWay() throws IOException {
    for (int first = 0; first < 256; first++) {
      everyDatagramGoesOneWay(new byte[] {(byte) first});
    }
    everyDatagramGoesOneWay(new byte[0]);
  }

  /** A link without keys hands nothing on. */
  private static final class Unreached implements PeerLink.Handler {
    @Override
    public void secured() {
      throw new AssertionError("nobody shook hands");
    }

    @Override
    public void rtp(long packet, int length, long arrivalMicros) {
      throw new AssertionError("there are no keys");
    }

    @Override
    public void rtcp(long packet, int length) {
      throw new AssertionError("there are no keys");
    }

    @Override
    public void ended(String reason) {
      assertThat(reason).isEqualTo("over");
    }
  }
}
