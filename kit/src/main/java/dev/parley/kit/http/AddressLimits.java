package dev.parley.kit.http;

import dev.parley.kit.base.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Limits before authentication, per address of the peer: open connections, and failed credentials
 * per minute. An address that failed too often is refused before its body is read, so that guessing
 * keys costs the guesser more than us.
 */
public final class AddressLimits {
  private static final int TRACKED_MAX = 100_000;

  private final Clock clock;
  private final int connectionsMax;
  private final double failuresPerMinute;
  private final ConcurrentMap<String, Integer> connections = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, TokenBucket> failures = new ConcurrentHashMap<>();

  /**
   * @param connectionsMax open connections of one address
   * @param failuresPerMinute credentials of one address that may fail in a minute
   */
  public AddressLimits(Clock clock, int connectionsMax, double failuresPerMinute) {
    this.clock = clock;
    this.connectionsMax = connectionsMax;
    this.failuresPerMinute = failuresPerMinute;
  }

  /** Whether a further connection of {@code address} may stay; if so it must be {@link #closed}. */
  boolean opened(String address) {
    int open = connections.merge(address, 1, Integer::sum);
    if (open > connectionsMax) {
      closed(address);
      return false;
    }
    return true;
  }

  void closed(String address) {
    connections.computeIfPresent(address, (key, open) -> open <= 1 ? null : open - 1);
  }

  /** Throws {@link ProblemException} 429 when the address failed too often. */
  void admit(String address) {
    TokenBucket bucket = failures.get(address);
    if (bucket != null && !bucket.hasOne(clock.nanoTime())) {
      String message = "Too many requests with a wrong credential came from this address.";
      throw new Problem(429, "TooManyRequests", message).withRetryAfter(60).exception();
    }
  }

  /** Counts a credential that was refused. */
  void failed(String address) {
    long now = clock.nanoTime();
    if (failures.size() >= TRACKED_MAX) {
      failures.values().removeIf(bucket -> bucket.isFull(now));
    }
    failures
        .computeIfAbsent(
            address, key -> new TokenBucket(failuresPerMinute / 60, failuresPerMinute, now))
        .take(now);
  }
}
