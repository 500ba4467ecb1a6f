/**
 * Ephemeral signals between parts and nodes: it wakes and routes, and may lose. What must not be
 * lost is in the journal. Start at {@link dev.parley.kit.bus.Bus}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.bus;
