package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Loads and saves calls. All lookups are within a resource, but for the start of the server. */
public interface CallStore {
  /** Saves what a decision changed. The first one of a call makes its row, with version 0. */
  void save(Tx tx, ResourceId resource, CallId call, CallChanges changes, Saving saving);

  /**
   * Takes the next version of a call that exists.
   *
   * @throws IllegalStateException when another owner has changed the call meanwhile
   */
  void fence(Tx tx, ResourceId resource, CallId call, long version);

  /** Calls under way of all resources, in the order of their ids, after {@code after}. */
  List<CallRecord> active(Reading reading, Optional<CallId> after, int limit);

  /**
   * Whether the user is in the call, or was in it and the call did not end before {@code since}.
   */
  boolean wasIn(Reading reading, ResourceId resource, CallId call, String user, Instant since);

  /** A name that a participant of a call bore; empty when there is none, or it was erased. */
  Optional<String> displayName(Reading reading, ResourceId resource, CallId call, UUID participant);

  /** How the participant's media did when it left, as JSON; empty when nothing is known. */
  Optional<String> statistics(Reading reading, ResourceId resource, CallId call, UUID participant);

  /** Opinions of a user about a call. */
  int surveys(Reading reading, ResourceId resource, CallId call, String user);

  /** Keeps an opinion. */
  void add(Tx tx, ResourceId resource, CallSurvey survey);

  /** Forgets the user's names and opinions. */
  void eraseUser(Tx tx, ResourceId resource, String user);

  /**
   * Deletes calls that ended before {@code before}, with all that belongs to them, and gives their
   * number.
   */
  int deleteEnded(Tx tx, Instant before, int limit);

  /** Deletes ended calls of the resource and gives their number. */
  int deleteAll(Tx tx, ResourceId resource, int limit);

  /**
   * What is saved beside the changes.
   *
   * @param at when it was decided
   * @param statistics of those who left, by participant id, as JSON
   */
  record Saving(Instant at, Map<UUID, String> statistics) {
    public Saving {
      statistics = Map.copyOf(statistics);
    }
  }

  /** A call as it was stored last. */
  record CallRecord(
      CallHeader header, boolean ringing, List<Participant> participants, long version) {
    public CallRecord {
      participants = List.copyOf(participants);
    }
  }

  /** An opinion. */
  record CallSurvey(UUID id, CallId call, String user, Instant givenAt, String json) {}
}
