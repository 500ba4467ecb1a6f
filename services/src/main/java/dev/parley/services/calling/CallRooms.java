package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;

/** Rooms, as calling needs them: who may come into the call of a room. May read the store. */
public interface CallRooms {
  /** Whether the user may be in the room's call now. */
  Entry entry(ResourceId resource, String room, String user);

  /** The answer. */
  sealed interface Entry {
    /**
     * They may.
     *
     * @param validUntil when the room closes
     */
    record Open(CallRole role, Instant validUntil) implements Entry {}

    /** They may not, for a reason that clients show a text for. */
    record Closed(EndReason reason) implements Entry {}
  }
}
