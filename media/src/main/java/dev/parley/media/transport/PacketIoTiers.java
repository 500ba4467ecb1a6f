package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sockets of the best tier that proved itself here: the Linux tier sends itself a run of
 * packets over loopback, and what does not come back whole is not used.
 */
public final class PacketIoTiers {
  private static final Logger LOG = LoggerFactory.getLogger(PacketIoTiers.class);
  private static final int PROBE_PACKETS = 3;
  private static final int PROBE_BYTES = 200;
  private static final int PROBE_ROUNDS = 50;
  private static final long PROBE_WAIT_NANOS = 10_000_000;

  private final IoTier tier;
  private final boolean segmentation;
  private final LongSupplier nanoTime;

  private PacketIoTiers(IoTier tier, boolean segmentation, LongSupplier nanoTime) {
    this.tier = tier;
    this.segmentation = segmentation;
    this.nanoTime = nanoTime;
  }

  /** Tests the tiers and takes the best that works; the choice is logged. */
  public static PacketIoTiers choose(LongSupplier nanoTime) {
    PacketIoTiers portable = new PacketIoTiers(IoTier.PORTABLE, false, nanoTime);
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      LOG.info("media sockets: portable tier (not Linux)");
      return portable;
    }
    for (boolean segmentation : new boolean[] {true, false}) {
      PacketIoTiers linux = new PacketIoTiers(IoTier.LINUX, segmentation, nanoTime);
      if (linux.works()) {
        LOG.info("media sockets: Linux tier, UDP segmentation {}", segmentation ? "on" : "off");
        return linux;
      }
    }
    LOG.info("media sockets: portable tier (the Linux tier failed its self-test)");
    return portable;
  }

  /** Exactly this tier, untested; for tests and for operators who force one. */
  public static PacketIoTiers of(IoTier tier, boolean segmentation, LongSupplier nanoTime) {
    return new PacketIoTiers(tier, segmentation, nanoTime);
  }

  /** The tier that sockets will have. */
  public IoTier tier() {
    return tier;
  }

  /**
   * Opens a socket.
   *
   * @param bufferBytes what the kernel is asked to hold in each direction
   */
  public PacketIo open(InetSocketAddress bind, int bufferBytes) throws IOException {
    return switch (tier) {
      case PORTABLE -> new NioPacketIo(bind, bufferBytes, nanoTime);
      case LINUX -> new LinuxPacketIo(bind, bufferBytes, segmentation, nanoTime);
    };
  }

  private boolean works() {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (PacketIo io = open(loopback, 1 << 16);
        NativeBlock address = new NativeBlock(SocketAddresses.BYTES)) {
      SocketAddresses.write(address.address(), io.localAddress());
      Destination self = new Destination(address.address());
      for (int i = 0; i < PROBE_PACKETS; i++) {
        long slot = io.slot();
        Memory.fill(slot, PROBE_BYTES, i + 1);
        io.send(self, slot, PROBE_BYTES);
      }
      io.flush();
      return receivesAll(io) && io.counters().segmentationFallbacks() == 0;
    } catch (IOException | RuntimeException | LinkageError failed) {
      LOG.info("media sockets: {} tier failed: {}", tier, failed.toString());
      return false;
    }
  }

  private static boolean receivesAll(PacketIo io) {
    int seen = 0;
    for (int round = 0; round < PROBE_ROUNDS && seen < PROBE_PACKETS; round++) {
      io.await(PROBE_WAIT_NANOS);
      int count = io.receive();
      for (int i = 0; i < count; i++) {
        boolean whole =
            io.length(i) == PROBE_BYTES && Memory.u8(io.payload(i) + PROBE_BYTES - 1) == seen + 1;
        if (!whole) {
          return false;
        }
        seen++;
      }
    }
    return seen == PROBE_PACKETS;
  }
}
