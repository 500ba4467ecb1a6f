/**
 * Rooms on the wire (operations.md, "rooms"). Start at {@link
 * dev.parley.services.rooms.wire.RoomRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.rooms.wire;
