package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.server.config.Configuration;
import dev.parley.server.problem.Complaint;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import dev.parley.server.refusals.Ask;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The media engine beside the server. */
class LateEngineTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @TempDir Path folder;

  private static Configuration.Media at(int port) {
    return new Configuration.Media(LOOPBACK, port, 1, List.of(), true, true);
  }

  @Test
  void portThatIsTakenStopsTheStartAndIsNamed() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
      int port = other.getLocalPort();
      Throwable stopped = catchThrowable(() -> new LateEngine(at(port)));
      assertThat(stopped).isInstanceOf(Stopped.class);
      Problem problem = ((Stopped) stopped).problem();
      assertThat(problem).isEqualTo(new Problem.MediaPortTaken(LOOPBACK.getHostAddress(), port));
      assertThat(Complaint.about(problem).exitCode()).isEqualTo(9);
      assertThat(Complaint.about(problem).hint()).contains("media.port");
    }
  }

  @Test
  void engineStartsWhenItIsToldAndEndsWithItsOwner() {
    LateEngine engine = new LateEngine(at(0));
    assertThat(engine.state()).isEqualTo("starting");
    assertThat(engine.sum(loop -> 1)).isZero();
    engine.start(new SystemClock(), new SecureIds());
    assertThat(engine.get().localAddresses()).hasSize(1);
    assertThat(engine.state()).isEqualTo("running");
    assertThat(engine.sum(loop -> 1)).isEqualTo(1);
    engine.close();
  }

  @Test
  void engineThatWasNeverStartedIsClosedToo() {
    new LateEngine(at(0)).close();
  }

  @Test
  void callsAndTheirMediaAreInHealthAndMetrics() throws Exception {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(new Ask(server, "GET", "/health/ready").send().body())
          .containsPattern("\"media\":\"(starting|running)\"");
      String metrics = new Ask(server, "GET", "/metrics").bearer(server.adminToken()).send().body();
      assertThat(metrics)
          .contains(
              "parley_calling_sessions 0.0",
              "parley_calls 0.0",
              "parley_call_legs 0.0",
              "parley_media_connections 0.0",
              "parley_media_packets_in_total",
              "parley_push_connections 0.0");
    }
  }
}
