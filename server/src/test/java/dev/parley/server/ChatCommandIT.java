package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley chat}: people in several terminals exchange lines. */
@Timeout(120)
class ChatCommandIT {
  private static final String READY = "Ctrl-C stops it";
  @TempDir Path folder;

  @Test
  void twoPeopleExchangeLines() throws Exception {
    try (ParleyProcess server = start("up", "--port", "0").until(READY);
        ParleyProcess ann = start("chat", "--name", "Ann").until("Ctrl-D ends");
        ParleyProcess ben = start("chat", "--name", "Ben").until("Ctrl-D ends")) {
      ann.until("Ben came in").say("Can you hear me?");
      ben.until("Ann: Can you hear me?").say("Yes – très bien");
      ann.until("Ben: Yes – très bien");
      ann.endInput();
      ben.endInput();
      assertThat(ann.finished().exitCode()).isZero();
      assertThat(ben.finished().exitCode()).isZero();
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  @Test
  void whoComesLaterReadsWhatWasSaid() throws Exception {
    try (ParleyProcess server = start("up", "--port", "0").until(READY);
        ParleyProcess ann = start("chat", "--name", "Ann").until("Ctrl-D ends")) {
      ann.say("first");
      ann.endInput();
      assertThat(ann.finished().exitCode()).isZero();
      try (ParleyProcess ben = start("chat", "--name", "Ben").until("Ann: first")) {
        ben.endInput();
        assertThat(ben.finished().exitCode()).isZero();
      }
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  @Test
  void withoutAServerItSaysHowToStartOne() throws Exception {
    ParleyProcess.Finished refused = ParleyProcess.run(folder, "chat", "--name", "Ann");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("parley up").doesNotContain("Exception");
  }

  private ParleyProcess start(String... words) throws IOException {
    return ParleyProcess.start(folder, words);
  }
}
