package dev.parley.services.calling;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in a call, by raw id, in the order of their coming. Never changes: {@link Turn} makes the
 * next one from a copy, once per event.
 *
 * @param orders the last number given to a hand or a spotlight
 * @param expected who was asked to come over from another call, by raw id, and until when it may;
 *     lasts only as long as the server runs
 */
record Roster(Map<String, Participant> byUser, long orders, Map<String, Instant> expected) {
  static final Roster EMPTY = new Roster(Map.of(), 0, Map.of());

  Roster {
    expected = Map.copyOf(expected);
  }

  /** Takes the map for its own; the caller keeps no hand on it. */
  static Roster owning(
      LinkedHashMap<String, Participant> participants, long orders, Map<String, Instant> expected) {
    return new Roster(Collections.unmodifiableMap(participants), orders, expected);
  }

  Optional<Participant> of(String user) {
    return Optional.ofNullable(byUser.get(user));
  }

  Collection<Participant> all() {
    return byUser.values();
  }

  int size() {
    return byUser.size();
  }

  /** The participant with this leg; looks at all. */
  Optional<Participant> of(LegId leg) {
    return all().stream()
        .filter(one -> one.place().anyLeg().map(Leg::id).filter(leg::equals).isPresent())
        .findFirst();
  }
}
