package dev.parley.media.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.api.MediaConfig;
import dev.parley.media.api.PublishedTrack;
import dev.parley.media.api.TrackId;
import dev.parley.media.rtp.MediaKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Proof 2, the browser's part: a receiver's wish and bandwidth change the layer. */
@Tag("browser")
class LayersIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final String PICTURE =
      "{ width: 640, height: 360, rate: 15, simulcast: 2, bitrate: [150000, 600000] }";

  private Chromium chromium;

  @BeforeEach
  void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterEach
  void stopBrowser() {
    chromium.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "H264"})
  void aWishChangesTheSimulcastEncoding(String codec) {
    try (Harness harness = new Harness(BrowserIT.at("127.0.0.1"))) {
      wish(harness, PICTURE.replace("{", "{ codec: '" + codec + "',"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP9", "AV1"})
  void aWishChangesTheSpatialLayer(String codec) {
    String options =
        "{ width: 640, height: 360, rate: 15, codec: '%s', scalability: 'L2T2_KEY', bitrate: [700000] }"
            .formatted(codec);
    try (Harness harness = new Harness(BrowserIT.at("127.0.0.1"))) {
      wish(harness, options);
    }
  }

  private void wish(Harness harness, String options) {
    Page sender = BrowserIT.join(chromium, harness, "sender", options);
    Page viewer = BrowserIT.join(chromium, harness, "viewer", "");
    width(viewer, 640);
    TrackId video = video(harness);
    harness.endpoint("viewer").prefer(video, 0).join();
    width(viewer, 320);
    harness.endpoint("viewer").prefer(video, 1).join();
    width(viewer, 640);
    report(sender, viewer);
  }

  @Test
  void bandwidthChangesTheSimulcastEncoding() {
    try (Shim shim = new Shim(BrowserIT.address("127.0.0.1"), 0, 20, 7);
        Harness harness =
            new Harness(
                BrowserIT.at("127.0.0.1")
                    .withTransports(true, false)
                    .withAnnounced(
                        List.of(
                            new MediaConfig.Announced(
                                BrowserIT.address("127.0.0.1"), shim.port(), 0))))) {
      shim.to(harness.engine().localAddresses().getFirst());
      Page sender = BrowserIT.join(chromium, harness, "sender", PICTURE);
      Page viewer = BrowserIT.join(chromium, harness, "viewer", "");
      width(viewer, 640);
      shim.limitDown(350_000);
      width(viewer, 320);
      shim.limitDown(0);
      width(viewer, 640);
      report(sender, viewer);
    }
  }

  private static TrackId video(Harness harness) {
    return harness.conference().tracks().join().stream()
        .filter(track -> track.kind() == MediaKind.VIDEO)
        .map(PublishedTrack::id)
        .findFirst()
        .orElseThrow();
  }

  /** Waits for pictures of this width, and for the frames to go on after it. */
  private static void width(Page viewer, int width) {
    viewer.await(
        "pictures are " + width + " wide",
        "harness.inbound('video').then(all => all.length === 1 && all[0].frameWidth === "
            + width
            + ")",
        LONG);
    viewer.evaluate(
        "harness.inbound('video').then(all => { harness.mark = all[0].framesDecoded; })");
    viewer.await(
        "frames go on",
        "harness.inbound('video').then(all => all[0].framesDecoded > harness.mark + 10)",
        LONG);
  }

  private static void report(Page sender, Page viewer) {
    JsonNode summary = viewer.evaluate("harness.summary()");
    System.out.println(sender.evaluate("harness.summary()"));
    System.out.println(summary);
    assertThat(summary.path("errors").size()).isZero();
  }
}
