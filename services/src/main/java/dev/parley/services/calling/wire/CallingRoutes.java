package dev.parley.services.calling.wire;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import java.util.List;

/**
 * The one operation of calling: its socket. Anyone may open it, since browsers cannot send a
 * credential with it; without a token in its first message it is closed, and was told nothing.
 */
public final class CallingRoutes implements OperationTable {
  private final ClientSessions sessions;

  public CallingRoutes(ClientSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        plain(
                "calling.signalling",
                "GET",
                "/calling/v1/signalling",
                anyone(),
                exchange -> Answer.upgrade(sessions.newSocket()))
            .withBodyBytesMax(0));
  }

  @Override
  public Problem problem(Refusal refusal) {
    throw new IllegalStateException("calling refuses on its socket: " + refusal);
  }
}
