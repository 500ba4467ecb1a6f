package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Internet addresses as 32-byte native blocks laid out like {@code sockaddr_in6} (RFC 3493 §3.3).
 * IPv4 stands as a v4-mapped IPv6 address, so one dual-stack socket serves both.
 */
public final class SocketAddresses {
  /** Bytes that a block takes; the system's structure is 28 of them. */
  public static final int BYTES = 32;

  static final int SOCKADDR_BYTES = 28;
  private static final int AF_INET6_LINUX = 10;

  private SocketAddresses() {}

  /** Writes {@code address} at {@code block}. */
  public static void write(long block, InetSocketAddress address) {
    Memory.putNative16(block, AF_INET6_LINUX);
    Memory.put16(block + 2, address.getPort());
    Memory.put32(block + 4, 0);
    byte[] raw = address.getAddress().getAddress();
    if (raw.length == 4) {
      Memory.put64(block + 8, 0);
      Memory.put32(block + 16, 0xffff);
      Memory.copyIn(raw, 0, block + 20, 4);
    } else {
      Memory.copyIn(raw, 0, block + 8, 16);
    }
    Memory.put32(block + 24, 0);
  }

  /** Reads the address at {@code block}; v4-mapped addresses come back as IPv4. */
  public static InetSocketAddress read(long block) {
    try {
      InetAddress ip = InetAddress.getByAddress(Memory.bytes(block + 8, 16));
      return new InetSocketAddress(ip, Memory.u16(block + 2));
    } catch (UnknownHostException impossible) {
      throw new AssertionError("16 bytes are always an address", impossible);
    }
  }

  /** The upper 64 bits of the IP address. */
  public static long high(long block) {
    return Memory.i64(block + 8);
  }

  /** The lower 64 bits of the IP address. */
  public static long low(long block) {
    return Memory.i64(block + 16);
  }

  /** The port. */
  public static int port(long block) {
    return Memory.u16(block + 2);
  }

  /** Whether the address is IPv4 (mapped). */
  static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
