package dev.parley.services.calling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state machine of a call: state and event give the next state and what is to be done. */
record CallDecision(CallState next, List<CallEffect> effects) {
  CallDecision {
    effects = List.copyOf(effects);
  }

  /** Pure: knows the time only from {@code now}, and changes nothing. */
  static CallDecision decide(CallState state, CallEvent event, Instant now) {
    return switch (state) {
      case CallState.Idle idle -> beginning(idle, event, now);
      case CallState.Ringing ringing -> live(ringing, event, now);
      case CallState.Active active -> live(active, event, now);
      case CallState.Ended ended -> late(ended, event);
    };
  }

  static CallDecision refused(CallState state, CallRefusal refusal) {
    return new CallDecision(state, List.of(new CallEffect.Refuse(refusal)));
  }

  /** Why the request is refused, if it is. */
  Optional<CallRefusal> refusal() {
    return effects.stream()
        .filter(CallEffect.Refuse.class::isInstance)
        .map(effect -> ((CallEffect.Refuse) effect).refusal())
        .findFirst();
  }

  private static CallDecision beginning(CallState.Idle idle, CallEvent event, Instant now) {
    return switch (event) {
      case CallEvent.Start start -> Entering.start(start, now);
      case CallEvent.Join join -> Entering.begin(idle, join, now);
      case CallEvent ignored -> late(idle, ignored);
    };
  }

  /** Nobody is in it: who asks is told so, and all else means nothing. */
  private static CallDecision late(CallState state, CallEvent event) {
    return event instanceof CallEvent.Request
        ? refused(state, new CallRefusal.UnknownCall())
        : new CallDecision(state, List.of());
  }

  private static CallDecision live(CallState.Live state, CallEvent event, Instant now) {
    Turn turn = new Turn(state, now);
    return switch (event) {
      case CallEvent.Start start -> turn.refuse(new CallRefusal.InvalidState("it has begun"));
      case CallEvent.Join join -> Entering.join(turn, join);
      case CallEvent.Expect expect -> Entering.expect(turn, expect);
      case CallEvent.Come come -> Entering.come(turn, come);
      case CallEvent.Accept accept -> Entering.accept(turn, accept);
      case CallEvent.Reject reject -> Leaving.reject(turn, reject);
      case CallEvent.Rejoin rejoin -> Entering.rejoin(turn, rejoin);
      case CallEvent.Invite invite -> Entering.invite(turn, invite);
      case CallEvent.Act act -> Acting.act(turn, act);
      case CallEvent.Arrived arrived -> Entering.arrived(turn, arrived);
      case CallEvent.SocketLost lost -> Returning.socketLost(turn, lost);
      case CallEvent.SocketBack back -> Returning.socketBack(turn, back);
      case CallEvent.ClientGone gone -> Leaving.clientGone(turn, gone);
      case CallEvent.TimeOver over -> Leaving.timeOver(turn, over.timer());
      case CallEvent.MediaOffered offered -> Returning.offered(turn, offered.leg());
      case CallEvent.MediaConnected connected ->
          Returning.media(turn, connected.leg(), connected.publishing(), false);
      case CallEvent.MediaLost lost -> Returning.media(turn, lost.leg(), lost.publishing(), true);
      case CallEvent.MediaFailed failed -> Leaving.mediaFailed(turn, failed.leg());
      case CallEvent.Streams streams -> Returning.streams(turn, streams);
      case CallEvent.Speaking speaking -> Returning.speaking(turn, speaking);
      case CallEvent.RoleChanged changed -> Entering.roleChanged(turn, changed);
      case CallEvent.Uninvited uninvited -> Leaving.uninvited(turn, uninvited);
      case CallEvent.RoomTime time -> Leaving.roomTime(turn, time.validUntil());
      case CallEvent.RoomOver over -> Leaving.roomOver(turn, over.reason());
      case CallEvent.UserDeleted deleted -> Leaving.userDeleted(turn, deleted.user());
      case CallEvent.ResourceDeleted deleted -> turn.end(EndReason.ACCESS_DENIED, "");
      case CallEvent.Recovered recovered -> Returning.recovered(turn);
    };
  }
}
