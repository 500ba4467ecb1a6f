package dev.parley.services.relay.wire;

import dev.parley.kit.http.InvalidBody;
import dev.parley.services.relay.RelayConfiguration;
import dev.parley.services.relay.RelayLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of the relay, in the wire's names (operations.md, "network-traversal"). */
final class RelayBodies {
  private RelayBodies() {}

  /**
   * CommunicationRelayConfigurationRequest.
   *
   * @param ttl in seconds
   */
  record RelayRequest(@Nullable String id, @Nullable String routeType, @Nullable Integer ttl) {
    RelayRequest {
      if (routeType != null && RouteType.of(routeType).isEmpty()) {
        throw new InvalidBody("routeType", "The routeType is any or nearest.");
      }
    }

    List<RouteType> routes() {
      return routeType == null
          ? List.of(RouteType.values())
          : List.of(RouteType.of(routeType).orElseThrow());
    }

    Duration life() {
      return ttl == null ? RelayLimits.LIFE_MAX : Duration.ofSeconds(ttl);
    }
  }

  /** CommunicationIceServer. */
  record IceServer(List<String> urls, String username, String credential, String routeType) {}

  /** CommunicationRelayConfiguration. */
  record RelayBody(Instant expiresOn, List<IceServer> iceServers) {
    static RelayBody of(RelayConfiguration relay, List<RouteType> routes) {
      return new RelayBody(
          relay.expiresOn(), routes.stream().map(route -> server(relay, route)).toList());
    }

    private static IceServer server(RelayConfiguration relay, RouteType route) {
      return new IceServer(
          relay.urls(),
          relay.credential().username(),
          relay.credential().password().reveal(),
          route.word());
    }
  }
}
