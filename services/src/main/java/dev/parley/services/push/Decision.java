package dev.parley.services.push;

import dev.parley.services.push.SessionEffect.AskReconnect;
import dev.parley.services.push.SessionEffect.CatchUp;
import dev.parley.services.push.SessionEffect.Close;
import dev.parley.services.push.SessionEffect.Remember;
import dev.parley.services.push.SessionEffect.Send;
import dev.parley.services.push.SessionEffect.SendSignal;
import dev.parley.services.push.SessionState.CatchingUp;
import dev.parley.services.push.SessionState.Ended;
import dev.parley.services.push.SessionState.Leaving;
import dev.parley.services.push.SessionState.Left;
import dev.parley.services.push.SessionState.Live;
import dev.parley.services.push.SessionState.Open;
import dev.parley.services.push.SessionState.Stalled;
import java.util.List;

/** The session's state machine: state and event give the next state and what is to be done. */
record Decision(SessionState next, List<SessionEffect> effects) {
  private static Decision go(SessionState next, SessionEffect... effects) {
    return new Decision(next, List.of(effects));
  }

  static Decision decide(SessionState state, SessionEvent event) {
    if (event instanceof SessionEvent.Over over && !(state instanceof Ended)) {
      return go(new Ended(over.reason()), new Close(over.reason()));
    }
    return switch (state) {
      case Open open -> inOpen(open, event);
      case CatchingUp catchingUp -> inCatchingUp(catchingUp, event);
      case Live live -> inLive(live, event);
      case Stalled stalled -> inStalled(stalled, event);
      case Leaving leaving -> inLeaving(leaving, event);
      case Left left -> go(left);
      case Ended ended -> go(ended);
    };
  }

  private static Decision inOpen(Open open, SessionEvent event) {
    return switch (event) {
      case SessionEvent.Registered registered ->
          go(new CatchingUp(open.cursor(), Window.EMPTY), new CatchUp());
      case SessionEvent.Stopping stopping -> go(new Left(), new AskReconnect());
      case SessionEvent.Unregistered unregistered -> go(open);
      case SessionEvent.Offered offered -> go(open);
      case SessionEvent.Signalled signalled -> go(open);
      case SessionEvent.Answered answered -> go(open);
      case SessionEvent.CaughtUp caughtUp -> go(open);
      case SessionEvent.Alive alive -> go(open);
      case SessionEvent.Over over -> go(open);
    };
  }

  private static Decision inCatchingUp(CatchingUp state, SessionEvent event) {
    return switch (event) {
      case SessionEvent.Offered offered -> {
        if (!offered.replay() || state.cursor().covers(offered.after())) {
          yield go(state);
        }
        if (!state.window().hasRoom(offered.bytes(), offered.budget())) {
          yield go(new Stalled(state.cursor(), state.window()));
        }
        Window more = state.window().plus(offered.bytes());
        yield go(new CatchingUp(offered.after(), more), new Send(offered.after()));
      }
      case SessionEvent.CaughtUp caughtUp ->
          go(new Live(later(state.cursor(), caughtUp.upTo()), state.window()));
      case SessionEvent.Answered answered ->
          go(new CatchingUp(state.cursor(), state.window().minus(answered.bytes())));
      case SessionEvent.Unregistered unregistered -> go(new Open(unregistered.now()));
      case SessionEvent.Stopping stopping -> leave(state.window());
      case SessionEvent.Registered registered -> go(state);
      case SessionEvent.Signalled signalled -> go(state);
      case SessionEvent.Alive alive -> go(state);
      case SessionEvent.Over over -> go(state);
    };
  }

  private static Decision inLive(Live state, SessionEvent event) {
    return switch (event) {
      case SessionEvent.Offered offered -> {
        if (offered.replay() || state.cursor().covers(offered.after())) {
          yield go(state);
        }
        if (!state.window().hasRoom(offered.bytes(), offered.budget())) {
          yield go(new Stalled(state.cursor(), state.window()));
        }
        Window more = state.window().plus(offered.bytes());
        yield go(new Live(offered.after(), more), new Send(offered.after()));
      }
      case SessionEvent.Signalled signalled ->
          state.window().hasRoom(signalled.bytes(), signalled.budget())
              ? go(
                  new Live(state.cursor(), state.window().plus(signalled.bytes())),
                  new SendSignal())
              : go(state);
      case SessionEvent.Alive alive ->
          alive.upTo().position() - state.cursor().position() > PushLimits.CURSOR_LAG_MAX
              ? go(new Live(alive.upTo(), state.window()), new Remember(alive.upTo()))
              : go(state);
      case SessionEvent.Answered answered ->
          go(new Live(state.cursor(), state.window().minus(answered.bytes())));
      case SessionEvent.Unregistered unregistered -> go(new Open(unregistered.now()));
      case SessionEvent.Stopping stopping -> leave(state.window());
      case SessionEvent.Registered registered -> go(state);
      case SessionEvent.CaughtUp caughtUp -> go(state);
      case SessionEvent.Over over -> go(state);
    };
  }

  private static Decision inStalled(Stalled state, SessionEvent event) {
    return switch (event) {
      case SessionEvent.Answered answered -> {
        Window less = state.window().minus(answered.bytes());
        yield less.isHalfEmpty()
            ? go(new CatchingUp(state.cursor(), less), new CatchUp())
            : go(new Stalled(state.cursor(), less));
      }
      case SessionEvent.Unregistered unregistered -> go(new Open(unregistered.now()));
      case SessionEvent.Stopping stopping -> leave(state.window());
      case SessionEvent.Registered registered -> go(state);
      case SessionEvent.Offered offered -> go(state);
      case SessionEvent.Signalled signalled -> go(state);
      case SessionEvent.CaughtUp caughtUp -> go(state);
      case SessionEvent.Alive alive -> go(state);
      case SessionEvent.Over over -> go(state);
    };
  }

  private static Decision inLeaving(Leaving state, SessionEvent event) {
    return event instanceof SessionEvent.Answered answered
        ? leave(state.window().minus(answered.bytes()))
        : go(state);
  }

  /** Only when every frame was answered is the place exact that the client will come back to. */
  private static Decision leave(Window window) {
    return window.frames() > 0 ? go(new Leaving(window)) : go(new Left(), new AskReconnect());
  }

  private static Cursor later(Cursor one, Cursor other) {
    return one.covers(other) ? one : other;
  }
}
