package dev.parley.server.refusals;

import static dev.parley.server.refusals.Row.Cell.of;
import static dev.parley.server.refusals.Row.text;

import java.util.List;

/** The relay; that of an installation without one is the feature's own test. */
final class RelayRows {
  private RelayRows() {}

  static List<Row> rows() {
    return Row.list(
        Row.of("networkTraversal.issueRelayConfiguration")
            .body(world -> "{\"id\":\"" + world.user + "\",\"routeType\":\"any\",\"ttl\":60}")
            .field("id", false, text(300), of(404, "IdentityNotFound"))
            .optional("routeType", text(300))
            .optional("ttl", "0"));
  }
}
