package dev.parley.services.relay.wire;

import static dev.parley.kit.http.Access.key;
import static dev.parley.kit.http.Operation.acs;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.relay.RelayConfiguration;
import dev.parley.services.relay.RelayRefusal;
import dev.parley.services.relay.RelayService;
import dev.parley.services.relay.wire.RelayBodies.RelayBody;
import dev.parley.services.relay.wire.RelayBodies.RelayRequest;
import java.util.List;

/** The operation table of the relay (operations.md, "network-traversal"). */
public final class RelayRoutes implements OperationTable {
  private final RelayService relay;

  public RelayRoutes(RelayService relay) {
    this.relay = relay;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        acs(
            "networkTraversal.issueRelayConfiguration",
            "POST",
            "/networkTraversal/:issueRelayConfiguration",
            key(),
            this::issue));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return RelayErrors.problem((RelayRefusal) refusal);
  }

  private Answer issue(Exchange exchange) {
    RelayRequest request = exchange.json(RelayRequest.class);
    RelayConfiguration issued =
        relay.issue(exchange.keyHolder().resource(), request.id(), request.life());
    return Answer.json(200, RelayBody.of(issued, request.routes()));
  }
}
