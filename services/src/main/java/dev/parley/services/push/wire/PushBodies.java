package dev.parley.services.push.wire;

import dev.parley.kit.http.InvalidBody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of push; names as in compat §4. */
final class PushBodies {
  private PushBodies() {}

  /** Where a client finds the rest. */
  record Configuration(String trouterServiceUrl, String registrarServiceUrl, String cloudType) {}

  /** A registration; the client's description may be any, and is not kept. */
  record Registration(@Nullable String registrationId, Map<String, List<Transport>> transports) {
    Registration {
      InvalidBody.required("transports", transports);
    }

    /** The ways that lead to a socket. */
    List<Transport> sockets() {
      List<Transport> sockets = transports.get("TROUTER");
      if (sockets == null) {
        return List.of();
      }
      for (Transport socket : sockets) {
        InvalidBody.required("transports.TROUTER", socket);
      }
      return sockets;
    }
  }

  /** A way to the client: its push address, and how many seconds it holds. */
  record Transport(@Nullable String context, String path, @Nullable Long ttl) {
    Transport {
      InvalidBody.required("transports.TROUTER.path", path);
    }
  }
}
