package dev.parley.services.calling.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every state meets every event; the table in package-info.java says what comes of it. */
class SessionDecisionTest {
  private static List<String> table() {
    List<String> rows = new ArrayList<>();
    for (SessionState state : SessionState.values()) {
      for (SessionEvent event : SessionEvent.values()) {
        SessionDecision decision = SessionDecision.decide(state, event);
        if (decision.next() != state || !decision.effects().isEmpty()) {
          rows.add(row(state, event, decision));
        }
      }
    }
    return rows;
  }

  private static String row(SessionState state, SessionEvent event, SessionDecision decision) {
    String effects =
        decision.effects().stream().map(SessionEffect::word).collect(Collectors.joining(", "));
    return state.word()
        + " + "
        + event.word()
        + " = "
        + decision.next().word()
        + (effects.isEmpty() ? "" : ": " + effects);
  }

  @Test
  void tableInThePackageCommentIsWhatHappens() throws IOException {
    Path comment =
        Path.of("src/main/java/dev/parley/services/calling/wire/package-info.java")
            .toAbsolutePath();
    List<String> written =
        Files.readAllLines(comment).stream()
            .filter(line -> line.matches(" \\* \\w+ \\+ .*"))
            .map(line -> line.substring(3).strip())
            .toList();
    assertThat(written).isEqualTo(table());
  }

  @Test
  void endedSessionStaysEndedWhateverHappens() {
    for (SessionEvent event : SessionEvent.values()) {
      assertThat(SessionDecision.decide(SessionState.ENDED, event))
          .isEqualTo(new SessionDecision(SessionState.ENDED, List.of()));
    }
  }
}
