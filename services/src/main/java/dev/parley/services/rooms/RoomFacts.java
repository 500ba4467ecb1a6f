package dev.parley.services.rooms;

import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;

/**
 * The facts of rooms in the journal. The subject is the room's id, the body holds raw ids only. ACS
 * has no events of rooms; who holds the call of a room open must know when it changes. The rooms of
 * a deleted resource go without facts of their own: that the resource is gone says it all.
 */
public final class RoomFacts {
  public static final String ROOM_CREATED = "rooms.roomCreated";

  /** Its window, or whether telephone numbers may be called, changed: ask for admission again. */
  public static final String ROOM_UPDATED = "rooms.roomUpdated";

  /** It is gone, and with it every invitation. */
  public static final String ROOM_DELETED = "rooms.roomDeleted";

  /** {@link #SET} are invited now or have another role; {@link #REMOVED} are no longer invited. */
  public static final String PARTICIPANTS_CHANGED = "rooms.participantsChanged";

  /** Names in the body of {@link #PARTICIPANTS_CHANGED}: lists of raw ids, absent when empty. */
  public static final String SET = "set";

  public static final String REMOVED = "removed";

  private final Journal journal;

  RoomFacts(Journal journal) {
    this.journal = journal;
  }

  void room(Tx tx, String type, RoomId room, Instant at) {
    append(tx, type, room, FactBody.empty(), at);
  }

  void participants(Tx tx, RoomId room, List<String> set, List<String> removed, Instant at) {
    FactBody body = FactBody.empty();
    if (!set.isEmpty()) {
      body = body.with(SET, set);
    }
    if (!removed.isEmpty()) {
      body = body.with(REMOVED, removed);
    }
    append(tx, PARTICIPANTS_CHANGED, room, body, at);
  }

  private void append(Tx tx, String type, RoomId room, FactBody body, Instant at) {
    journal.append(tx, new Fact(room.resource(), type, room.text(), at, body.json()));
  }
}
