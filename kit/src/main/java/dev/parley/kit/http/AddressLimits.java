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
    String peer = peer(address);
    int open = connections.merge(peer, 1, Integer::sum);
    if (open > connectionsMax) {
      closed(address);
      return false;
    }
    return true;
  }

  void closed(String address) {
    String peer = peer(address);
    connections.computeIfPresent(peer, (key, open) -> open <= 1 ? null : open - 1);
  }

  /** Throws {@link ProblemException} 429 when the address failed too often. */
  void admit(String address) {
    String peer = peer(address);
    TokenBucket bucket = failures.get(peer);
    if (bucket != null && !bucket.hasOne(clock.nanoTime())) {
      String message = "Too many requests with a wrong credential came from this address.";
      throw new Problem(429, "TooManyRequests", message).withRetryAfter(60).exception();
    }
  }

  /** Open connections of all addresses, for metrics. */
  public int openConnections() {
    return connections.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Counts a credential that was refused. */
  void failed(String address) {
    String peer = peer(address);
    long now = clock.nanoTime();
    if (failures.size() >= TRACKED_MAX) {
      forgetSome(now);
    }
    failures
        .computeIfAbsent(
            peer, key -> new TokenBucket(failuresPerMinute / 60, failuresPerMinute, now))
        .take(now);
  }

  /** Looking through all of them must not become the cost of each failure. */
  private void forgetSome(long now) {
    failures.values().removeIf(bucket -> bucket.isFull(now));
    if (failures.size() >= TRACKED_MAX / 2) {
      failures.clear();
    }
  }

  /**
   * Who an address stands for: an IPv6 host has a whole /64 to choose its address from (RFC 4291
   * §2.5.1), so that is what counts.
   *
   * @param address as {@link java.net.InetAddress#getHostAddress} writes it
   */
  static String peer(String address) {
    int end = -1;
    for (int group = 0; group < 4; group++) {
      end = address.indexOf(':', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end);
  }
}
