package dev.parley.media.api;

import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where clients are told to send.
 *
 * @param udp addresses of the loop's UDP socket
 * @param tcp addresses of its TCP socket
 */
record Candidates(List<InetSocketAddress> udp, List<InetSocketAddress> tcp) {
  static Candidates of(MediaConfig config, MediaEngine.EngineLoop home) {
    int port = home.loop().localAddress().getPort();
    List<InetSocketAddress> udp = new ArrayList<>();
    List<InetSocketAddress> tcp = new ArrayList<>();
    for (MediaConfig.Announced each : announced(config)) {
      if (config.udp()) {
        udp.add(socket(each.address(), each.udpPort(), home.index(), port));
      }
      if (home.gate().isPresent()) {
        tcp.add(socket(each.address(), each.tcpPort(), home.index(), port));
      }
    }
    return new Candidates(udp, tcp);
  }

  private static InetSocketAddress socket(InetAddress address, int first, int index, int own) {
    return new InetSocketAddress(address, first == 0 ? own : first + index);
  }

  private static List<MediaConfig.Announced> announced(MediaConfig config) {
    if (!config.announced().isEmpty()) {
      return config.announced();
    }
    List<InetAddress> addresses =
        config.bind().isAnyLocalAddress() ? ofThisHost() : List.of(config.bind());
    return addresses.stream().map(each -> new MediaConfig.Announced(each, 0, 0)).toList();
  }

  private static List<InetAddress> ofThisHost() {
    try {
      List<InetAddress> found = new ArrayList<>();
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && !each.isLoopback()) {
          each.inetAddresses().filter(Candidates::reachable).forEach(found::add);
        }
      }
      return found.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : found;
    } catch (SocketException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Link-local IPv6 needs a zone that SDP cannot name. */
  private static boolean reachable(InetAddress address) {
    return !(address instanceof Inet6Address && address.isLinkLocalAddress());
  }
}
