/**
 * Who is connected now, by whatever kind of socket, and for how long: a connection stands until its
 * token expires or is revoked, or its user or resource is gone. Owns the connections by user, their
 * expiry timers, and the decision that one no longer stands.
 *
 * <p>It must not know: sockets, frames, or what a connection is for. Features that keep sockets
 * open ({@code push}, {@code calling}) stand in it.
 *
 * <p>Start with {@link dev.parley.services.connections.Connections}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.connections;
