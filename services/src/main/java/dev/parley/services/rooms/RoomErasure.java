package dev.parley.services.rooms;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import java.time.Instant;
import java.util.List;

/** Erases what was a deleted user's or a deleted resource's; driven by the journal. */
public final class RoomErasure {
  private final Database database;
  private final RoomStore store;
  private final RoomFacts facts;
  private final Clock clock;

  public RoomErasure(Database database, RoomStore store, Journal journal, Clock clock) {
    this.database = database;
    this.store = store;
    this.facts = new RoomFacts(journal);
    this.clock = clock;
  }

  /** Ends the user's invitations; may be run again. */
  public void userDeleted(ResourceId resource, String userId) {
    Instant now = clock.now();
    int touched;
    do {
      touched =
          database.write(
              "rooms.eraseUser",
              tx -> {
                List<RoomId> rooms =
                    store.roomsOf(tx, resource, userId, RoomsLimits.ERASED_PER_TRANSACTION);
                for (RoomId room : rooms) {
                  store.remove(tx, room, userId);
                  facts.participants(tx, room, List.of(), List.of(userId), now);
                }
                return rooms.size();
              });
    } while (touched == RoomsLimits.ERASED_PER_TRANSACTION);
  }

  /** Deletes every room of the resource; may be run again. */
  public void resourceDeleted(ResourceId resource) {
    int deleted;
    do {
      deleted =
          database.write(
              "rooms.deleteResource",
              tx -> store.deleteAll(tx, resource, RoomsLimits.ERASED_PER_TRANSACTION));
    } while (deleted == RoomsLimits.ERASED_PER_TRANSACTION);
  }
}
