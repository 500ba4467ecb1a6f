package dev.parley.media.sdp;

import dev.parley.media.transport.DtlsFingerprint;
import dev.parley.media.transport.IceCredentials;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What our descriptions say of our transport.
 *
 * @param ice our credentials of this connection
 * @param fingerprint of our certificate
 * @param udp where we take UDP, best first; may be empty
 * @param tcp where we take ICE-TCP, best first; may be empty
 */
public record LocalTransport(
    IceCredentials ice,
    DtlsFingerprint fingerprint,
    List<InetSocketAddress> udp,
    List<InetSocketAddress> tcp) {
  // RFC 8445 §5.1.2.1: type preference 126 for host candidates; RFC 6544 §4.2 puts TCP below.
  private static final long UDP_PREFERENCE = 126L << 24;
  private static final long TCP_PREFERENCE = 90L << 24;

  public LocalTransport {
    udp = List.copyOf(udp);
    tcp = List.copyOf(tcp);
  }

  /** The lines of a media section that tell of the transport. */
  List<String> lines(String setup) {
    List<String> lines = new ArrayList<>();
    lines.add("a=ice-ufrag:" + ice.fragment());
    lines.add("a=ice-pwd:" + ice.password());
    lines.add("a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.value());
    lines.add("a=setup:" + setup);
    int foundation = 1;
    for (InetSocketAddress each : udp) {
      lines.add(candidate(foundation++, "udp", UDP_PREFERENCE, each) + " typ host");
    }
    for (InetSocketAddress each : tcp) {
      lines.add(candidate(foundation++, "tcp", TCP_PREFERENCE, each) + " typ host tcptype passive");
    }
    lines.add("a=end-of-candidates");
    return lines;
  }

  private static String candidate(
      int foundation, String protocol, long preference, InetSocketAddress address) {
    long family = address.getAddress() instanceof Inet6Address ? 65_000 : 64_000;
    long priority = preference | (family - foundation) << 8 | 255;
    String host = address.getAddress().getHostAddress();
    int zone = host.indexOf('%');
    return "a=candidate:%d 1 %s %d %s %d"
        .formatted(
            foundation,
            protocol,
            priority,
            zone < 0 ? host : host.substring(0, zone),
            address.getPort());
  }
}
