/**
 * The relay on the wire (operations.md, "network-traversal"). Start at {@link
 * dev.parley.services.relay.wire.RelayRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.relay.wire;
