package dev.parley.server.modules;

import dev.parley.kit.http.OperationTable;
import dev.parley.server.Foundation;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.relay.RelayService;
import dev.parley.services.relay.RelaySettings;
import dev.parley.services.relay.wire.RelayRoutes;
import java.util.Optional;

/** The relay; it holds nothing that had to be closed. */
public final class RelayModule {
  private final RelayService service;

  public RelayModule(
      Foundation foundation, IdentityService identity, Optional<RelaySettings> settings) {
    this.service = new RelayService(settings, identity::known, foundation.clock());
  }

  /** Gives out credentials, also to the platform's own calling clients. */
  public RelayService service() {
    return service;
  }

  public OperationTable routes() {
    return new RelayRoutes(service);
  }
}
