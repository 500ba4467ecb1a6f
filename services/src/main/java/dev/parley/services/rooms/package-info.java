/**
 * Rooms: calls that only those who were invited may join, in a window of time, each with a role.
 * Owns the rooms, who is invited, and the answer to "may this user join now"; knows nothing of
 * calls, of HTTP and of SQL. Start at {@link dev.parley.services.rooms.RoomService}; what calling
 * asks is {@link dev.parley.services.rooms.RoomService#admission} and what it hears is in {@link
 * dev.parley.services.rooms.RoomFacts}. The operation table is {@code wire.RoomRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.rooms;
