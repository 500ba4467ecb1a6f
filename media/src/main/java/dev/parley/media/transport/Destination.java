package dev.parley.media.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where datagrams go, with the run of packets that waits for the next flush. Owned by one media
 * loop; its native address block must outlive it.
 */
public final class Destination {
  /** Packets that may wait for one destination; the kernel takes at most 64 segments (udp(7)). */
  static final int RUN_MAX = 64;

  final long address;
  final long[] packets = new long[RUN_MAX];
  final int[] lengths = new int[RUN_MAX];
  int count;
  @Nullable InetSocketAddress socketAddress;

  /** A destination at the address in {@code block} (see {@link SocketAddresses}). */
  public Destination(long block) {
    this.address = block;
  }

  /** The address as an object, made once; for the portable tier and for logs. */
  public InetSocketAddress socketAddress() {
    InetSocketAddress known = socketAddress;
    if (known == null) {
      known = SocketAddresses.read(address);
      socketAddress = known;
    }
    return known;
  }
}
