package dev.parley.services.rooms;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Refused;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Use cases of invitations: list them, change them. */
public final class RoomParticipantService {
  private final Database database;
  private final RoomStore store;
  private final RoomFacts facts;
  private final Clock clock;
  private final Invitations invitations;

  public RoomParticipantService(
      Database database, RoomStore store, Journal journal, Clock clock, Invitations invitations) {
    this.database = database;
    this.store = store;
    this.facts = new RoomFacts(journal);
    this.clock = clock;
    this.invitations = invitations;
  }

  /** Participants after the raw id {@code after}, in the order of raw ids. */
  public List<RoomParticipant> list(RoomId id, String after, int limit) {
    return database.read(
        "rooms.listParticipants",
        reading -> {
          RoomService.require(store.room(reading, id));
          return store.participants(reading, id, after, limit);
        });
  }

  /**
   * Invites, changes roles and ends invitations: all of it or, when one cannot be, nothing.
   *
   * @param changes by raw id: the role to have, or empty to be removed; who is not there is passed
   *     over
   */
  public void change(RoomId id, Map<String, Optional<RoomRole>> changes) {
    Map<String, Optional<RoomRole>> checked = invitations.checked(id.resource(), changes);
    Instant now = clock.now();
    database.write(
        "rooms.changeParticipants",
        tx -> {
          RoomService.require(store.room(tx, id));
          apply(tx, id, checked, now);
          if (store.participantCount(tx, id) > RoomsLimits.PARTICIPANTS_MAX) {
            throw new Refused(new RoomRefusal.TooManyParticipants(RoomsLimits.PARTICIPANTS_MAX));
          }
          return id;
        });
  }

  private void apply(Tx tx, RoomId id, Map<String, Optional<RoomRole>> changes, Instant now) {
    List<String> set = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    changes.forEach((user, wanted) -> {
      if (wanted.isEmpty()) {
        if (store.remove(tx, id, user)) {
          removed.add(user);
        }
      } else if (!store.role(tx, id, user).equals(wanted)) {
        store.put(tx, id, new RoomParticipant(user, wanted.get()));
        set.add(user);
      }
    });
    if (!set.isEmpty() || !removed.isEmpty()) {
      facts.participants(tx, id, set, removed, now);
    }
  }
}
