package dev.parley.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every tier of sockets does. */
class PacketIoContractTest {
  private static final long WAIT_NANOS = 2_000_000_000L;

  record Tier(IoTier tier, boolean segmentation, String host) {}

  static Stream<Tier> tiers() {
    return Stream.of(
        new Tier(IoTier.PORTABLE, false, "127.0.0.1"),
        new Tier(IoTier.PORTABLE, false, "::1"),
        new Tier(IoTier.LINUX, false, "127.0.0.1"),
        new Tier(IoTier.LINUX, true, "127.0.0.1"),
        new Tier(IoTier.LINUX, true, "::1"));
  }

  private static PacketIo open(Tier tier) throws IOException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    Assumptions.assumeTrue(linux || tier.tier() == IoTier.PORTABLE, "the Linux tier needs Linux");
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getByName(tier.host()), 0);
    return PacketIoTiers.of(tier.tier(), tier.segmentation(), System::nanoTime).open(bind, 1 << 20);
  }

  private static List<byte[]> receive(PacketIo io, int count) {
    List<byte[]> packets = new ArrayList<>();
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (packets.size() < count && System.nanoTime() < deadline) {
      io.await(10_000_000);
      int batch = io.receive();
      for (int i = 0; i < batch; i++) {
        packets.add(Memory.bytes(io.payload(i), io.length(i)));
      }
    }
    return packets;
  }

  private static void queue(PacketIo io, Destination to, int value, int length) {
    long slot = io.slot();
    Memory.fill(slot, length, value);
    io.send(to, slot, length);
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void packetsArriveWholeAndInOrderWhateverTheirSizes(Tier tier) throws IOException {
    int[] sizes = {1200, 1200, 1200, 800, 1200, 1, 1, 1536, 100, 100, 100, 100, 99};
    try (PacketIo from = open(tier);
        PacketIo to = open(tier);
        NativeBlock block = new NativeBlock(SocketAddresses.BYTES)) {
      SocketAddresses.write(block.address(), to.localAddress());
      Destination destination = new Destination(block.address());
      for (int i = 0; i < sizes.length; i++) {
        queue(from, destination, i, sizes[i]);
      }
      from.flush();
      List<byte[]> got = receive(to, sizes.length);
      assertThat(got.stream().map(each -> each.length)).containsExactly(boxed(sizes));
      for (int i = 0; i < sizes.length; i++) {
        assertThat(got.get(i)).containsOnly((byte) i);
      }
      assertThat(from.counters().packetsOut()).isEqualTo(sizes.length);
      assertThat(from.counters().dropped()).isZero();
    }
  }

  private static Integer[] boxed(int[] values) {
    return java.util.Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void theSenderOfADatagramCanBeAnswered(Tier tier) throws IOException {
    try (PacketIo left = open(tier);
        PacketIo right = open(tier);
        NativeBlock block = new NativeBlock(SocketAddresses.BYTES);
        NativeBlock back = new NativeBlock(SocketAddresses.BYTES)) {
      SocketAddresses.write(block.address(), right.localAddress());
      queue(left, new Destination(block.address()), 7, 10);
      left.flush();
      assertThat(receive(right, 1)).hasSize(1);
      assertThat(SocketAddresses.read(right.source(0))).isEqualTo(left.localAddress());
      Memory.copy(right.source(0), back.address(), SocketAddresses.BYTES);
      queue(right, new Destination(back.address()), 8, 20);
      right.flush();
      assertThat(receive(left, 1).getFirst()).hasSize(20).containsOnly((byte) 8);
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void moreThanOneRunAndMoreThanAllSlotsAreSent(Tier tier) throws IOException {
    try (PacketIo from = open(tier);
        PacketIo to = open(tier);
        NativeBlock block = new NativeBlock(SocketAddresses.BYTES)) {
      SocketAddresses.write(block.address(), to.localAddress());
      Destination destination = new Destination(block.address());
      int got = 0;
      for (int i = 0; i < 3000; i++) {
        queue(from, destination, 1, 60);
        if (i % 100 == 99) {
          from.flush();
          got += receive(to, 100).size();
        }
      }
      assertThat(from.counters().packetsOut()).isEqualTo(3000);
      assertThat(got).isEqualTo(3000);
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void wakeEndsAWait(Tier tier) throws IOException {
    try (PacketIo io = open(tier)) {
      io.wake();
      long start = System.nanoTime();
      io.await(WAIT_NANOS);
      assertThat(System.nanoTime() - start).isLessThan(WAIT_NANOS);
      assertThat(io.receive()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void arrivalTimesGrow(Tier tier) throws IOException {
    try (PacketIo from = open(tier);
        PacketIo to = open(tier);
        NativeBlock block = new NativeBlock(SocketAddresses.BYTES)) {
      SocketAddresses.write(block.address(), to.localAddress());
      Destination destination = new Destination(block.address());
      long last = Long.MIN_VALUE;
      for (int i = 0; i < 5; i++) {
        queue(from, destination, i, 30);
        from.flush();
        assertThat(receive(to, 1)).hasSize(1);
        assertThat(to.arrivalMicros(0)).isGreaterThanOrEqualTo(last);
        last = to.arrivalMicros(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void aDatagramThatIsTooLongIsLostAloneAndTheNextOnesArrive(Tier tier) throws IOException {
    int tooLong = 65_530;
    try (PacketIo from = open(tier);
        PacketIo to = open(tier);
        NativeBlock block = new NativeBlock(SocketAddresses.BYTES)) {
      SocketAddresses.write(block.address(), to.localAddress());
      Destination destination = new Destination(block.address());
      for (int round = 1; round <= 2; round++) {
        // Slots lie behind one another, so a packet may run over the end of the first.
        queue(from, destination, 1, tooLong);
        queue(from, destination, 2, 100);
        queue(from, destination, 2, 100);
        from.flush();
        assertThat(receive(to, 2)).hasSize(2).allSatisfy(each -> assertThat(each).hasSize(100));
        assertThat(from.counters().dropped()).isEqualTo(round);
        assertThat(from.counters().packetsOut()).isEqualTo(2L * round);
      }
    }
  }
}
