package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clients that remember what they were told. */
final class FakeClients implements CallClients {
  private final Map<String, Set<ClientId>> ringing = new HashMap<>();
  private final Map<ClientId, List<CallNotice>> told = new HashMap<>();

  /** The client rings for the user from now on. */
  synchronized void rings(CallClient client) {
    ringing.computeIfAbsent(client.user(), user -> new LinkedHashSet<>()).add(client.id());
  }

  synchronized void isGone(CallClient client) {
    ringing.getOrDefault(client.user(), new LinkedHashSet<>()).remove(client.id());
  }

  synchronized void allGone() {
    ringing.clear();
  }

  @Override
  public synchronized Set<ClientId> ringing(ResourceId resource, String user) {
    return Set.copyOf(ringing.getOrDefault(user, Set.of()));
  }

  @Override
  public synchronized void tell(ClientId client, CallNotice notice) {
    told.computeIfAbsent(client, one -> new ArrayList<>()).add(notice);
  }

  /** What the client was told since this was asked last. */
  synchronized List<CallNotice> take(CallClient client) {
    List<CallNotice> notices = told.remove(client.id());
    return notices == null ? List.of() : notices;
  }
}
