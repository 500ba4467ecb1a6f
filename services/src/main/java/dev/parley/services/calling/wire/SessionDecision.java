package dev.parley.services.calling.wire;

import java.util.List;

/** The session's state machine: state and event give the next state and what is to be done. */
record SessionDecision(SessionState next, List<SessionEffect> effects) {
  private static SessionDecision go(SessionState next, SessionEffect... effects) {
    return new SessionDecision(next, List.of(effects));
  }

  static SessionDecision decide(SessionState state, SessionEvent event) {
    return switch (state) {
      case FRESH -> inFresh(event);
      case GREETING ->
          event == SessionEvent.GREETED ? go(SessionState.CONNECTED) : withSocket(state, event);
      case CONNECTED -> withSocket(state, event);
      case AWAY -> inAway(event);
      case ENDED -> go(SessionState.ENDED);
    };
  }

  private static SessionDecision inFresh(SessionEvent event) {
    return switch (event) {
      case ATTACHED -> go(SessionState.GREETING, SessionEffect.GREET);
      case UNAUTHORIZED -> go(SessionState.ENDED, SessionEffect.LEAVE, SessionEffect.CLOSE);
      case STOPPING -> go(SessionState.ENDED, SessionEffect.CLOSE);
      case GREETED, LOST, RETURN_OVER, GOODBYE -> go(SessionState.FRESH);
    };
  }

  private static SessionDecision withSocket(SessionState state, SessionEvent event) {
    return switch (event) {
      case ATTACHED -> go(SessionState.GREETING, SessionEffect.REPLACE_SOCKET, SessionEffect.GREET);
      case LOST -> go(SessionState.AWAY, SessionEffect.WAIT);
      case GOODBYE, UNAUTHORIZED ->
          go(SessionState.ENDED, SessionEffect.LEAVE, SessionEffect.CLOSE);
      case STOPPING -> go(SessionState.ENDED, SessionEffect.CLOSE);
      case GREETED, RETURN_OVER -> go(state);
    };
  }

  private static SessionDecision inAway(SessionEvent event) {
    return switch (event) {
      case ATTACHED -> go(SessionState.GREETING, SessionEffect.STOP_WAITING, SessionEffect.GREET);
      case RETURN_OVER, GOODBYE, UNAUTHORIZED -> go(SessionState.ENDED, SessionEffect.LEAVE);
      case STOPPING -> go(SessionState.ENDED);
      case GREETED, LOST -> go(SessionState.AWAY);
    };
  }
}
