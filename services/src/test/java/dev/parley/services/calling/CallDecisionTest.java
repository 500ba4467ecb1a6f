package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
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
import dev.parley.services.calling.CallAction.Transfer;
import dev.parley.services.calling.CallAction.TransferProgress;
import dev.parley.services.calling.CallEvent.Invitation;
import dev.parley.services.calling.CallEvent.Seat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every state meets every event; docs/protocols/calling-states.md says what comes of it. With
 * {@code -Dcalls.table=write} the test writes the tables anew instead of comparing them.
 */
class CallDecisionTest {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(90);
  private static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  private static final CallClient ANN = client("ann", 1);
  private static final CallClient BOB = client("bob", 2);
  private static final CallClient BOB_TOO = client("bob", 3);
  private static final CallClient CY = client("cy", 4);
  private static final LegId BOBS = new LegId(new UUID(20, 2));

  private static CallClient client(String user, long id) {
    return new CallClient(new ClientId(new UUID(9, id)), RESOURCE, user, user, true);
  }

  private static CallHeader header(CallKind kind, boolean lobby) {
    Optional<CallLocator> locator =
        switch (kind) {
          case GROUP -> Optional.of(new CallLocator.Group("g"));
          case ROOM -> Optional.of(new CallLocator.Room("r"));
          case ONE_TO_ONE, ECHO -> Optional.empty();
        };
    return new CallHeader(
        RESOURCE,
        new CallId(new UUID(5, 5)),
        kind,
        locator,
        new CallView.Person("ann", "ann"),
        CallRole.PRESENTER,
        "",
        NOW,
        new UUID(6, 6),
        lobby,
        Participant.FULL,
        kind == CallKind.ROOM ? Optional.of(NOW.plusSeconds(60)) : Optional.empty());
  }

  private static Seat seat(long number) {
    return new Seat(new LegId(new UUID(20, number)), new UUID(30, number));
  }

  private static CallState after(CallState state, CallEvent... events) {
    CallState next = state;
    for (CallEvent event : events) {
      next = CallDecision.decide(next, event, NOW).next();
    }
    return next;
  }

  private static CallEvent act(CallClient who, CallAction action) {
    return new CallEvent.Act(who, action);
  }

  private static CallEvent join(CallClient who, CallKind kind, boolean lobby, long number) {
    CallRole role =
        kind == CallKind.ROOM && !who.user().equals("ann") ? CallRole.ATTENDEE : CallRole.PRESENTER;
    return new CallEvent.Join(who, header(kind, lobby), seat(number), role, false, true);
  }

  private static CallEvent.Start start(String user, CallKind kind) {
    Set<ClientId> rings = user.equals("bob") ? Set.of(BOB.id(), BOB_TOO.id()) : Set.of();
    return new CallEvent.Start(
        ANN,
        header(kind, false),
        seat(1),
        List.of(new Invitation(user, new UUID(30, 2), rings)),
        false,
        true);
  }

  private static Map<String, CallState> states() {
    CallState idle = new CallState.Idle();
    CallState ringing = after(idle, start("bob", CallKind.ONE_TO_ONE));
    CallState group =
        after(idle, join(ANN, CallKind.GROUP, false, 1), join(BOB, CallKind.GROUP, false, 2));
    Map<String, CallState> states = new LinkedHashMap<>();
    states.put("Idle", idle);
    states.put("Ringing", ringing);
    states.put("Ringing, no device", after(idle, start("eve", CallKind.ONE_TO_ONE)));
    states.put("Active, two", after(ringing, new CallEvent.Accept(BOB, BOBS, false)));
    states.put("Active, echo", after(idle, start(CallService.ECHO_USER, CallKind.ECHO)));
    states.put("Active, group", group);
    states.put("Active, last one", after(idle, join(ANN, CallKind.GROUP, false, 1)));
    states.put(
        "Active, one calls",
        after(
            idle,
            join(ANN, CallKind.GROUP, false, 1),
            new CallEvent.Invite(
                ANN, List.of(new Invitation("bob", new UUID(30, 2), Set.of(BOB.id()))))));
    states.put(
        "Active, one waits",
        after(idle, join(ANN, CallKind.GROUP, true, 1), join(BOB, CallKind.GROUP, true, 2)));
    states.put(
        "Active, one is away",
        after(
            group, new CallEvent.MediaLost(BOBS, true), new CallEvent.SocketLost(BOB.id(), "bob")));
    states.put(
        "Active, room",
        after(idle, join(ANN, CallKind.ROOM, false, 1), join(BOB, CallKind.ROOM, false, 2)));
    states.put("Active, one is expected", after(group, new CallEvent.Expect(ANN, "cy")));
    states.put("Ended", after(group, act(ANN, new HangUp(true))));
    return states;
  }

  private static Map<String, CallEvent> events() {
    Map<String, CallEvent> events = new LinkedHashMap<>();
    events.put("Start", start("bob", CallKind.ONE_TO_ONE));
    events.put("Join by another", join(CY, CallKind.GROUP, false, 4));
    events.put("Join by the same user", join(BOB_TOO, CallKind.GROUP, false, 3));
    events.put("Expect", new CallEvent.Expect(ANN, "cy"));
    events.put("Come", new CallEvent.Come(CY, seat(4), false));
    events.put("Accept", new CallEvent.Accept(BOB, BOBS, false));
    events.put("Reject", new CallEvent.Reject(BOB));
    events.put("Rejoin", new CallEvent.Rejoin(BOB_TOO, BOBS));
    events.put("Rejoin with a wrong leg", new CallEvent.Rejoin(BOB, new LegId(new UUID(0, 9))));
    events.put(
        "Invite",
        new CallEvent.Invite(ANN, List.of(new Invitation("cy", new UUID(30, 4), Set.of(CY.id())))));
    events.put("HangUp by the starter", act(ANN, new HangUp(false)));
    events.put("HangUp by the other", act(BOB, new HangUp(false)));
    events.put("HangUp for everyone", act(ANN, new HangUp(true)));
    events.put("HangUp for everyone by the other", act(BOB, new HangUp(true)));
    events.put("HangUp by a stranger", act(CY, new HangUp(false)));
    actions().forEach((name, action) -> events.put(name, act(ANN, action)));
    events.put(
        "Report of a screen by the other",
        act(BOB, new Report(Optional.empty(), Optional.empty(), Optional.of(true))));
    events.put("Hand by the other", act(BOB, new Hand(true, List.of())));
    events.put("Mute by the other", act(BOB, new Mute(Optional.of(List.of("ann")))));
    events.put("Arrived", new CallEvent.Arrived(client("bob", 7).id(), "bob"));
    events.put("SocketLost", new CallEvent.SocketLost(BOB.id(), "bob"));
    events.put("SocketBack", new CallEvent.SocketBack(BOB.id(), "bob"));
    events.put("ClientGone", new CallEvent.ClientGone(BOB.id(), "bob", EndReason.HUNG_UP));
    events.put(
        "ClientGone, the starter's",
        new CallEvent.ClientGone(ANN.id(), "ann", EndReason.CONNECTION_LOST));
    events.put("TimeOver: Answer", new CallEvent.TimeOver(new CallTimer.Answer("bob")));
    events.put("TimeOver: Return", new CallEvent.TimeOver(new CallTimer.Return(BOBS)));
    events.put("TimeOver: Media", new CallEvent.TimeOver(new CallTimer.Media(BOBS)));
    events.put("TimeOver: RoomClosing", new CallEvent.TimeOver(new CallTimer.RoomClosing()));
    events.put("MediaLost", new CallEvent.MediaLost(BOBS, true));
    events.put("MediaOffered", new CallEvent.MediaOffered(BOBS));
    events.put("MediaConnected", new CallEvent.MediaConnected(BOBS, true));
    events.put("MediaFailed", new CallEvent.MediaFailed(BOBS));
    events.put(
        "Streams", new CallEvent.Streams(BOBS, List.of(new CallView.Stream(1, StreamKind.VIDEO))));
    events.put("Speaking", new CallEvent.Speaking(List.of(BOBS)));
    events.put("RoleChanged", new CallEvent.RoleChanged("bob", CallRole.CONSUMER));
    events.put("Uninvited", new CallEvent.Uninvited("bob", EndReason.INVITATION_REMOVED));
    events.put("RoomTime, longer", new CallEvent.RoomTime(LATER.plusSeconds(60)));
    events.put("RoomTime, over", new CallEvent.RoomTime(NOW));
    events.put("RoomOver", new CallEvent.RoomOver(EndReason.ROOM_NOT_FOUND));
    events.put("UserDeleted", new CallEvent.UserDeleted("bob"));
    events.put("ResourceDeleted", new CallEvent.ResourceDeleted());
    events.put("Recovered", new CallEvent.Recovered());
    return events;
  }

  /** What the starter does. */
  private static Map<String, CallAction> actions() {
    Map<String, CallAction> actions = new LinkedHashMap<>();
    Optional<List<String>> bob = Optional.of(List.of("bob"));
    actions.put("Report", new Report(Optional.of(true), Optional.of(true), Optional.of(true)));
    actions.put("Hold", new Hold());
    actions.put("Resume", new Resume());
    actions.put("Add", new Add(List.of("cy")));
    actions.put("Remove", new Remove("bob"));
    actions.put("Mute", new Mute(bob));
    actions.put("Mute others", new Mute(Optional.empty()));
    actions.put("Dtmf", new Dtmf("12#"));
    actions.put("Hand", new Hand(true, List.of()));
    actions.put("React", new React("like"));
    actions.put("Spotlight", new Spotlight(true, List.of("bob")));
    actions.put("Permit", new Permit(bob, Optional.of(false), Optional.of(false)));
    actions.put(
        "Permit others", new Permit(Optional.empty(), Optional.of(false), Optional.empty()));
    actions.put("Admit", new Admit(List.of("bob")));
    actions.put("AdmitAll", new AdmitAll());
    actions.put("Deny", new Deny(List.of("bob")));
    actions.put("Transfer", new Transfer("bob", Optional.of("cy"), Optional.empty()));
    actions.put("TransferProgress", new TransferProgress("bob", "Accepted", Optional.empty()));
    actions.put("RealTimeText", new RealTimeText("hello", true));
    return actions;
  }

  /** Timers fire late, all else happens at once. */
  private static CallDecision decide(CallState state, CallEvent event) {
    return CallDecision.decide(state, event, event instanceof CallEvent.TimeOver ? LATER : NOW);
  }

  private static List<String> tables() {
    List<String> lines = new ArrayList<>();
    states()
        .forEach((name, state) -> {
          lines.add("### " + name);
          lines.addAll(table(state));
          lines.add("");
        });
    lines.removeLast();
    return lines;
  }

  private static List<String> table(CallState state) {
    List<String> rows = new ArrayList<>();
    Map<String, List<String>> refused = new LinkedHashMap<>();
    List<String> nothing = new ArrayList<>();
    events()
        .forEach((name, event) -> {
          CallDecision decision = decide(state, event);
          if (decision.refusal().isPresent()) {
            refused
                .computeIfAbsent(simple(decision.refusal().get()), refusal -> new ArrayList<>())
                .add(name);
          } else if (decision.next().equals(state) && decision.effects().isEmpty()) {
            nothing.add(name);
          } else {
            rows.add(
                "| %s | %s | %s |".formatted(name, simple(decision.next()), effects(decision)));
          }
        });
    List<String> lines = new ArrayList<>();
    if (!rows.isEmpty()) {
      lines.addAll(List.of("| event | next | effects |", "|---|---|---|"));
      lines.addAll(rows);
      lines.add("");
    }
    refused.forEach((refusal, names) ->
        lines.add("Refused, `" + refusal + "`: " + String.join("; ", names) + "."));
    if (!nothing.isEmpty()) {
      lines.add("Nothing: " + String.join("; ", nothing) + ".");
    }
    return lines;
  }

  private static String effects(CallDecision decision) {
    Map<String, Integer> counted = new LinkedHashMap<>();
    decision.effects().forEach(effect -> counted.merge(name(effect), 1, Integer::sum));
    return counted.entrySet().stream()
        .map(one -> one.getKey() + (one.getValue() > 1 ? " ×" + one.getValue() : ""))
        .collect(Collectors.joining(", "));
  }

  private static String name(CallEffect effect) {
    return switch (effect) {
      case CallEffect.Tell tell -> "Tell " + simple(tell.notice());
      case CallEffect.TellAll all -> "TellAll " + simple(all.notice());
      case CallEffect.Record record -> "Record " + simple(record.fact());
      case CallEffect.StartTimer start -> "StartTimer " + simple(start.timer());
      case CallEffect.StopTimer stop -> "StopTimer " + simple(stop.timer());
      case CallEffect other -> simple(other);
    };
  }

  private static String simple(Object one) {
    return one.getClass().getSimpleName();
  }

  @Test
  void tablesInTheDocumentAreWhatHappens() throws IOException {
    Path document = Path.of("../docs/protocols/calling-states.md");
    List<String> lines = Files.readAllLines(document);
    int begin = lines.indexOf("## Tables") + 2;
    if ("write".equals(System.getProperty("calls.table"))) {
      List<String> all = new ArrayList<>(lines.subList(0, begin));
      all.addAll(tables());
      Files.write(document, all);
    }
    assertThat(Files.readAllLines(document).subList(begin, Files.readAllLines(document).size()))
        .isEqualTo(tables());
  }

  @Test
  void everySortOfEventIsInTheTables() {
    Set<String> met =
        events().values().stream().map(CallDecisionTest::simple).collect(Collectors.toSet());
    assertThat(met)
        .containsAll(
            Arrays.stream(CallEvent.class.getPermittedSubclasses())
                .filter(one -> one != CallEvent.Request.class)
                .map(Class::getSimpleName)
                .toList())
        .containsAll(
            Arrays.stream(CallEvent.Request.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
    Set<String> acted =
        events().values().stream()
            .filter(CallEvent.Act.class::isInstance)
            .map(one -> simple(((CallEvent.Act) one).action()))
            .collect(Collectors.toSet());
    assertThat(acted)
        .containsAll(
            Arrays.stream(CallAction.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(one -> !one.equals("Survey"))
                .toList());
  }

  /** Telling many is one notice, shared; a change costs as many effects in a large call. */
  @Test
  void oneChangeInALargeCallCostsAFewEffects() {
    CallState state = new CallState.Idle();
    for (int number = 1; number <= 1_000; number++) {
      state = after(state, join(client("user" + number, number), CallKind.GROUP, false, number));
    }
    CallClient one = client("user500", 500);
    CallDecision muted =
        decide(state, act(one, new Report(Optional.of(true), Optional.empty(), Optional.empty())));
    assertThat(muted.effects()).hasSizeLessThanOrEqualTo(3);
    assertThat(CallChanges.between(state, muted).isDurable()).isFalse();
    CallDecision gone = decide(state, act(one, new HangUp(false)));
    assertThat(gone.effects()).hasSizeLessThanOrEqualTo(5);
    assertThat(CallChanges.between(state, gone).participants()).hasSize(1);
    CallDecision over = decide(state, act(one, new HangUp(true)));
    assertThat(over.effects()).hasSizeLessThanOrEqualTo(2 * 1_000 + 5);
  }
}
