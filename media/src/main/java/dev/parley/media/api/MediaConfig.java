package dev.parley.media.api;

import dev.parley.media.transport.CipherTier;
import dev.parley.media.transport.IoTier;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How an engine is set up.
 *
 * @param bind the address that sockets are bound to; a wildcard serves IPv4 and IPv6
 * @param firstPort the UDP and TCP port of the first media loop, the next loops take the ones after
 *     it; 0 for free ports
 * @param loops media loops, each a thread with a port of its own; 0 for one less than the cores, at
 *     least one. One loop means a single port.
 * @param announced where clients shall send to; empty for the addresses of this host
 * @param tcp whether passive ICE-TCP is offered
 * @param udp whether UDP candidates are offered; turned off only to prove TCP
 * @param ioTier forces a tier of sockets
 * @param cipherTier forces a tier of ciphers
 */
public record MediaConfig(
    InetAddress bind,
    int firstPort,
    int loops,
    List<Announced> announced,
    boolean tcp,
    boolean udp,
    Optional<IoTier> ioTier,
    Optional<CipherTier> cipherTier) {
  /**
   * An address that candidates name: a public address before a NAT, or a test's shim.
   *
   * @param address what clients send to
   * @param udpPort its UDP port for the first loop, 0 for the loop's own
   * @param tcpPort its TCP port for the first loop, 0 for the loop's own
   */
  public record Announced(InetAddress address, int udpPort, int tcpPort) {}

  public MediaConfig {
    announced = List.copyOf(announced);
    if (firstPort < 0 || firstPort > 65_535 || loops < 0 || loops > 256) {
      throw new IllegalArgumentException("port or number of loops out of range");
    }
    if (!tcp && !udp) {
      throw new IllegalArgumentException("neither UDP nor TCP: nobody could connect");
    }
  }

  /** Free ports at {@code bind}, everything else by self-test. */
  public static MediaConfig at(InetAddress bind) {
    return new MediaConfig(bind, 0, 0, List.of(), true, true, Optional.empty(), Optional.empty());
  }

  /** The same with this many loops. */
  public MediaConfig withLoops(int count) {
    return new MediaConfig(bind, firstPort, count, announced, tcp, udp, ioTier, cipherTier);
  }

  /** The same with these announced addresses. */
  public MediaConfig withAnnounced(List<Announced> addresses) {
    return new MediaConfig(bind, firstPort, loops, addresses, tcp, udp, ioTier, cipherTier);
  }

  /** The same with this choice of transports. */
  public MediaConfig withTransports(boolean withUdp, boolean withTcp) {
    return new MediaConfig(bind, firstPort, loops, announced, withTcp, withUdp, ioTier, cipherTier);
  }

  /** The same with forced tiers. */
  public MediaConfig withTiers(IoTier io, CipherTier cipher) {
    return new MediaConfig(
        bind, firstPort, loops, announced, tcp, udp, Optional.of(io), Optional.of(cipher));
  }
}
