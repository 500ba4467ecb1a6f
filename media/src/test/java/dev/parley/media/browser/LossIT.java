package dev.parley.media.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.api.MediaConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Proof 3: 5 % loss in both directions and 100 ms of round trip. */
@Tag("browser")
class LossIT {
  private static final Duration LONG = Duration.ofSeconds(90);

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
  void audioIsContinuousAndVideoRecovers() {
    try (Shim shim = new Shim(BrowserIT.address("127.0.0.1"), 0.05, 50, 11);
        Harness harness =
            new Harness(
                BrowserIT.at("127.0.0.1")
                    .withTransports(true, false)
                    .withAnnounced(
                        List.of(
                            new MediaConfig.Announced(
                                BrowserIT.address("127.0.0.1"), shim.port(), 0))))) {
      shim.to(harness.engine().localAddresses().getFirst());
      Page sender = BrowserIT.join(chromium, harness, "sender", "{}");
      Page viewer = BrowserIT.join(chromium, harness, "viewer", "");
      try {
        viewer.await("video decoded", BrowserIT.seen(200, 1), LONG);
      } finally {
        System.out.println(harness.endpoint("sender").statistics().join());
        System.out.println(harness.endpoint("viewer").statistics().join());
        System.out.println(sender.evaluate("harness.summary()"));
      }
      JsonNode video = viewer.evaluate("harness.inbound('video')").path(0);
      JsonNode audio = viewer.evaluate("harness.inbound('audio')").path(0);
      System.out.println(sender.evaluate("harness.summary()"));
      System.out.println(viewer.evaluate("harness.summary()"));
      assertThat(video.path("retransmittedPacketsReceived").asInt()).isPositive();
      double concealed =
          audio.path("concealedSamples").asDouble() / audio.path("totalSamplesReceived").asDouble();
      assertThat(audio.path("totalAudioEnergy").asDouble()).isGreaterThan(0.01);
      assertThat(concealed).as("share of concealed audio").isLessThan(0.25);
    }
  }
}
