package dev.parley.media.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.api.AudioPort;
import dev.parley.media.api.EndpointId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Proof 4: what a page says comes back, by energy and delay. After a silence the page compares when
 * it sends the first beep of the fake microphone with when it hears it.
 */
@Tag("browser")
class EchoIT {
  private static final Duration DELAY = Duration.ofMillis(300);

  private Chromium chromium;

  @BeforeEach
  void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterEach
  void stopBrowser() {
    chromium.close();
  }

  @Test
  void theEchoComesBackWithItsEnergyAndItsDelay() throws Exception {
    try (Harness harness = new Harness(BrowserIT.at("127.0.0.1"));
        AudioPort echo = harness.conference().openEcho(new EndpointId("echo"), DELAY).join()) {
      Page page = BrowserIT.join(chromium, harness, "speaker", "{ video: false, audio: true }");
      page.await("energy comes back", "harness.heard(0.001).then(n => n === 1)", BrowserIT.SOON);
      JsonNode measured = page.evaluate("harness.echo()");
      System.out.println("echo " + echo.id() + ": " + measured);
      System.out.println(page.evaluate("harness.summary()"));
      // Transport, two jitter buffers and the busy machine come on top of the wanted delay.
      assertThat(measured.path("delayMillis").asDouble())
          .isGreaterThan(DELAY.toMillis())
          .isLessThan(DELAY.toMillis() + 700);
    }
  }
}
