package dev.parley.services.calling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One decision while it is made: the next roster, made from a copy, and the effects so far. Belongs
 * to the one call of {@link CallDecision#decide} that made it. Who changed is told once, at the
 * end, by comparing what is shown before and after.
 */
final class Turn {
  private final CallState.Live before;
  private final Instant now;
  private final List<CallEffect> effects = new ArrayList<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private final Set<String> joinedMedia = new LinkedHashSet<>();
  private CallHeader header;
  private boolean ringing;
  private long orders;
  private Map<String, Instant> expected;
  private @Nullable LinkedHashMap<String, Participant> copy;
  private EndReason lastReason = EndReason.HUNG_UP;
  private String lastBy = "";

  Turn(CallState.Live before, Instant now) {
    this.before = before;
    this.now = now;
    this.header = before.header();
    this.ringing = before instanceof CallState.Ringing;
    this.orders = before.roster().orders();
    this.expected = before.roster().expected();
  }

  /** A call begins: its media and its first fact come with it. */
  static Turn beginning(CallHeader header, boolean ringing, Instant now) {
    Turn turn = new Turn(new CallState.Active(header, Roster.EMPTY), now);
    turn.ringing = ringing;
    turn.add(new CallEffect.OpenMedia());
    turn.record(new CallFact.Started());
    return turn;
  }

  Instant now() {
    return now;
  }

  CallHeader header() {
    return header;
  }

  boolean isRinging() {
    return ringing;
  }

  void header(CallHeader next) {
    header = next;
  }

  /** Somebody answered. */
  void answered() {
    ringing = false;
    participants().keySet().forEach(this::touch);
  }

  long nextOrder() {
    return ++orders;
  }

  Map<String, Participant> participants() {
    return copy == null ? before.roster().byUser() : copy;
  }

  Optional<Participant> of(String user) {
    return Optional.ofNullable(participants().get(user));
  }

  /** The participant whose leg is this client's. */
  Optional<Participant> of(String user, ClientId client) {
    return of(user)
        .filter(one -> one.place().anyLeg().map(Leg::client).filter(client::equals).isPresent());
  }

  Optional<Participant> of(LegId leg) {
    return participants().values().stream()
        .filter(one -> one.place().anyLeg().map(Leg::id).filter(leg::equals).isPresent())
        .findFirst();
  }

  int size() {
    return participants().size();
  }

  void put(Participant next) {
    own().put(next.user(), next);
    touch(next.user());
  }

  /** What is shown of the user may have changed by something else than its own record. */
  void touch(String user) {
    touched.add(user);
  }

  /** The user may come over from another call; false when too many are expected already. */
  boolean expect(String user) {
    Map<String, Instant> next = new LinkedHashMap<>(expected);
    next.values().removeIf(until -> !now.isBefore(until));
    next.put(user, now.plus(CallLimits.COMING));
    if (next.size() > CallLimits.EXPECTED_MAX) {
      return false;
    }
    expected = next;
    return true;
  }

  /** Whether the user is expected; it is not any more then. */
  boolean comes(String user) {
    Instant until = expected.get(user);
    if (until == null || !now.isBefore(until)) {
      return false;
    }
    Map<String, Instant> next = new LinkedHashMap<>(expected);
    next.remove(user);
    expected = next;
    return true;
  }

  private LinkedHashMap<String, Participant> own() {
    if (copy == null) {
      copy = new LinkedHashMap<>(before.roster().byUser());
    }
    return copy;
  }

  void add(CallEffect effect) {
    effects.add(effect);
  }

  void record(CallFact fact) {
    add(new CallEffect.Record(fact));
  }

  void tell(ClientId client, CallNotice notice) {
    if (!client.equals(Leg.NOBODY)) {
      add(new CallEffect.Tell(client, notice));
    }
  }

  void tellAll(CallNotice notice, String except) {
    add(new CallEffect.TellAll(notice, except));
  }

  /** Lets the participant's leg have media, within what it is permitted at the end of the turn. */
  void joinMedia(Participant one, Leg leg) {
    add(
        leg.isAutomatic()
            ? new CallEffect.JoinEcho(leg.id(), CallLimits.ECHO_DELAY)
            : new CallEffect.JoinMedia(leg.id()));
    joinedMedia.add(one.user());
  }

  CallDecision refuse(CallRefusal refusal) {
    return CallDecision.refused(before, refusal);
  }

  /** The participant goes: out of the call, out of the lobby, or it rings no more. */
  void leave(Participant one, EndReason reason, String by) {
    own().remove(one.user());
    lastReason = reason;
    lastBy = by;
    switch (one.place()) {
      case Place.Invited invited -> {
        add(new CallEffect.StopTimer(new CallTimer.Answer(one.user())));
        ringingOver(invited.clients(), reason);
      }
      case Place.Waiting waiting -> close(waiting.leg(), reason);
      case Place.Present present -> {
        close(present.leg(), reason);
        add(new CallEffect.LeaveMedia(present.leg().id()));
        record(new CallFact.Removed(one, reason));
      }
    }
    tellAll(new CallNotice.ParticipantLeft(header.id(), one.user(), reason), "");
  }

  private void close(Leg leg, EndReason reason) {
    tell(leg.client(), new CallNotice.Ended(header.id(), reason));
    leg.awayUntil()
        .ifPresent(until -> add(new CallEffect.StopTimer(new CallTimer.Return(leg.id()))));
    if (leg.silence().isAny()) {
      add(new CallEffect.StopTimer(new CallTimer.Media(leg.id())));
    }
  }

  void ringingOver(Set<ClientId> clients, EndReason reason) {
    clients.forEach(client -> tell(client, new CallNotice.IncomingEnded(header.id(), reason)));
  }

  /** The decision, with the end of the call when nobody is left to go on. */
  CallDecision done() {
    int present = 0;
    int invited = 0;
    int automatic = 0;
    for (Participant one : participants().values()) {
      switch (one.place()) {
        case Place.Invited rings -> invited++;
        case Place.Waiting waits -> {}
        case Place.Present in -> {
          present++;
          automatic += in.leg().isAutomatic() ? 1 : 0;
        }
      }
    }
    if (present == automatic || ringing && invited == 0) {
      return end(lastReason, lastBy);
    }
    if (header.isForTwo() && present + invited < 2) {
      return end(EndReason.HUNG_UP, lastReason, lastBy);
    }
    announce();
    return new CallDecision(state(), effects);
  }

  CallDecision end(EndReason reason, String by) {
    return end(reason, reason, by);
  }

  /** Ends the call for all who are still there; timers end with it. Who did it has hung up. */
  private CallDecision end(EndReason told, EndReason reason, String by) {
    for (Participant one : participants().values()) {
      EndReason own =
          told == EndReason.ENDED_FOR_EVERYONE && one.user().equals(by) ? EndReason.HUNG_UP : told;
      switch (one.place()) {
        case Place.Invited invited -> ringingOver(invited.clients(), EndReason.CANCELLED);
        case Place.Waiting waiting ->
            tell(waiting.leg().client(), new CallNotice.Ended(header.id(), own));
        case Place.Present present -> {
          tell(present.leg().client(), new CallNotice.Ended(header.id(), own));
          record(new CallFact.Removed(one, own));
        }
      }
    }
    add(new CallEffect.CloseMedia());
    record(new CallFact.Ended(reason, by, Duration.between(header.startedAt(), now)));
    return new CallDecision(new CallState.Ended(header, now, reason, by), effects);
  }

  private CallState.Live state() {
    Roster roster =
        copy == null
                && orders == before.roster().orders()
                && expected.equals(before.roster().expected())
            ? before.roster()
            : Roster.owning(own(), orders, expected);
    return ringing ? new CallState.Ringing(header, roster) : new CallState.Active(header, roster);
  }

  private void announce() {
    CallState.Live after = state();
    boolean forAll = !header.equals(before.header());
    if (touched.isEmpty() && copy == null && !forAll) {
      return;
    }
    new Announcement(before, after, joinedMedia, effects).add(forAll ? all() : touched);
  }

  private Set<String> all() {
    Set<String> all = new LinkedHashSet<>(participants().keySet());
    all.addAll(touched);
    return all;
  }
}
