package dev.parley.media.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.api.MediaConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Proof 1: Chromium pages hear and see each other through the engine. */
@Tag("browser")
class BrowserIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Chromium chromium;

  @BeforeEach
  void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterEach
  void stopBrowser() {
    chromium.close();
  }

  static MediaConfig loopback() {
    try {
      return MediaConfig.at(InetAddress.getByName("127.0.0.1")).withLoops(1);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void twoPagesHearAndSeeEachOther() {
    meet(loopback(), 2, "{}");
  }

  private void meet(MediaConfig config, int count, String options) {
    try (Harness harness = new Harness(config)) {
      List<Page> pages = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Page page = chromium.open(harness.page("page" + i));
        page.await("page is loaded", "typeof harness === 'object'", SOON);
        page.evaluate("harness.publish(" + options + ")");
        page.evaluate("harness.receive()");
        pages.add(page);
      }
      for (Page page : pages) {
        int others = count - 1;
        page.await("video decoded", "harness.seen(30).then(n => n === " + others + ")", SOON);
        page.await("audio heard", "harness.heard(0.001).then(n => n === " + others + ")", SOON);
        System.out.println(page.evaluate("harness.summary()"));
      }
      assertThat(pages).hasSize(count);
    }
  }
}
