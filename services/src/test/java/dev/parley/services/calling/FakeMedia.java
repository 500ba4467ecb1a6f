package dev.parley.services.calling;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Media that remember who has them, and what of theirs goes through. */
final class FakeMedia implements CallMedia {
  final Map<CallId, Set<LegId>> calls = new HashMap<>();
  final Map<LegId, Permission> permissions = new HashMap<>();
  boolean fails;

  @Override
  public synchronized void open(CallId call) {
    calls.put(call, new HashSet<>());
  }

  @Override
  public synchronized void close(CallId call) {
    Set<LegId> legs = calls.remove(call);
    if (legs != null) {
      legs.forEach(permissions::remove);
    }
  }

  @Override
  public synchronized void join(CallId call, LegId leg) {
    if (fails) {
      throw new IllegalStateException("no ports are left");
    }
    Objects.requireNonNull(calls.get(call), "the call has no media").add(leg);
  }

  @Override
  public synchronized void joinEcho(CallId call, LegId leg, Duration delay) {
    join(call, leg);
  }

  @Override
  public synchronized void leave(CallId call, LegId leg) {
    calls.getOrDefault(call, new HashSet<>()).remove(leg);
    permissions.remove(leg);
  }

  @Override
  public String publish(CallId call, LegId leg, String sdp, Map<String, StreamKind> kinds) {
    return "answer to " + sdp;
  }

  @Override
  public void answer(CallId call, LegId leg, int number, String sdp) {}

  @Override
  public void restart(CallId call, LegId leg) {}

  @Override
  public synchronized void permit(CallId call, LegId leg, Permission permission) {
    permissions.put(leg, permission);
  }

  @Override
  public void view(CallId call, LegId leg, int stream, int height, boolean pinned) {}

  @Override
  public String statistics(CallId call, LegId leg) {
    return "{\"leg\":\"" + leg + "\"}";
  }
}
