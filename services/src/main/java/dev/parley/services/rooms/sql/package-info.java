/** Rooms in tables {@code rooms} and {@code room_participants}. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.rooms.sql;
