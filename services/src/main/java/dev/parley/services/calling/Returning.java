package dev.parley.services.calling;

import dev.parley.services.calling.Leg.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens to the legs of a call: sockets, media, a server that starts again. All pure. */
final class Returning {
  private Returning() {}

  static CallDecision socketLost(Turn turn, CallEvent.SocketLost event) {
    turn.of(event.user(), event.client())
        .ifPresent(one -> one.place().anyLeg().ifPresent(leg -> away(turn, one, leg)));
    return turn.done();
  }

  private static void away(Turn turn, Participant one, Leg leg) {
    Instant until = turn.now().plus(CallLimits.RETURN);
    turn.put(one.with(leg.awayUntil(until)));
    turn.add(new CallEffect.StartTimer(new CallTimer.Return(leg.id()), until));
  }

  static CallDecision socketBack(Turn turn, CallEvent.SocketBack event) {
    turn.of(event.user(), event.client())
        .ifPresent(one ->
            one.place()
                .anyLeg()
                .filter(leg -> leg.awayUntil().isPresent())
                .ifPresent(leg -> back(turn, one, leg)));
    return turn.done();
  }

  /** Media get their own time to come back, from now on. */
  private static void back(Turn turn, Participant one, Leg leg) {
    Instant until = turn.now().plus(CallLimits.MEDIA_RETURN);
    turn.put(one.with(leg.back().with(leg.silence().with(until))));
    turn.add(new CallEffect.StopTimer(new CallTimer.Return(leg.id())));
    if (leg.silence().isAny()) {
      turn.add(new CallEffect.StartTimer(new CallTimer.Media(leg.id()), until));
    }
  }

  /** A connection of a leg for media was lost, or became usable. */
  static CallDecision media(Turn turn, LegId id, boolean publishing, boolean lost) {
    Optional<Participant> one = turn.of(id);
    if (one.isPresent() && one.get().place() instanceof Place.Present present) {
      Leg leg = present.leg();
      Instant until =
          leg.silence().isAny() ? leg.silence().until() : turn.now().plus(CallLimits.MEDIA_RETURN);
      Silence silence = leg.silence().with(publishing, lost, until);
      if (!silence.equals(leg.silence())) {
        turn.put(one.get().with(leg.with(silence)));
        timer(turn, leg, silence);
      }
    }
    return turn.done();
  }

  /** A first offer must lead to a connection in time; later ones change one that is judged. */
  static CallDecision offered(Turn turn, LegId id) {
    Optional<Participant> one = turn.of(id);
    if (one.isPresent()
        && one.get().place() instanceof Place.Present present
        && !present.leg().offered()) {
      turn.put(one.get().with(present.leg().withOffer()));
      return media(turn, id, true, true);
    }
    return turn.done();
  }

  private static void timer(Turn turn, Leg leg, Silence silence) {
    if (silence.isAny() != leg.silence().isAny()) {
      CallTimer timer = new CallTimer.Media(leg.id());
      turn.add(
          silence.isAny()
              ? new CallEffect.StartTimer(timer, silence.until())
              : new CallEffect.StopTimer(timer));
    }
  }

  static CallDecision streams(Turn turn, CallEvent.Streams event) {
    turn.of(event.leg())
        .filter(one -> one.isPresent() && !one.signals().streams().equals(event.streams()))
        .ifPresent(one -> turn.put(one.with(event.streams())));
    return turn.done();
  }

  /** Those who may not be heard do not speak. */
  static CallDecision speaking(Turn turn, CallEvent.Speaking event) {
    List<String> users = new ArrayList<>();
    for (LegId leg : event.legs()) {
      turn.of(leg)
          .filter(one -> CallViews.permission(turn.header(), one).sound())
          .ifPresent(one -> users.add(one.user()));
    }
    turn.tellAll(new CallNotice.Speakers(turn.header().id(), users), "");
    return turn.done();
  }

  /**
   * After a start of the server: nobody's socket is there, no device rings, no media flow. All get
   * their time to come back.
   */
  static CallDecision recovered(Turn turn) {
    turn.add(new CallEffect.OpenMedia());
    for (Participant one : List.copyOf(turn.participants().values())) {
      switch (one.place()) {
        case Place.Invited invited -> ringsAgain(turn, one, invited);
        case Place.Waiting waiting -> away(turn, one, waiting.leg());
        case Place.Present present -> {
          if (present.leg().isAutomatic()) {
            turn.joinMedia(one, present.leg());
            turn.put(one.withMuted(false));
          } else {
            away(turn, one, present.leg());
          }
        }
      }
    }
    turn.header()
        .validUntil()
        .ifPresent(
            until -> turn.add(new CallEffect.StartTimer(new CallTimer.RoomClosing(), until)));
    return turn.done();
  }

  private static void ringsAgain(Turn turn, Participant one, Place.Invited invited) {
    Instant until = turn.now().plus(CallLimits.RING);
    turn.put(one.with(new Place.Invited(Set.of(), until, invited.by(), invited.video())));
    turn.add(new CallEffect.StartTimer(new CallTimer.Answer(one.user()), until));
  }
}
