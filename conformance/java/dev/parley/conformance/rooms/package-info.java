/**
 * Rooms through Microsoft's Java SDK: what works, what is refused. Must not know how the other
 * languages are tested. Start at {@link dev.parley.conformance.rooms.JavaRoomsIT}.
 */
@NullMarked
package dev.parley.conformance.rooms;

import org.jspecify.annotations.NullMarked;
