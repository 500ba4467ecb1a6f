package dev.parley.services.identity;

import dev.parley.kit.base.ResourceId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Remembers the token epoch of users, so that a request with a token costs no query. A change is
 * forgotten here before the write that made it returns; a load that raced with a change is not
 * remembered, since the generation moved.
 */
final class Standings {
  private final ConcurrentMap<UserId, Long> epochs = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();
  private final int max;

  Standings(int max) {
    this.max = max;
  }

  /** The user's token epoch, remembered or loaded; empty when there is no such user. */
  Optional<Long> epoch(UserId user, Function<UserId, Optional<Long>> load) {
    Long known = epochs.get(user);
    if (known != null) {
      return Optional.of(known);
    }
    long before = generation.get();
    Optional<Long> loaded = load.apply(user);
    loaded.ifPresent(epoch -> remember(user, epoch, before));
    return loaded;
  }

  private void remember(UserId user, long epoch, long before) {
    if (epochs.size() >= max) {
      epochs.clear();
    }
    epochs.compute(user, (key, old) -> generation.get() == before ? Long.valueOf(epoch) : old);
  }

  /** Forgets a user that changed. */
  void forget(UserId user) {
    generation.incrementAndGet();
    epochs.remove(user);
  }

  /** Forgets all users of a resource that is gone. */
  void forget(ResourceId resource) {
    generation.incrementAndGet();
    epochs.keySet().removeIf(user -> user.resource().equals(resource));
  }
}
