package dev.parley.services.connections;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * All connections of this process by their users. A connection enters once and leaves once; in
 * between it is told as soon as its token is not to be believed any more. Thread-safe; nothing in
 * it waits.
 */
public final class Connections {
  private final Standing standing;
  private final Clock clock;
  private final ConcurrentMap<String, Set<Place>> byUser = new ConcurrentHashMap<>();

  public Connections(Standing standing, Clock clock) {
    this.standing = standing;
    this.clock = clock;
  }

  /** A connection's place, until it leaves. */
  public final class Place {
    private final Connection connection;
    private final Bearer bearer;
    private final Clock.Timer expiry;

    private Place(Connection connection) {
      this.connection = connection;
      this.bearer = connection.bearer();
      this.expiry = clock.at(bearer.tokenExpires(), connection::unauthorized);
    }

    /** Gives the place up; a second call does nothing. */
    public void leave() {
      expiry.cancel();
      exclude(this);
    }
  }

  /**
   * Takes a connection in. When its token does not stand, it is told so before this returns: asked
   * after it was added, so that a revocation from now on finds it and one before is seen.
   */
  public Place enter(Connection connection) {
    Place place = new Place(connection);
    byUser.compute(
        place.bearer.user(),
        (user, old) -> {
          Set<Place> more = old == null ? new HashSet<>() : new HashSet<>(old);
          more.add(place);
          return Set.copyOf(more);
        });
    if (!standing.holds(place.bearer)) {
      connection.unauthorized();
    }
    return place;
  }

  private void exclude(Place place) {
    byUser.computeIfPresent(
        place.bearer.user(),
        (user, old) -> {
          Set<Place> fewer = new HashSet<>(old);
          fewer.remove(place);
          return fewer.isEmpty() ? null : Set.copyOf(fewer);
        });
  }

  /** The user's connections of one kind. */
  public <C extends Connection> List<C> of(String user, Class<C> kind) {
    return byUser.getOrDefault(user, Set.of()).stream()
        .map(place -> place.connection)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** How many connections of one kind there are, for metrics. */
  public int count(Class<? extends Connection> kind) {
    return (int)
        byUser.values().stream()
            .flatMap(Set::stream)
            .filter(place -> kind.isInstance(place.connection))
            .count();
  }

  /** Ends all connections of the user at once. */
  public void end(ResourceId resource, String user) {
    endIf(byUser.getOrDefault(user, Set.of()), place -> place.bearer.resource().equals(resource));
  }

  /** Ends the user's connections whose token is no longer to be believed. */
  public void standingChanged(String user) {
    endIf(byUser.getOrDefault(user, Set.of()), place -> !standing.holds(place.bearer));
  }

  /** Ends the connections of resources that are gone. */
  public void resourcesChanged(Predicate<ResourceId> exists) {
    byUser
        .values()
        .forEach(places -> endIf(places, place -> !exists.test(place.bearer.resource())));
  }

  private static void endIf(Set<Place> places, Predicate<Place> condition) {
    places.stream().filter(condition).forEach(place -> place.connection.unauthorized());
  }
}
