package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Which calls there are, found by id, locator, client and user. Safe for all threads; a call's
 * owner keeps its own entries up to date after each decision.
 */
final class CallRegistry {
  private final ConcurrentMap<CallId, CallDriver> calls = new ConcurrentHashMap<>();
  private final ConcurrentMap<Located, CallDriver> located = new ConcurrentHashMap<>();
  private final ConcurrentMap<ClientId, Set<CallDriver>> byClient = new ConcurrentHashMap<>();
  private final ConcurrentMap<UserKey, Set<CallDriver>> byUser = new ConcurrentHashMap<>();

  /** Clients that left for good, until when that is remembered. */
  private final ConcurrentMap<ClientId, Instant> gone = new ConcurrentHashMap<>();

  private record Located(ResourceId resource, CallLocator locator) {}

  private record UserKey(ResourceId resource, String user) {}

  void add(CallDriver driver) {
    calls.put(driver.id(), driver);
  }

  /** Adds a call that was stored, with everybody in it. */
  void addRecovered(CallDriver driver, CallStore.CallRecord stored) {
    add(driver);
    stored
        .header()
        .locator()
        .ifPresent(
            locator -> located.put(new Located(stored.header().resource(), locator), driver));
    stored.participants().forEach(one -> join(byUser, key(driver, one.user()), driver));
  }

  /** The call of a locator; made when there is none. */
  CallDriver at(ResourceId resource, CallLocator locator, Supplier<CallDriver> making) {
    return located.computeIfAbsent(
        new Located(resource, locator),
        key -> {
          CallDriver made = making.get();
          add(made);
          return made;
        });
  }

  Optional<CallDriver> at(ResourceId resource, CallLocator locator) {
    return Optional.ofNullable(located.get(new Located(resource, locator)));
  }

  Optional<CallDriver> of(ResourceId resource, CallId call) {
    return of(call).filter(driver -> driver.resource().equals(resource));
  }

  Optional<CallDriver> of(CallId call) {
    return Optional.ofNullable(calls.get(call));
  }

  /** Calls that the client is in, or rings for. */
  List<CallDriver> of(ClientId client) {
    return List.copyOf(byClient.getOrDefault(client, Set.of()));
  }

  /** Calls that the user is in, waits for or is called to. */
  List<CallDriver> of(ResourceId resource, String user) {
    return List.copyOf(byUser.getOrDefault(new UserKey(resource, user), Set.of()));
  }

  /** Calls of the resource. */
  List<CallDriver> of(ResourceId resource) {
    return calls.values().stream().filter(one -> one.resource().equals(resource)).toList();
  }

  List<CallDriver> all() {
    return List.copyOf(calls.values());
  }

  /** Calls there are now. */
  int size() {
    return calls.size();
  }

  /** The call is over, or was never begun. */
  void remove(CallDriver driver) {
    calls.remove(driver.id(), driver);
    located.values().remove(driver);
  }

  /** Brings the entries of clients and users up to date. */
  void changed(CallDriver driver, CallChanges changes) {
    for (CallChanges.Change change : changes.participants()) {
      String user = change.after().or(change::before).orElseThrow().user();
      Set<ClientId> earlier = clients(change.before());
      Set<ClientId> later = changes.ended().isPresent() ? Set.of() : clients(change.after());
      earlier.stream()
          .filter(one -> !later.contains(one))
          .forEach(one -> leave(byClient, one, driver));
      later.stream().filter(one -> !earlier.contains(one)).forEach(one -> bind(driver, one, user));
      if (change.after().isEmpty() || changes.ended().isPresent()) {
        leave(byUser, key(driver, user), driver);
      } else {
        join(byUser, key(driver, user), driver);
      }
    }
  }

  /** A client that left while its request was under way is told to leave here too. */
  private void bind(CallDriver driver, ClientId client, String user) {
    join(byClient, client, driver);
    if (gone.containsKey(client)) {
      driver.offer(new CallEvent.ClientGone(client, user, EndReason.CONNECTION_LOST));
    }
  }

  /** Remembers that the client left, and gives the calls it is in. */
  List<CallDriver> left(ClientId client, Instant now) {
    gone.values().removeIf(until -> until.isBefore(now));
    gone.put(client, now.plus(CallLimits.GONE_REMEMBERED));
    return of(client);
  }

  private static Set<ClientId> clients(Optional<Participant> participant) {
    return participant
        .map(one ->
            switch (one.place()) {
              case Place.Invited invited -> invited.clients();
              case Place.Waiting waiting -> Set.of(waiting.leg().client());
              case Place.Present present ->
                  present.leg().isAutomatic() ? Set.<ClientId>of() : Set.of(present.leg().client());
            })
        .orElse(Set.of());
  }

  private static UserKey key(CallDriver driver, String user) {
    return new UserKey(driver.resource(), user);
  }

  private static <K> void join(ConcurrentMap<K, Set<CallDriver>> index, K key, CallDriver driver) {
    index.compute(
        key,
        (same, drivers) -> {
          Set<CallDriver> more = drivers == null ? ConcurrentHashMap.newKeySet() : drivers;
          more.add(driver);
          return more;
        });
  }

  private static <K> void leave(ConcurrentMap<K, Set<CallDriver>> index, K key, CallDriver driver) {
    index.computeIfPresent(
        key,
        (same, drivers) -> {
          drivers.remove(driver);
          return drivers.isEmpty() ? null : drivers;
        });
  }
}
