package dev.parley.services.push;

import dev.parley.kit.base.ResourceId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Who is connected: all sessions by id and by user, and those registered for delivery. */
final class Registry {
  private final ConcurrentMap<UUID, Session> byId = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Set<Session>> byUser = new ConcurrentHashMap<>();
  private final ConcurrentMap<ResourceId, ConcurrentMap<String, Set<Session>>> registered =
      new ConcurrentHashMap<>();

  /** Adds a session; gives the one that it replaces. */
  @Nullable Session add(Session session) {
    Session old = byId.put(session.device().session(), session);
    include(byUser, session.device().user(), session);
    return old;
  }

  /** Removes a session; one that took its place stays. */
  void remove(Session session) {
    byId.remove(session.device().session(), session);
    exclude(byUser, session.device().user(), session);
    unregister(session);
  }

  void register(Session session) {
    Device device = session.device();
    include(
        registered.computeIfAbsent(device.resource(), key -> new ConcurrentHashMap<>()),
        device.user(),
        session);
  }

  void unregister(Session session) {
    Device device = session.device();
    ConcurrentMap<String, Set<Session>> users = registered.get(device.resource());
    if (users != null) {
      exclude(users, device.user(), session);
    }
  }

  private static void include(
      ConcurrentMap<String, Set<Session>> users, String user, Session session) {
    users.compute(
        user,
        (key, old) -> {
          Set<Session> more = old == null ? new HashSet<>() : new HashSet<>(old);
          more.add(session);
          return Set.copyOf(more);
        });
  }

  private static void exclude(
      ConcurrentMap<String, Set<Session>> users, String user, Session session) {
    users.computeIfPresent(
        user,
        (key, old) -> {
          Set<Session> fewer = new HashSet<>(old);
          fewer.remove(session);
          return fewer.isEmpty() ? null : Set.copyOf(fewer);
        });
  }

  @Nullable Session find(UUID id) {
    return byId.get(id);
  }

  /** All sessions of the user, registered or not. */
  Set<Session> of(String user) {
    return byUser.getOrDefault(user, Set.of());
  }

  /** The registered sessions of the user. */
  Set<Session> registered(ResourceId resource, String user) {
    return registered.getOrDefault(resource, EMPTY).getOrDefault(user, Set.of());
  }

  /** The users of the resource with a registered session: a live view. */
  Set<String> registeredUsers(ResourceId resource) {
    return Collections.unmodifiableSet(registered.getOrDefault(resource, EMPTY).keySet());
  }

  private static final ConcurrentMap<String, Set<Session>> EMPTY =
      new ConcurrentHashMap<>(Map.of());

  Collection<Session> all() {
    return List.copyOf(byId.values());
  }

  int size() {
    return byId.size();
  }
}
