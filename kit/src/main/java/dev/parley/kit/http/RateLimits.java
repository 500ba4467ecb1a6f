package dev.parley.kit.http;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Limits the requests per second of each resource, all its keys and users together. */
public final class RateLimits {
  private final Clock clock;
  private final double perSecond;
  private final double burst;
  private final ConcurrentMap<ResourceId, TokenBucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param perSecond requests per second of one resource, on average
   * @param burst requests at once
   */
  public RateLimits(Clock clock, double perSecond, double burst) {
    this.clock = clock;
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** Counts one request; throws {@link ProblemException} 429 with {@code Retry-After}. */
  void take(Caller caller, Operation operation) {
    ResourceId resource = resource(caller);
    if (resource == null) {
      return;
    }
    long wait =
        buckets
            .computeIfAbsent(resource, id -> new TokenBucket(perSecond, burst, clock.nanoTime()))
            .take(clock.nanoTime());
    if (wait > 0) {
      String message = "The resource sends more requests than its limit allows.";
      throw new Problem(429, "TooManyRequests", message).withRetryAfter(wait).exception();
    }
  }

  /** Forgets the resources that are gone. */
  public void forgetUnless(Predicate<ResourceId> isThere) {
    buckets.keySet().removeIf(isThere.negate());
  }

  /** Whether the requests of a resource are being counted. */
  public boolean remembers(ResourceId resource) {
    return buckets.containsKey(resource);
  }

  private static @Nullable ResourceId resource(Caller caller) {
    return switch (caller) {
      case Caller.KeyHolder holder -> holder.resource();
      case Caller.User user -> user.resource();
      case Caller.Operator operator -> null;
      case Caller.Anonymous anonymous -> null;
    };
  }
}
