package dev.parley.services.rooms;

import java.time.Instant;

/**
 * A room; who is invited is kept beside it.
 *
 * @param createdAt to the millisecond
 * @param pstnDialOutEnabled whether presenters may call telephone numbers from its call
 */
public record Room(RoomId id, Instant createdAt, Validity validity, boolean pstnDialOutEnabled) {
  Room with(Validity changed, boolean dialOut) {
    return new Room(id, createdAt, changed, dialOut);
  }
}
