package dev.parley.services.calling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What participants do to others, and what is shown in an order: hands, spotlight. All pure. */
final class Moderating {
  private Moderating() {}

  static CallDecision mute(Turn turn, Participant actor, CallAction.Mute mute) {
    boolean self = mute.users().filter(List.of(actor.user())::equals).isPresent();
    if (!self && !CallRight.MUTE_OTHERS.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.MUTE_OTHERS);
    }
    Named named = Named.of(turn, mute.users().orElseGet(() -> others(turn, actor)));
    if (named.refusal().isPresent()) {
      return turn.refuse(named.refusal().get());
    }
    named.present().stream()
        .filter(one -> !one.isMuted())
        .forEach(one -> silence(turn, one, actor));
    return turn.done();
  }

  private static void silence(Turn turn, Participant one, Participant by) {
    turn.put(one.withMuted(true));
    if (!one.user().equals(by.user())) {
      legOf(turn, one.user())
          .ifPresent(leg ->
              turn.tell(leg.client(), new CallNotice.MutedByOthers(turn.header().id(), by.user())));
    }
  }

  static CallDecision hand(Turn turn, Participant actor, CallAction.Hand hand) {
    boolean own = hand.users().isEmpty() || hand.users().equals(List.of(actor.user()));
    if (own && hand.raised()) {
      return raise(turn, actor);
    }
    if (hand.raised()) {
      return turn.refuse(new CallRefusal.Invalid("raised", "hands of others are only lowered"));
    }
    if (!own && !CallRight.MANAGE_LOBBY.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.MANAGE_LOBBY);
    }
    Named named = Named.of(turn, own ? List.of(actor.user()) : hand.users());
    if (named.refusal().isPresent()) {
      return turn.refuse(named.refusal().get());
    }
    named.present().stream()
        .filter(one -> one.signals().hand() > 0)
        .forEach(one -> turn.put(one.withHand(0)));
    return turn.done();
  }

  private static CallDecision raise(Turn turn, Participant actor) {
    if (!CallRight.RAISE_HAND.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.RAISE_HAND);
    }
    if (actor.signals().hand() > 0) {
      return turn.done();
    }
    long raised =
        turn.participants().values().stream().filter(one -> one.signals().hand() > 0).count();
    if (raised >= CallLimits.HANDS_MAX) {
      return turn.refuse(new CallRefusal.InvalidState("too many hands are raised"));
    }
    turn.put(actor.withHand(turn.nextOrder()));
    return turn.done();
  }

  static CallDecision spotlight(Turn turn, Participant actor, CallAction.Spotlight spotlight) {
    boolean onlySelf = spotlight.users().equals(List.of(actor.user()));
    CallRight right = spotlight.on() ? CallRight.SPOTLIGHT : CallRight.REMOVE_SPOTLIGHTS;
    boolean allowed = right.isOf(turn.header(), actor) || !spotlight.on() && onlySelf;
    if (!allowed) {
      return forbidden(turn, right);
    }
    if (spotlight.on() && spotlight.users().isEmpty()) {
      return turn.refuse(new CallRefusal.Invalid("participants", "at least one"));
    }
    Named named = Named.of(turn, spotlight.users().isEmpty() ? present(turn) : spotlight.users());
    if (named.refusal().isPresent()) {
      return turn.refuse(named.refusal().get());
    }
    return spotlight.on() ? show(turn, named.present()) : hide(turn, named.present());
  }

  private static CallDecision show(Turn turn, List<Participant> named) {
    List<Participant> more = named.stream().filter(one -> one.spotlight() == 0).toList();
    long shown = turn.participants().values().stream().filter(one -> one.spotlight() > 0).count();
    if (shown + more.size() > CallLimits.SPOTLIGHT_MAX) {
      return turn.refuse(new CallRefusal.InvalidState("too many are in the spotlight"));
    }
    more.forEach(one -> turn.put(one.withSpotlight(turn.nextOrder())));
    return turn.done();
  }

  private static CallDecision hide(Turn turn, List<Participant> named) {
    named.stream()
        .filter(one -> one.spotlight() > 0)
        .forEach(one -> turn.put(one.withSpotlight(0)));
    return turn.done();
  }

  /** With nobody named the meeting's access changes, which binds those who are no presenters. */
  static CallDecision permit(Turn turn, Participant actor, CallAction.Permit permit) {
    if (permit.audio().isEmpty() && permit.video().isEmpty()) {
      return turn.refuse(new CallRefusal.Invalid("audio", "audio or video must be given"));
    }
    if (permit.audio().isPresent() && !CallRight.FORBID_AUDIO.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.FORBID_AUDIO);
    }
    if (permit.video().isPresent() && !CallRight.FORBID_VIDEO.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.FORBID_VIDEO);
    }
    Named named = Named.of(turn, permit.users().orElseGet(() -> others(turn, actor)));
    if (named.refusal().isPresent()) {
      return turn.refuse(named.refusal().get());
    }
    if (permit.users().isEmpty()) {
      turn.header(turn.header().with(changed(turn.header().access(), permit)));
    } else {
      named.present().forEach(one -> turn.put(one.with(changed(one.access(), permit))));
    }
    for (Participant one : named.present()) {
      Participant now = turn.of(one.user()).orElseThrow();
      if (!now.isMuted() && !CallRight.UNMUTE_MIC.isOf(turn.header(), now)) {
        silence(turn, now, actor);
      }
    }
    return turn.done();
  }

  private static CallView.Access changed(CallView.Access access, CallAction.Permit permit) {
    return new CallView.Access(
        permit.audio().orElse(access.audio()), permit.video().orElse(access.video()));
  }

  static CallDecision admit(Turn turn, Participant actor, List<String> users) {
    if (!CallRight.MANAGE_LOBBY.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.MANAGE_LOBBY);
    }
    for (String user : users) {
      if (waits(turn, user).isEmpty()) {
        return turn.refuse(new CallRefusal.UnknownParticipant(user));
      }
    }
    for (String user : users) {
      turn.of(user)
          .ifPresent(one -> {
            if (one.place() instanceof Place.Waiting waiting) {
              Entering.admit(turn, one, waiting);
            }
          });
    }
    return turn.done();
  }

  static CallDecision deny(Turn turn, Participant actor, List<String> users) {
    if (!CallRight.MANAGE_LOBBY.isOf(turn.header(), actor)) {
      return forbidden(turn, CallRight.MANAGE_LOBBY);
    }
    for (String user : users) {
      if (waits(turn, user).isEmpty()) {
        return turn.refuse(new CallRefusal.UnknownParticipant(user));
      }
    }
    for (String user : users) {
      waits(turn, user).ifPresent(one -> turn.leave(one, EndReason.ACCESS_DENIED, actor.user()));
    }
    return turn.done();
  }

  /** Who waits in the lobby. */
  static List<String> waiting(Turn turn) {
    return turn.participants().keySet().stream()
        .filter(user -> waits(turn, user).isPresent())
        .toList();
  }

  private static Optional<Participant> waits(Turn turn, String user) {
    return turn.of(user).filter(one -> one.place() instanceof Place.Waiting);
  }

  /** The leg of one who is in the call. */
  static Optional<Leg> legOf(Turn turn, String user) {
    return turn.of(user).filter(Participant::isPresent).flatMap(one -> one.place().anyLeg());
  }

  private static List<String> others(Turn turn, Participant actor) {
    return present(turn).stream().filter(user -> !user.equals(actor.user())).toList();
  }

  private static List<String> present(Turn turn) {
    return turn.participants().values().stream()
        .filter(Participant::isPresent)
        .map(Participant::user)
        .toList();
  }

  private static CallDecision forbidden(Turn turn, CallRight right) {
    return turn.refuse(new CallRefusal.Forbidden(right.word()));
  }

  /** Those whom an action names, if all of them are in the call. */
  private record Named(List<Participant> present, Optional<CallRefusal> refusal) {
    static Named of(Turn turn, List<String> users) {
      List<Participant> present = new ArrayList<>();
      for (String user : users) {
        Optional<Participant> one = turn.of(user).filter(Participant::isPresent);
        if (one.isEmpty()) {
          return new Named(List.of(), Optional.of(new CallRefusal.UnknownParticipant(user)));
        }
        present.add(one.get());
      }
      return new Named(present, Optional.empty());
    }
  }
}
