package dev.parley.services.calling;

import java.time.Instant;
import java.util.Optional;

/** How one goes out of a call, by will or not, and how a call ends. All pure. */
final class Leaving {
  private Leaving() {}

  /** Before anybody answered, who leaves has cancelled the call. */
  static CallDecision hangUp(Turn turn, Participant actor, boolean forEveryone) {
    EndReason reason = turn.isRinging() ? EndReason.CANCELLED : EndReason.HUNG_UP;
    if (!forEveryone) {
      turn.leave(actor, reason, actor.user());
      return turn.done();
    }
    if (!CallRight.HANG_UP_FOR_EVERYONE.isOf(turn.header(), actor)) {
      return turn.refuse(new CallRefusal.Forbidden(CallRight.HANG_UP_FOR_EVERYONE.word()));
    }
    return turn.end(turn.isRinging() ? reason : EndReason.ENDED_FOR_EVERYONE, actor.user());
  }

  static CallDecision reject(Turn turn, CallEvent.Reject event) {
    Optional<Participant> called = turn.of(event.client().user());
    if (called.isEmpty() || !(called.get().place() instanceof Place.Invited)) {
      return turn.refuse(new CallRefusal.UnknownCall());
    }
    turn.leave(called.get(), EndReason.REJECTED, event.client().user());
    return turn.done();
  }

  static CallDecision remove(Turn turn, Participant actor, String user) {
    if (!CallRight.REMOVE_PARTICIPANT.isOf(turn.header(), actor)) {
      return turn.refuse(new CallRefusal.Forbidden(CallRight.REMOVE_PARTICIPANT.word()));
    }
    if (user.equals(actor.user())) {
      return turn.refuse(new CallRefusal.InvalidState("one leaves by hanging up"));
    }
    Optional<Participant> removed = turn.of(user);
    if (removed.isEmpty()) {
      return turn.refuse(new CallRefusal.UnknownParticipant(user));
    }
    EndReason reason =
        removed.get().place() instanceof Place.Invited ? EndReason.CANCELLED : EndReason.REMOVED;
    turn.leave(removed.get(), reason, actor.user());
    return turn.done();
  }

  /** The client's leg ends; where it only rang, it rings no more. */
  static CallDecision clientGone(Turn turn, CallEvent.ClientGone event) {
    Optional<Participant> with = turn.of(event.user(), event.client());
    if (with.isPresent()) {
      goneBy(turn, with.get(), event.reason());
      return turn.done();
    }
    turn.of(event.user())
        .filter(one ->
            one.place() instanceof Place.Invited invited
                && invited.clients().contains(event.client()))
        .ifPresent(one -> ringsNoMore(turn, one, event.client()));
    return turn.done();
  }

  private static void goneBy(Turn turn, Participant one, EndReason reason) {
    boolean cancels = turn.isRinging() && reason == EndReason.HUNG_UP;
    turn.leave(one, cancels ? EndReason.CANCELLED : reason, one.user());
    if (reason == EndReason.CONNECTION_LOST) {
      turn.record(new CallFact.UserDisconnected(one.user()));
    }
  }

  /** With its last device gone a user is waited for only as long as one without any. */
  private static void ringsNoMore(Turn turn, Participant one, ClientId client) {
    Place.Invited invited = (Place.Invited) one.place();
    Instant soon = turn.now().plus(CallLimits.REACH);
    boolean last = invited.clients().size() == 1 && soon.isBefore(invited.until());
    Instant until = last ? soon : invited.until();
    turn.put(one.with(invited.without(client, until)));
    if (last) {
      turn.add(new CallEffect.StartTimer(new CallTimer.Answer(one.user()), until));
    }
  }

  /** A timer that was moved or stopped while it fired finds another time in the state. */
  static CallDecision timeOver(Turn turn, CallTimer timer) {
    switch (timer) {
      case CallTimer.Answer answer ->
          turn.of(answer.user()).ifPresent(one -> answerOver(turn, one));
      case CallTimer.Return back -> turn.of(back.leg()).ifPresent(one -> returnOver(turn, one));
      case CallTimer.Media media -> turn.of(media.leg()).ifPresent(one -> mediaOver(turn, one));
      case CallTimer.RoomClosing closing -> {
        if (turn.header().validUntil().filter(until -> isOver(turn, until)).isPresent()) {
          return turn.end(EndReason.ROOM_NOT_VALID, "");
        }
      }
    }
    return turn.done();
  }

  private static boolean isOver(Turn turn, Instant until) {
    return !turn.now().isBefore(until);
  }

  private static void answerOver(Turn turn, Participant one) {
    if (one.place() instanceof Place.Invited invited && isOver(turn, invited.until())) {
      boolean unreachable = invited.clients().isEmpty();
      turn.leave(one, unreachable ? EndReason.NOT_REACHABLE : EndReason.NO_ANSWER, one.user());
    }
  }

  private static void returnOver(Turn turn, Participant one) {
    one.place()
        .anyLeg()
        .flatMap(Leg::awayUntil)
        .filter(until -> isOver(turn, until))
        .ifPresent(until -> goneBy(turn, one, EndReason.CONNECTION_LOST));
  }

  /** While its socket is gone too, that decides. */
  private static void mediaOver(Turn turn, Participant one) {
    one.place()
        .anyLeg()
        .filter(leg -> leg.awayUntil().isEmpty() && leg.silence().isAny())
        .filter(leg -> isOver(turn, leg.silence().until()))
        .ifPresent(leg -> turn.leave(one, EndReason.MEDIA_FAILED, one.user()));
  }

  static CallDecision mediaFailed(Turn turn, LegId leg) {
    turn.of(leg).ifPresent(one -> turn.leave(one, EndReason.MEDIA_FAILED, one.user()));
    return turn.done();
  }

  static CallDecision uninvited(Turn turn, CallEvent.Uninvited event) {
    turn.of(event.user())
        .filter(one -> turn.header().isRoom())
        .ifPresent(one -> turn.leave(one, event.reason(), ""));
    return turn.done();
  }

  static CallDecision roomOver(Turn turn, EndReason reason) {
    return turn.header().isRoom() ? turn.end(reason, "") : turn.done();
  }

  /** The room's time changed; when it is over already, so is the call. */
  static CallDecision roomTime(Turn turn, Instant validUntil) {
    if (!turn.header().isRoom()) {
      return turn.done();
    }
    if (isOver(turn, validUntil)) {
      return turn.end(EndReason.ROOM_NOT_VALID, "");
    }
    if (!turn.header().validUntil().equals(Optional.of(validUntil))) {
      turn.header(turn.header().withValidUntil(validUntil));
      turn.add(new CallEffect.StartTimer(new CallTimer.RoomClosing(), validUntil));
    }
    return turn.done();
  }

  /** The user goes, and with it its name. */
  static CallDecision userDeleted(Turn turn, String user) {
    if (turn.header().starter().user().equals(user)) {
      turn.header(turn.header().withoutStarterName());
    }
    turn.of(user)
        .map(one -> one.with(new CallView.Person(user, "")))
        .ifPresent(one -> turn.leave(one, EndReason.ACCESS_DENIED, ""));
    return turn.done();
  }
}
