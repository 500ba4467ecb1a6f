package dev.parley.services.calling;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client that believes what it is told: answers, then notices. By the protocol's rules alone. */
final class Screen {
  private final Map<CallId, CallView> calls = new HashMap<>();

  void answered(CallView view) {
    calls.put(view.id(), view);
  }

  void forget() {
    calls.clear();
  }

  Map<CallId, CallView> calls() {
    return calls;
  }

  void told(List<CallNotice> notices) {
    notices.forEach(this::told);
  }

  private void told(CallNotice notice) {
    CallView known = calls.get(notice.call());
    switch (notice) {
      case CallNotice.Changed changed -> calls.put(changed.call(), changed.view());
      case CallNotice.Ended ended -> calls.remove(ended.call());
      case CallNotice.ParticipantChanged changed when known != null ->
          calls.put(known.id(), with(known, changed.participant()));
      case CallNotice.ParticipantLeft left when known != null ->
          calls.put(known.id(), without(known, left.user()));
      case CallNotice.SelfChanged self when known != null ->
          calls.put(known.id(), with(known, self));
      case CallNotice ignored -> {}
    }
  }

  private static CallView with(CallView view, CallView.Participant participant) {
    Map<String, CallView.Participant> others = others(view);
    others.put(participant.person().user(), participant);
    return with(view, others);
  }

  private static CallView without(CallView view, String user) {
    Map<String, CallView.Participant> others = others(view);
    others.remove(user);
    return with(view, others);
  }

  private static Map<String, CallView.Participant> others(CallView view) {
    Map<String, CallView.Participant> others = new LinkedHashMap<>();
    view.others().forEach(one -> others.put(one.person().user(), one));
    return others;
  }

  private static CallView with(CallView view, Map<String, CallView.Participant> others) {
    return new CallView(
        view.id(),
        view.leg(),
        view.kind(),
        view.locator(),
        view.incoming(),
        view.state(),
        view.startedAt(),
        view.starter(),
        view.lobby(),
        view.access(),
        view.self(),
        view.capabilities(),
        List.copyOf(others.values()));
  }

  private static CallView with(CallView view, CallNotice.SelfChanged self) {
    return new CallView(
        view.id(),
        view.leg(),
        view.kind(),
        view.locator(),
        view.incoming(),
        self.state(),
        view.startedAt(),
        view.starter(),
        self.lobby(),
        self.access(),
        self.self(),
        self.capabilities(),
        view.others());
  }
}
