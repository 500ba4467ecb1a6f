package dev.parley.kit.http;

import java.time.Duration;

/**
 * What a WebSocket bears.
 *
 * @param idleTimeout without a frame in either direction; chat clients ping every 40 s (compat §4)
 * @param messageBytesMax of one incoming message
 * @param queueBytesMax not yet written to a slow peer
 * @param closeTimeout for the peer to answer a close
 */
public record SocketLimits(
    Duration idleTimeout, int messageBytesMax, long queueBytesMax, Duration closeTimeout) {
  /** How long an answer that is not urgent waits for company. */
  static final Duration SOON = Duration.ofMillis(20);

  /** 100 s idle, 256 KiB in, 16 MiB out, 5 s to close. */
  public static final SocketLimits DEFAULTS =
      new SocketLimits(Duration.ofSeconds(100), 256 << 10, 16L << 20, Duration.ofSeconds(5));
}
