package dev.parley.services.calling;

import dev.parley.services.calling.CallAction.Add;
import dev.parley.services.calling.CallAction.Admit;
import dev.parley.services.calling.CallAction.AdmitAll;
import dev.parley.services.calling.CallAction.Deny;
import dev.parley.services.calling.CallAction.Dtmf;
import dev.parley.services.calling.CallAction.Hand;
import dev.parley.services.calling.CallAction.HangUp;
import dev.parley.services.calling.CallAction.Hold;
import dev.parley.services.calling.CallAction.Mute;
import dev.parley.services.calling.CallAction.Permit;
import dev.parley.services.calling.CallAction.React;
import dev.parley.services.calling.CallAction.RealTimeText;
import dev.parley.services.calling.CallAction.Remove;
import dev.parley.services.calling.CallAction.Report;
import dev.parley.services.calling.CallAction.Resume;
import dev.parley.services.calling.CallAction.Spotlight;
import dev.parley.services.calling.CallAction.Survey;
import dev.parley.services.calling.CallAction.Transfer;
import dev.parley.services.calling.CallAction.TransferProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What participants do in a call (docs/protocols/calling-signalling.md §6). All pure. */
final class Acting {
  private static final Set<String> REACTIONS =
      Set.of("like", "heart", "laugh", "applause", "surprised");
  private static final Set<String> TRANSFER_STATES = Set.of("Accepted", "Transferred", "Failed");
  private static final Pattern TONES = Pattern.compile("[0-9*#A-D]{1,32}");

  private Acting() {}

  static CallDecision act(Turn turn, CallEvent.Act event) {
    Optional<Participant> found = turn.of(event.client().user(), event.client().id());
    if (found.isEmpty()) {
      return turn.refuse(new CallRefusal.UnknownCall());
    }
    Participant actor = found.get();
    if (event.action() instanceof HangUp hangUp) {
      return Leaving.hangUp(turn, actor, hangUp.forEveryone() && actor.isPresent());
    }
    if (!actor.isPresent()) {
      return turn.refuse(new CallRefusal.InvalidState("it waits in the lobby"));
    }
    return switch (event.action()) {
      case HangUp hangUp -> turn.done();
      case Report report -> report(turn, actor, report);
      case Hold hold -> hold(turn, actor, true);
      case Resume resume -> hold(turn, actor, false);
      case Add add -> turn.refuse(new CallRefusal.Invalid("participants", "are invited"));
      case Remove remove -> Leaving.remove(turn, actor, remove.user());
      case Mute mute -> Moderating.mute(turn, actor, mute);
      case Dtmf dtmf -> dtmf(turn, actor, dtmf);
      case Hand hand -> Moderating.hand(turn, actor, hand);
      case React react -> react(turn, actor, react);
      case Spotlight spotlight -> Moderating.spotlight(turn, actor, spotlight);
      case Permit permit -> Moderating.permit(turn, actor, permit);
      case Admit admit -> Moderating.admit(turn, actor, admit.users());
      case AdmitAll all -> Moderating.admit(turn, actor, Moderating.waiting(turn));
      case Deny deny -> Moderating.deny(turn, actor, deny.users());
      case Transfer transfer -> transfer(turn, actor, transfer);
      case TransferProgress progress -> progress(turn, actor, progress);
      case RealTimeText text -> realTimeText(turn, actor, text);
      case Survey survey -> turn.done();
    };
  }

  private static CallDecision report(Turn turn, Participant actor, Report report) {
    List<CallRight> needed = new ArrayList<>();
    report.muted().filter(muted -> !muted).ifPresent(no -> needed.add(CallRight.UNMUTE_MIC));
    report.video().filter(on -> on).ifPresent(on -> needed.add(CallRight.TURN_VIDEO_ON));
    report.screen().filter(on -> on).ifPresent(on -> needed.add(CallRight.SHARE_SCREEN));
    for (CallRight right : needed) {
      if (!right.isOf(turn.header(), actor)) {
        return turn.refuse(new CallRefusal.Forbidden(right.word()));
      }
    }
    report.muted().ifPresent(muted -> turn.put(actor.withMuted(muted)));
    return turn.done();
  }

  private static CallDecision hold(Turn turn, Participant actor, boolean onHold) {
    if (actor.onHold() == onHold) {
      return turn.refuse(
          new CallRefusal.InvalidState(onHold ? "it is on hold" : "it is not on hold"));
    }
    if (turn.isRinging()) {
      return turn.refuse(new CallRefusal.InvalidState("nobody has answered"));
    }
    Leg leg = actor.place().anyLeg().orElseThrow();
    turn.put(actor.with(new Place.Present(leg, onHold)));
    if (turn.header().isForTwo()) {
      turn.participants().keySet().forEach(turn::touch);
    }
    return turn.done();
  }

  private static CallDecision dtmf(Turn turn, Participant actor, Dtmf dtmf) {
    if (!TONES.matcher(dtmf.tones()).matches()) {
      return turn.refuse(new CallRefusal.Invalid("tones", "1 to 32 of 0-9 * # A-D"));
    }
    turn.tellAll(new CallNotice.Dtmf(turn.header().id(), actor.user(), dtmf.tones()), actor.user());
    return turn.done();
  }

  private static CallDecision react(Turn turn, Participant actor, React react) {
    if (!REACTIONS.contains(react.reaction())) {
      return turn.refuse(
          new CallRefusal.Invalid("reaction", "like, heart, laugh, applause or surprised"));
    }
    if (!CallRight.USE_REACTIONS.isOf(turn.header(), actor)) {
      return turn.refuse(new CallRefusal.Forbidden(CallRight.USE_REACTIONS.word()));
    }
    turn.tellAll(new CallNotice.Reaction(turn.header().id(), actor.user(), react.reaction()), "");
    return turn.done();
  }

  private static CallDecision transfer(Turn turn, Participant actor, Transfer transfer) {
    if (transfer.toUser().isPresent() == transfer.toCall().isPresent()) {
      return turn.refuse(new CallRefusal.Invalid("target", "a participant or a call"));
    }
    if (!CallRight.ADD_USER.isOf(turn.header(), actor)) {
      return turn.refuse(new CallRefusal.Forbidden(CallRight.ADD_USER.word()));
    }
    if (transfer.user().equals(actor.user())) {
      return turn.refuse(new CallRefusal.Invalid("participant", "is another than who asks"));
    }
    Optional<Leg> leg = Moderating.legOf(turn, transfer.user());
    if (leg.isEmpty()) {
      return turn.refuse(new CallRefusal.UnknownParticipant(transfer.user()));
    }
    turn.tell(
        leg.get().client(),
        new CallNotice.TransferRequested(
            turn.header().id(),
            actor.user(),
            transfer.toUser().orElse(""),
            transfer.toCall().map(CallId::toString).orElse("")));
    return turn.done();
  }

  private static CallDecision progress(Turn turn, Participant actor, TransferProgress progress) {
    if (!TRANSFER_STATES.contains(progress.state())) {
      return turn.refuse(new CallRefusal.Invalid("state", "Accepted, Transferred or Failed"));
    }
    Optional<Leg> leg = Moderating.legOf(turn, progress.askedBy());
    if (leg.isEmpty()) {
      return turn.refuse(new CallRefusal.UnknownParticipant(progress.askedBy()));
    }
    turn.tell(
        leg.get().client(),
        new CallNotice.TransferState(
            turn.header().id(), actor.user(), progress.state(), progress.reason()));
    return turn.done();
  }

  private static CallDecision realTimeText(Turn turn, Participant actor, RealTimeText text) {
    if (text.text().length() > CallLimits.REAL_TIME_TEXT_CHARACTERS_MAX) {
      return turn.refuse(new CallRefusal.Invalid("text", "at most 1,000 characters"));
    }
    Participant writer = actor.withLine();
    turn.put(writer);
    turn.tellAll(
        new CallNotice.RealTimeText(
            turn.header().id(), actor.user(), writer.signals().lines(), text.text(), text.last()),
        actor.user());
    return turn.done();
  }
}
