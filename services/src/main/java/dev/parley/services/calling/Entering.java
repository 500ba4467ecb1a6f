package dev.parley.services.calling;

import dev.parley.services.calling.CallEvent.Invitation;
import dev.parley.services.calling.Participant.Signals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How one comes into a call: by calling, joining, answering, being let in. All pure. */
final class Entering {
  private Entering() {}

  static CallDecision start(CallEvent.Start event, Instant now) {
    boolean echo = event.header().kind() == CallKind.ECHO;
    Turn turn = Turn.beginning(event.header(), !echo, now);
    Participant caller =
        newcomer(event.client(), event.seat(), event.header().starterRole(), event.muted());
    take(turn, caller, event.seat().leg());
    for (Invitation invitation : event.invitations()) {
      if (echo) {
        takeEcho(turn, invitation);
      } else {
        call(turn, caller.person(), invitation, event.video());
      }
    }
    return turn.done();
  }

  /** The echo has no client: it is in as soon as it is called. */
  private static void takeEcho(Turn turn, Invitation invitation) {
    LegId leg = new LegId(invitation.participant());
    Leg automatic = Leg.of(leg, Leg.NOBODY);
    Participant echo =
        new Participant(
            invitation.participant(),
            new CallView.Person(invitation.user(), ""),
            CallRole.PRESENTER,
            true,
            new Place.Present(automatic, false),
            Participant.FULL,
            0,
            Signals.QUIET.withMuted(false));
    turn.joinMedia(echo, automatic);
    turn.put(echo);
    turn.record(new CallFact.Added(echo));
  }

  static CallDecision begin(CallState.Idle idle, CallEvent.Join event, Instant now) {
    if (!event.begins()) {
      return CallDecision.refused(idle, new CallRefusal.Forbidden("voip"));
    }
    Turn turn = Turn.beginning(event.header(), false, now);
    take(
        turn,
        newcomer(event.client(), event.seat(), event.role(), event.muted()),
        event.seat().leg());
    event
        .header()
        .validUntil()
        .ifPresent(
            until -> turn.add(new CallEffect.StartTimer(new CallTimer.RoomClosing(), until)));
    return turn.done();
  }

  static CallDecision join(Turn turn, CallEvent.Join event) {
    Optional<Participant> there = turn.of(event.client().user());
    if (there.isEmpty()) {
      return joinAnew(turn, event);
    }
    enterAgain(turn, there.get(), event);
    return turn.done();
  }

  /** One who is there already, with this client or another, or rings. */
  private static void enterAgain(Turn turn, Participant one, CallEvent.Join event) {
    Leg leg = Leg.of(event.seat().leg(), event.client().id());
    Participant anew = one.with(event.role()).withMuted(event.muted());
    switch (one.place()) {
      case Place.Invited invited -> {
        answer(turn, one, invited, event.client().id());
        take(turn, named(anew, event.client()), leg.id(), leg.client());
      }
      case Place.Waiting waiting ->
          replace(turn, anew, waiting.leg(), leg, event.client().displayName());
      case Place.Present present ->
          replace(turn, anew, present.leg(), leg, event.client().displayName());
    }
  }

  private static CallDecision joinAnew(Turn turn, CallEvent.Join event) {
    if (turn.size() >= CallLimits.PARTICIPANTS_MAX) {
      return turn.refuse(new CallRefusal.TooManyParticipants(CallLimits.PARTICIPANTS_MAX));
    }
    Participant one = newcomer(event.client(), event.seat(), event.role(), event.muted());
    if (turn.header().lobby()) {
      Leg leg = Leg.of(event.seat().leg(), event.client().id());
      turn.put(one.with(new Place.Waiting(leg)));
    } else {
      take(turn, one, event.seat().leg());
    }
    return turn.done();
  }

  /** As with {@link #invite}, but nobody rings: the other one knows already. */
  static CallDecision expect(Turn turn, CallEvent.Expect event) {
    Optional<CallRefusal> no = mayNotAdd(turn, event.client());
    if (no.isPresent()) {
      return turn.refuse(no.get());
    }
    return turn.expect(event.user())
        ? turn.done()
        : turn.refuse(new CallRefusal.InvalidState("too many are expected"));
  }

  /** It was asked by one who may add users, so it does not wait in the lobby. */
  static CallDecision come(Turn turn, CallEvent.Come event) {
    String user = event.client().user();
    if (!turn.comes(user)) {
      return turn.refuse(new CallRefusal.UnknownCall());
    }
    Optional<Participant> there = turn.of(user);
    if (there.isPresent()) {
      CallRole role = there.get().role();
      enterAgain(
          turn,
          there.get(),
          new CallEvent.Join(
              event.client(), turn.header(), event.seat(), role, event.muted(), false));
      turn.of(user)
          .filter(one -> one.place() instanceof Place.Waiting)
          .ifPresent(one -> admit(turn, one, (Place.Waiting) one.place()));
      return turn.done();
    }
    if (turn.size() >= CallLimits.PARTICIPANTS_MAX) {
      return turn.refuse(new CallRefusal.TooManyParticipants(CallLimits.PARTICIPANTS_MAX));
    }
    if (turn.header().kind() == CallKind.ONE_TO_ONE) {
      turn.header(turn.header().with(CallKind.GROUP));
    }
    Participant one = newcomer(event.client(), event.seat(), CallRole.PRESENTER, event.muted());
    take(turn, one, event.seat().leg());
    return turn.done();
  }

  private static Optional<CallRefusal> mayNotAdd(Turn turn, CallClient client) {
    Optional<Participant> actor = turn.of(client.user(), client.id());
    if (actor.isEmpty()) {
      return Optional.of(new CallRefusal.UnknownCall());
    }
    if (!actor.get().isPresent() || turn.header().kind() == CallKind.ECHO) {
      return Optional.of(new CallRefusal.InvalidState("nobody can be added to this call"));
    }
    return CallRight.ADD_USER.isOf(turn.header(), actor.get())
        ? Optional.empty()
        : Optional.of(new CallRefusal.Forbidden(CallRight.ADD_USER.word()));
  }

  /** Another client of the user takes the place over; the same one only asks again. */
  private static void replace(Turn turn, Participant one, Leg old, Leg leg, String displayName) {
    if (old.client().equals(leg.client())) {
      return;
    }
    turn.tell(old.client(), new CallNotice.Ended(turn.header().id(), EndReason.ELSEWHERE));
    stopTimers(turn, old);
    Participant named =
        one.with(new CallView.Person(one.user(), displayName)).with(List.<CallView.Stream>of());
    if (one.isPresent()) {
      Participant moved = audible(turn, named.with(new Place.Present(leg, false)));
      turn.add(new CallEffect.LeaveMedia(old.id()));
      turn.joinMedia(moved, leg);
      turn.put(moved);
    } else {
      turn.put(named.with(new Place.Waiting(leg)));
    }
  }

  static CallDecision accept(Turn turn, CallEvent.Accept event) {
    Optional<Participant> called = turn.of(event.client().user());
    if (called.isEmpty() || !(called.get().place() instanceof Place.Invited invited)) {
      return turn.refuse(new CallRefusal.UnknownCall());
    }
    answer(turn, called.get(), invited, event.client().id());
    Participant one = named(called.get(), event.client()).withMuted(event.muted());
    take(turn, one, event.leg(), event.client().id());
    return turn.done();
  }

  /** The ringing ends: this client has won. */
  private static void answer(Turn turn, Participant one, Place.Invited invited, ClientId winner) {
    turn.add(new CallEffect.StopTimer(new CallTimer.Answer(one.user())));
    turn.ringingOver(invited.without(winner, invited.until()).clients(), EndReason.ELSEWHERE);
    if (turn.isRinging()) {
      turn.answered();
    }
  }

  static CallDecision rejoin(Turn turn, CallEvent.Rejoin event) {
    Optional<Participant> there = turn.of(event.client().user());
    Optional<Leg> leg =
        there.flatMap(one -> one.place().anyLeg()).filter(one -> one.id().equals(event.leg()));
    if (leg.isEmpty()) {
      return turn.refuse(new CallRefusal.UnknownCall());
    }
    Leg old = leg.get();
    Leg back = Leg.of(old.id(), event.client().id());
    Participant one = there.get().withMuted(true).with(List.of()).with(back);
    if (!old.client().equals(back.client())) {
      turn.tell(old.client(), new CallNotice.Ended(turn.header().id(), EndReason.ELSEWHERE));
    }
    stopTimers(turn, old);
    if (one.isPresent()) {
      turn.add(new CallEffect.LeaveMedia(old.id()));
      turn.joinMedia(one, back);
    }
    turn.put(one);
    return turn.done();
  }

  static CallDecision invite(Turn turn, CallEvent.Invite event) {
    Optional<CallRefusal> no = mayNotAdd(turn, event.client());
    if (no.isPresent()) {
      return turn.refuse(no.get());
    }
    CallView.Person caller = turn.of(event.client().user()).orElseThrow().person();
    List<Invitation> absent =
        event.invitations().stream().filter(one -> turn.of(one.user()).isEmpty()).toList();
    if (turn.size() + absent.size() > CallLimits.PARTICIPANTS_MAX) {
      return turn.refuse(new CallRefusal.TooManyParticipants(CallLimits.PARTICIPANTS_MAX));
    }
    if (!absent.isEmpty() && turn.header().kind() == CallKind.ONE_TO_ONE) {
      turn.header(turn.header().with(CallKind.GROUP));
    }
    absent.forEach(one -> call(turn, caller, one, false));
    return turn.done();
  }

  private static void call(
      Turn turn, CallView.Person caller, Invitation invitation, boolean video) {
    Instant until =
        turn.now().plus(invitation.clients().isEmpty() ? CallLimits.REACH : CallLimits.RING);
    Participant called =
        new Participant(
            invitation.participant(),
            new CallView.Person(invitation.user(), ""),
            CallRole.PRESENTER,
            true,
            new Place.Invited(invitation.clients(), until, caller.user(), video),
            Participant.FULL,
            0,
            Signals.QUIET);
    turn.put(called);
    turn.add(new CallEffect.StartTimer(new CallTimer.Answer(called.user()), until));
    turn.record(new CallFact.Incoming(called, caller.user()));
    invitation.clients().forEach(client -> ring(turn, client, caller, video));
  }

  private static void ring(Turn turn, ClientId client, CallView.Person caller, boolean video) {
    CallHeader header = turn.header();
    turn.tell(
        client,
        new CallNotice.Incoming(header.id(), caller, header.kind(), video, header.thread()));
  }

  /** A device that comes late rings too, and gives the user the whole time when it is the first. */
  static CallDecision arrived(Turn turn, CallEvent.Arrived event) {
    Optional<Participant> called = turn.of(event.user());
    if (called.isPresent()
        && called.get().place() instanceof Place.Invited invited
        && !invited.clients().contains(event.client())) {
      Instant until =
          invited.clients().isEmpty() ? turn.now().plus(CallLimits.RING) : invited.until();
      turn.put(called.get().with(invited.with(event.client(), until)));
      turn.add(new CallEffect.StartTimer(new CallTimer.Answer(event.user()), until));
      CallView.Person caller =
          turn.of(invited.by())
              .map(Participant::person)
              .orElse(new CallView.Person(invited.by(), ""));
      ring(turn, event.client(), caller, invited.video());
    }
    return turn.done();
  }

  /** Lets one in from the lobby. */
  static void admit(Turn turn, Participant one, Place.Waiting waiting) {
    Participant in = one.with(new Place.Present(waiting.leg(), false));
    turn.joinMedia(in, waiting.leg());
    turn.put(audible(turn, in));
    turn.record(new CallFact.Added(in));
  }

  static CallDecision roleChanged(Turn turn, CallEvent.RoleChanged event) {
    turn.of(event.user())
        .filter(one -> turn.header().isRoom() && one.role() != event.role())
        .ifPresent(one -> turn.put(audible(turn, one.with(event.role()))));
    return turn.done();
  }

  /** Who may not speak counts as muted, and stays so until it says otherwise. */
  static Participant audible(Turn turn, Participant one) {
    return one.isMuted() || CallRight.UNMUTE_MIC.isOf(turn.header(), one)
        ? one
        : one.withMuted(true);
  }

  private static void take(Turn turn, Participant one, LegId leg) {
    take(turn, one, leg, clientOf(one));
  }

  private static ClientId clientOf(Participant one) {
    return one.place().anyLeg().map(Leg::client).orElseThrow();
  }

  private static void take(Turn turn, Participant one, LegId id, ClientId client) {
    Leg leg = Leg.of(id, client);
    Participant in = audible(turn, one.with(new Place.Present(leg, false)));
    turn.joinMedia(in, leg);
    turn.put(in);
    turn.record(new CallFact.Added(in));
  }

  private static Participant newcomer(
      CallClient client, CallEvent.Seat seat, CallRole role, boolean muted) {
    return new Participant(
        seat.participant(),
        new CallView.Person(client.user(), client.displayName()),
        role,
        false,
        new Place.Present(Leg.of(seat.leg(), client.id()), false),
        Participant.FULL,
        0,
        Signals.QUIET.withMuted(muted));
  }

  private static Participant named(Participant one, CallClient client) {
    return one.with(new CallView.Person(one.user(), client.displayName()));
  }

  private static void stopTimers(Turn turn, Leg leg) {
    if (leg.awayUntil().isPresent()) {
      turn.add(new CallEffect.StopTimer(new CallTimer.Return(leg.id())));
    }
    if (leg.silence().isAny()) {
      turn.add(new CallEffect.StopTimer(new CallTimer.Media(leg.id())));
    }
  }
}
