package dev.parley.services.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every state meets every event; the table in package-info.java says what comes of it. */
class DecisionTest {
  private static final Cursor AT = new Cursor(10, 1);
  private static final Cursor NEXT = new Cursor(11, 1);
  private static final Window SOME = new Window(2, 200);
  private static final Window FULL = new Window(PushLimits.WINDOW_FRAMES_MAX, 25_600);

  private static Map<String, SessionState> states() {
    Map<String, SessionState> states = new LinkedHashMap<>();
    states.put("Open", new SessionState.Open(AT));
    states.put("CatchingUp", new SessionState.CatchingUp(AT, SOME));
    states.put("CatchingUp(full)", new SessionState.CatchingUp(AT, FULL));
    states.put("Live", new SessionState.Live(AT, SOME));
    states.put("Live(full)", new SessionState.Live(AT, FULL));
    states.put("Stalled", new SessionState.Stalled(AT, FULL));
    states.put("Stalled(half)", new SessionState.Stalled(AT, new Window(129, 12_900)));
    states.put("Leaving", new SessionState.Leaving(SOME));
    states.put("Leaving(last)", new SessionState.Leaving(new Window(1, 100)));
    states.put("Left", new SessionState.Left());
    states.put("Ended", new SessionState.Ended(EndReason.LEFT));
    return states;
  }

  private static Map<String, SessionEvent> events() {
    Map<String, SessionEvent> events = new LinkedHashMap<>();
    events.put("Registered", new SessionEvent.Registered());
    events.put("Unregistered", new SessionEvent.Unregistered(Cursor.through(50)));
    events.put("Offered(live)", new SessionEvent.Offered(NEXT, 100, true, false));
    events.put("Offered(replay)", new SessionEvent.Offered(NEXT, 100, true, true));
    events.put("Offered(seen)", new SessionEvent.Offered(AT, 100, true, false));
    events.put("Offered(no budget)", new SessionEvent.Offered(NEXT, 100, false, false));
    events.put("Signalled", new SessionEvent.Signalled(100, true));
    events.put("Answered", new SessionEvent.Answered(100));
    events.put("CaughtUp", new SessionEvent.CaughtUp(Cursor.through(40)));
    events.put("Alive(near)", new SessionEvent.Alive(Cursor.through(11)));
    events.put("Alive(far)", new SessionEvent.Alive(Cursor.through(5_000)));
    events.put("Stopping", new SessionEvent.Stopping());
    events.put("Over", new SessionEvent.Over(EndReason.UNAUTHORIZED));
    return events;
  }

  /** Rows of what happens; a pair in which nothing does has none. */
  private static List<String> table() {
    List<String> rows = new ArrayList<>();
    states()
        .forEach((stateName, state) ->
            events()
                .forEach((eventName, event) -> {
                  Decision decision = Decision.decide(state, event);
                  if (!decision.next().equals(state) || !decision.effects().isEmpty()) {
                    rows.add(row(stateName, eventName, decision));
                  }
                }));
    return rows;
  }

  private static String row(String state, String event, Decision decision) {
    String effects =
        decision.effects().stream()
            .map(effect -> effect.getClass().getSimpleName())
            .collect(Collectors.joining(", "));
    String next = decision.next().getClass().getSimpleName();
    return (state + " + " + event + " = " + next + (effects.isEmpty() ? "" : ": " + effects));
  }

  @Test
  void tableInThePackageCommentIsWhatHappens() throws IOException {
    Path comment =
        Path.of("src/main/java/dev/parley/services/push/package-info.java").toAbsolutePath();
    List<String> written =
        Files.readAllLines(comment).stream()
            .filter(line -> line.matches(" \\* \\w+(\\([a-z]+\\))? \\+ .*"))
            .map(line -> line.substring(3).strip())
            .toList();
    assertThat(written).isEqualTo(table());
  }

  @Test
  void messageAdvancesTheCursorAndTheWindow() {
    Decision decision =
        Decision.decide(
            new SessionState.Live(AT, SOME), new SessionEvent.Offered(NEXT, 100, true, false));
    assertThat(decision.next()).isEqualTo(new SessionState.Live(NEXT, new Window(3, 300)));
  }

  @Test
  void largeFrameFitsAnEmptyWindowEvenWithoutBudget() {
    var offered = new SessionEvent.Offered(NEXT, PushLimits.WINDOW_BYTES_MAX * 2, false, false);
    Decision decision = Decision.decide(new SessionState.Live(AT, Window.EMPTY), offered);
    assertThat(decision.effects()).containsExactly(new SessionEffect.Send(NEXT));
  }

  @Test
  void catchingUpNeverMovesACursorBack() {
    Decision decision =
        Decision.decide(
            new SessionState.CatchingUp(Cursor.through(90), SOME),
            new SessionEvent.CaughtUp(Cursor.through(40)));
    assertThat(decision.next()).isEqualTo(new SessionState.Live(Cursor.through(90), SOME));
  }
}
