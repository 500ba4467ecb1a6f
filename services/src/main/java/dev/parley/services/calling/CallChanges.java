package dev.parley.services.calling;

import dev.parley.services.calling.CallState.Live;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one decision changed, so that storing it costs as much as changed, not as much as there is.
 *
 * @param header the call as a whole, when it changed or began
 * @param begins whether it is new
 * @param ended when it is over
 * @param ringing whether nobody has answered yet
 * @param participants those who came, changed or went
 */
public record CallChanges(
    Optional<CallHeader> header,
    boolean begins,
    Optional<End> ended,
    boolean ringing,
    List<Change> participants) {
  public CallChanges {
    participants = List.copyOf(participants);
  }

  /**
   * A participant before and after; one of both at least.
   *
   * @param reason why it left, for one who was in the call and is not any more
   */
  public record Change(
      Optional<Participant> before, Optional<Participant> after, Optional<EndReason> reason) {
    /** Whether anything changed that the store keeps. */
    public boolean isDurable() {
      return before.isEmpty()
          || after.isEmpty()
          || !Stored.of(before.get()).equals(Stored.of(after.get()));
    }
  }

  /** How a call ended; {@code by} is empty when it was nobody's doing. */
  public record End(Instant at, EndReason reason, String by) {}

  /** What the store keeps of a participant. */
  private record Stored(
      CallView.Person person,
      CallRole role,
      boolean called,
      String place,
      Optional<LegId> leg,
      Optional<ClientId> client,
      boolean onHold,
      CallView.Access access,
      long spotlight) {
    static Stored of(Participant one) {
      return new Stored(
          one.person(),
          one.role(),
          one.called(),
          one.place().getClass().getSimpleName(),
          one.place().anyLeg().map(Leg::id),
          one.place().anyLeg().map(Leg::client),
          one.onHold(),
          one.access(),
          one.spotlight());
    }
  }

  static CallChanges between(CallState before, CallDecision decision) {
    Optional<Live> earlier = live(before);
    Optional<Live> later = live(decision.next());
    Optional<End> ended = Optional.empty();
    Optional<CallHeader> header = later.map(Live::header);
    if (decision.next() instanceof CallState.Ended over && !(before instanceof CallState.Ended)) {
      ended = Optional.of(new End(over.at(), over.reason(), over.by()));
      header = Optional.of(over.header());
    }
    boolean same =
        header.equals(earlier.map(Live::header)) && isRinging(before) == isRinging(decision.next());
    return new CallChanges(
        same && ended.isEmpty() ? Optional.empty() : header,
        before instanceof CallState.Idle,
        ended,
        isRinging(decision.next()),
        participants(roster(earlier), roster(later), reasons(decision)));
  }

  private static Optional<Live> live(CallState state) {
    return state instanceof Live live ? Optional.of(live) : Optional.empty();
  }

  private static boolean isRinging(CallState state) {
    return state instanceof CallState.Ringing;
  }

  private static Map<String, Participant> roster(Optional<Live> live) {
    return live.map(one -> one.roster().byUser()).orElse(Map.of());
  }

  private static Map<String, EndReason> reasons(CallDecision decision) {
    Map<String, EndReason> reasons = new HashMap<>();
    for (CallEffect effect : decision.effects()) {
      if (effect instanceof CallEffect.Record record
          && record.fact() instanceof CallFact.Removed removed) {
        reasons.put(removed.participant().user(), removed.reason());
      }
    }
    return reasons;
  }

  /** Compares by identity first: who did not change is the same object. */
  private static List<Change> participants(
      Map<String, Participant> before,
      Map<String, Participant> after,
      Map<String, EndReason> reasons) {
    if (before == after) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    after.forEach((user, one) -> {
      Participant old = before.get(user);
      if (old != one) {
        changes.add(new Change(Optional.ofNullable(old), Optional.of(one), Optional.empty()));
      }
    });
    before.forEach((user, one) -> {
      if (!after.containsKey(user)) {
        changes.add(
            new Change(Optional.of(one), Optional.empty(), Optional.ofNullable(reasons.get(user))));
      }
    });
    return changes;
  }

  /** Whether the store has something to keep. */
  boolean isDurable() {
    return header.isPresent()
        || ended.isPresent()
        || participants.stream().anyMatch(Change::isDurable);
  }
}
