package dev.parley.kit.http;

import java.time.Duration;

/**
 * How the server listens, and what it bears before anyone has proven who they are.
 *
 * @param bindAddress address or host name to bind
 * @param port 0 picks a free one
 * @param headerBytesMax of one request
 * @param bodyTimeout for a whole body to arrive; slower senders are cut off
 * @param firstRequestTimeout from the accepted connection to its first complete request
 * @param idleTimeout of a connection without traffic; above the 40 s ping of chat clients
 * @param stopTimeout for requests under way at shutdown
 * @param connectionsMax of all addresses together
 */
public record HttpSettings(
    String bindAddress,
    int port,
    int headerBytesMax,
    Duration bodyTimeout,
    Duration firstRequestTimeout,
    Duration idleTimeout,
    Duration stopTimeout,
    int connectionsMax) {}
