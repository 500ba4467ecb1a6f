package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.util.Set;

/** The way to clients: who can ring, and telling a client something. Never blocks. */
public interface CallClients {
  /** The clients of the user that ring. */
  Set<ClientId> ringing(ResourceId resource, String user);

  /** Tells a client; without effect when it is gone, kept as the newest state when it is away. */
  void tell(ClientId client, CallNotice notice);
}
