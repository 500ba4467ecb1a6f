package dev.parley.services.calling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What of a call's state is shown, and to whom. All pure. */
final class CallViews {
  private CallViews() {}

  /** The places among those raised and those spotlighted, by user, from 1. */
  record Ranks(Map<String, Integer> hands, Map<String, Integer> spotlights) {
    static Ranks of(Roster roster) {
      return new Ranks(
          ranks(roster, one -> one.signals().hand()), ranks(roster, Participant::spotlight));
    }

    private static Map<String, Integer> ranks(Roster roster, ToLongFunction<Participant> order) {
      List<Participant> ordered = new ArrayList<>();
      for (Participant one : roster.all()) {
        if (order.applyAsLong(one) > 0) {
          ordered.add(one);
        }
      }
      ordered.sort(Comparator.comparingLong(order));
      Map<String, Integer> ranks = new HashMap<>();
      ordered.forEach(one -> ranks.put(one.user(), ranks.size() + 1));
      return ranks;
    }
  }

  /** The call as the user's leg sees it; empty when the user has none. */
  static Optional<CallView> call(CallState.Live state, String user) {
    Roster roster = state.roster();
    return roster
        .of(user)
        .flatMap(self -> self.place().anyLeg().map(leg -> call(state, self, leg.id())));
  }

  private static CallView call(CallState.Live state, Participant self, LegId leg) {
    CallHeader header = state.header();
    Ranks ranks = Ranks.of(state.roster());
    return new CallView(
        header.id(),
        leg,
        header.kind(),
        header.locator(),
        self.called(),
        state(state, self),
        header.startedAt(),
        header.starter(),
        header.lobby(),
        header.access(),
        participant(header, ranks, self),
        CallRight.all(header, self),
        self.isPresent() ? others(state, ranks, self) : List.of());
  }

  private static List<CallView.Participant> others(
      CallState.Live state, Ranks ranks, Participant self) {
    List<CallView.Participant> others = new ArrayList<>(state.roster().size());
    for (Participant one : state.roster().all()) {
      if (!one.user().equals(self.user())) {
        others.add(participant(state.header(), ranks, one));
      }
    }
    return others;
  }

  /** What is the participant's own in the call. */
  static CallNotice.SelfChanged self(CallState.Live state, Ranks ranks, Participant self) {
    CallHeader header = state.header();
    return new CallNotice.SelfChanged(
        header.id(),
        state(state, self),
        header.lobby(),
        header.access(),
        participant(header, ranks, self),
        CallRight.all(header, self));
  }

  static CallView.Participant participant(CallHeader header, Ranks ranks, Participant one) {
    return new CallView.Participant(
        one.person(),
        state(one),
        one.role(),
        one.isMuted(),
        shown(header, one),
        Optional.ofNullable(ranks.hands().get(one.user())),
        Optional.ofNullable(ranks.spotlights().get(one.user())),
        one.access());
  }

  /** What is held back at the server is not shown: it would be a picture that never comes. */
  private static List<CallView.Stream> shown(CallHeader header, Participant one) {
    List<CallView.Stream> sent = one.signals().streams();
    if (sent.isEmpty()) {
      return sent;
    }
    CallMedia.Permission permission = permission(header, one);
    return sent.stream()
        .filter(
            stream -> stream.kind() == StreamKind.VIDEO ? permission.video() : permission.screen())
        .toList();
  }

  /** What of the participant's media goes through. */
  static CallMedia.Permission permission(CallHeader header, Participant one) {
    boolean flows = one.isPresent() && !one.onHold();
    return new CallMedia.Permission(
        flows && !one.isMuted() && CallRight.UNMUTE_MIC.isOf(header, one),
        flows && CallRight.TURN_VIDEO_ON.isOf(header, one),
        flows && CallRight.SHARE_SCREEN.isOf(header, one),
        flows);
  }

  private static CallView.ParticipantState state(Participant one) {
    return switch (one.place()) {
      case Place.Invited invited -> CallView.ParticipantState.RINGING;
      case Place.Waiting waiting -> CallView.ParticipantState.IN_LOBBY;
      case Place.Present present ->
          present.onHold() ? CallView.ParticipantState.HOLD : CallView.ParticipantState.CONNECTED;
    };
  }

  private static CallView.State state(CallState.Live state, Participant self) {
    if (!self.isPresent()) {
      return CallView.State.IN_LOBBY;
    }
    if (self.onHold()) {
      return CallView.State.LOCAL_HOLD;
    }
    if (state instanceof CallState.Ringing) {
      return CallView.State.RINGING;
    }
    return state.header().isForTwo() && otherHolds(state.roster(), self)
        ? CallView.State.REMOTE_HOLD
        : CallView.State.CONNECTED;
  }

  private static boolean otherHolds(Roster roster, Participant self) {
    return roster.all().stream().anyMatch(one -> one.onHold() && !one.user().equals(self.user()));
  }
}
